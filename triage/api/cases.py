"""Cases: submitted, listed in the order people are looked after, and read one by one."""

from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from practices.api.door import ApiDoor
from practices.api.fields import Body, Codes, Flag, Instant, RowId, Text
from practices.api.listing import Filters, ListDoor, page_shape
from practices.api.schema import documented
from practices.rules import nhs_number, phones
from practices.rules.access import AccessNeed
from practices.rules.scopes import MAY
from triage.actions.requests import RequestWish, read_case, submit_request
from triage.api.shapes import CaseRowShape, CaseShape, case_body
from triage.queries.case_list import case_list
from triage.queries.worklist import Filters as Which
from triage.rules.codes import Channel, Need, Urgency
from triage.rules.states import OPEN, State

MOST_TIMES = 20
# Nobody's number: whoever treats nobody has no cases of their own.
NO_CLINICIAN = 0


class CaseFilters(Filters):
    """Which cases; nothing chosen is every open one in reach."""

    state = serializers.ChoiceField(State.choices(), required=False)
    class_ = serializers.ChoiceField(Urgency.choices(), required=False)
    practice = serializers.CharField(max_length=12, required=False, help_text="a code")
    hub = serializers.CharField(max_length=12, required=False, help_text="a code")
    mine = serializers.BooleanField(required=False, help_text="claimed by me, lease running")


class AvailableBody(Body):
    """A stretch of time the patient can come."""

    from_ = Instant()
    until = Instant()

    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        if attrs["until"] <= attrs["from"]:
            raise ValidationError({"until": "The end must be after the start."})
        return {name: value.isoformat() for name, value in attrs.items()}


class CaseBody(Body):
    """Somebody asks for help. Exactly one of `patient` and `nhs_number` says who."""

    patient = serializers.UUIDField(required=False)
    nhs_number = Text(required=False, max_length=40)
    channel = serializers.ChoiceField(Channel.choices())
    need = serializers.ChoiceField(Need.choices())
    words = Text(required=False, allow_blank=True, trim_whitespace=False)
    red_flags = serializers.ListField(child=Text(max_length=40), max_length=50, required=False)
    red_flags_asked = Flag(required=False)
    asked_card = serializers.IntegerField(
        required=False, min_value=0, max_value=10**9, help_text="the card that was asked"
    )
    access_needs = Codes(AccessNeed.choices(), required=False)
    continuity = RowId(required=False, allow_null=True, help_text="the clinician asked for")
    linked_to = Text(
        required=False, allow_blank=True, max_length=20, help_text="a case of the same call"
    )
    not_the_hub = Flag(required=False)
    phone = Text(required=False, allow_blank=True, max_length=40)
    safe_to_text = Flag(required=False)
    available = AvailableBody(many=True, required=False)
    external_code = Text(required=False, allow_blank=True, max_length=10)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("patient" in attrs) == ("nhs_number" in attrs):
            raise ValidationError({"patient": "Give either patient or nhs_number."})
        if len(attrs.get("available", ())) > MOST_TIMES:
            raise ValidationError({"available": f"At most {MOST_TIMES} times."})
        return attrs


class CaseDoor(ApiDoor):
    """An endpoint about one case, which is shown as it is afterwards."""

    def seen(self, case: Any) -> dict[str, object]:
        """The case in full; that it was read is on record."""
        page = read_case(reference=case.reference, by=self.actor, at=self.now)
        return case_body(page)


class Cases(ListDoor, CaseDoor):
    """The worklist, and new requests."""

    roles = MAY["cases:read"]
    writers = MAY["cases:submit"]

    @documented(answer=page_shape(CaseRowShape), query=CaseFilters)
    def get(self, request: Request) -> Response:
        asked = self.filters(CaseFilters)
        which = Which(
            states=frozenset({State(asked["state"])}) if "state" in asked else OPEN,
            urgencies=frozenset({Urgency(asked["class"])}) if "class" in asked else frozenset(),
            practice=asked.get("practice", ""),
            hub=asked.get("hub", ""),
            claimed_by=self.actor.clinician_id or NO_CLINICIAN if asked.get("mine") else None,
        )
        return self.listed(case_list, CaseRowShape, filters=which, turn=asked["turn"], at=self.now)

    @documented(answer=CaseShape, status=201, body=CaseBody)
    def post(self, request: Request) -> Response:
        return self.do(submit_request, show=self.seen, status=201, wish=_wish(self.wish(CaseBody)))


class OneCase(CaseDoor):
    """One case with its steps; reading it is on record."""

    roles = MAY["cases:read"]

    @documented(answer=CaseShape)
    def get(self, request: Request, reference: str) -> Response:
        return self.do(read_case, show=case_body, reference=reference)


def _wish(said: dict[str, Any]) -> RequestWish:
    """The body in the words of the domain."""
    training = settings.TRAINING
    read = dict(said) | {"need": Need(said["need"]), "channel": Channel(said["channel"])}
    if "nhs_number" in read:
        read["nhs_number"] = nhs_number.parse(read["nhs_number"], training=training)
    if read.get("phone"):
        read["phone"] = phones.parse_phone(read["phone"], training=training)
    read["access_needs"] = tuple(AccessNeed(need) for need in read.get("access_needs", ()))
    read["asked_version"] = read.pop("asked_card", None)
    read["red_flags"] = tuple(read.get("red_flags", ()))
    return RequestWish(**read)
