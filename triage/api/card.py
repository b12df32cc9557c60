"""The red-flag card: what a program has to ask before it says that none was said."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practices.api.door import ApiDoor
from practices.api.fields import Shape
from practices.api.schema import documented
from practices.clock import local_day
from practices.rules.scopes import MAY
from triage.queries.card import card_of_practice


class FlagShape(Shape):
    """One question. Tick its code in `red_flags` when it was said, and read `say` aloud."""

    code = serializers.CharField()
    question = serializers.CharField()
    endpoint = serializers.CharField(help_text="where it leads")
    say = serializers.CharField()
    class_ = serializers.CharField(source="urgency")
    is_first = serializers.BooleanField()


class CardShape(Shape):
    """The card in force: send its `card` as `asked_card` with the case."""

    card = serializers.IntegerField(source="version", help_text="0 is the one of Headroom")
    flags = FlagShape(source="asked", many=True)


class RedFlags(ApiDoor):
    """What the practice's desk asks now."""

    roles = MAY["cases:submit"]

    @documented(answer=CardShape)
    def get(self, request: Request) -> Response:
        card = self.ask(
            card_of_practice,
            practice_id=self.actor.organisation_id or 0,
            on=local_day(self.now),
        )
        return Response(CardShape(card).data)
