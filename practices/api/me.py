"""Who am I here, and what may I do."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practices.api.door import ApiDoor
from practices.api.fields import Instant, Shape
from practices.api.schema import documented
from practices.rules.scopes import scopes_of


class MeShape(Shape):
    """The caller in the membership this request acts in."""

    username = serializers.CharField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    organisation = serializers.CharField(help_text="the code of the organisation acted for")
    organisation_name = serializers.CharField()
    networks = serializers.ListField(child=serializers.CharField(), help_text="codes")
    scopes = serializers.ListField(child=serializers.CharField())
    clinician = serializers.IntegerField(allow_null=True)
    now = Instant(help_text="the application's clock")


class Me(ApiDoor):
    """The caller, in one acting membership, and the application's clock."""

    @documented(answer=MeShape)
    def get(self, request: Request) -> Response:
        acting = request.auth
        me = {
            "username": acting.user.username,
            "name": acting.actor.name,
            "roles": [acting.actor.role],
            "organisation": acting.organisation_code,
            "organisation_name": acting.organisation_name,
            "networks": [acting.network_code] if acting.network_code else [],
            "scopes": scopes_of(acting.actor.role),
            "clinician": acting.actor.clinician_id,
            "now": self.now,
        }
        return Response(MeShape(me).data)
