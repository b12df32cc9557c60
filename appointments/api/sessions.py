"""The rota: sessions listed, read and published."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from appointments.actions.publishing import RotaWish, publish
from appointments.api.overrides import OverrideBody
from appointments.api.shapes import ClinicianShape
from appointments.queries.session_list import SessionQuestion, session_list, session_row
from appointments.rules.codes import Mode
from hubs.rules.needs import Need
from practices.api.door import ApiDoor
from practices.api.fields import Body, Codes, Instant, RowId, Shape, Text, Whole
from practices.api.listing import Filters, ListDoor, page_shape
from practices.api.schema import documented
from practices.rules.scopes import MAY

STATUS = ("published", "cancelled", "draft")
TYPES = (("practice", "Practices"), ("nhs111", "NHS 111"))
MOST_PLACES = 50


class SlotRowShape(Shape):
    """A slot of the session."""

    id = serializers.IntegerField()
    starts_at = Instant()
    ends_at = Instant()
    places = serializers.IntegerField()


class SessionShape(Shape):
    """One clinician at one site for a stretch of a day."""

    id = serializers.IntegerField()
    clinician = ClinicianShape(source="*")
    practice = serializers.CharField(allow_null=True)
    hub = serializers.CharField(allow_null=True)
    place = serializers.CharField(source="site")
    starts_at = Instant()
    ends_at = Instant()
    slot_minutes = serializers.IntegerField()
    places = serializers.IntegerField()
    mode = serializers.CharField()
    category = serializers.CharField()
    needs = serializers.ListField(child=serializers.CharField())
    audience = serializers.DictField(allow_null=True)
    reserve = serializers.ListField(child=serializers.DictField())
    status = serializers.CharField()
    reason = serializers.CharField()
    version = serializers.IntegerField()
    slots = SlotRowShape(many=True)


class SessionFilters(Filters):
    """Which sessions; published ones unless told."""

    from_ = Instant(required=False)
    until = Instant(required=False)
    clinician = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    practice = serializers.CharField(max_length=12, required=False, help_text="a code")
    hub = serializers.CharField(max_length=12, required=False, help_text="a code")
    status = serializers.ChoiceField(STATUS, required=False)


class AudienceBody(Body):
    """For whose patients the session is; null is no restriction."""

    organisations = serializers.ListField(
        child=Text(max_length=12), max_length=200, allow_null=True, required=False
    )
    types = Codes(TYPES, allow_null=True, required=False)


class ReserveBody(Body):
    """Places kept for one organisation until a time."""

    organisation = Text(max_length=12)
    places = Whole(min_value=1, max_value=MOST_PLACES)
    until = Instant()

    def to_internal_value(self, data: Any) -> dict[str, object]:
        said = super().to_internal_value(data)
        return said | {"until": said["until"].isoformat()}


class SessionBody(Body):
    """A session to publish, at a practice or at a hub."""

    clinician = RowId()
    practice = Text(max_length=12, required=False, allow_null=True)
    hub = Text(max_length=12, required=False, allow_null=True)
    starts_at = Instant()
    ends_at = Instant()
    slot_minutes = Whole(required=False, min_value=1, max_value=1440)
    places = Whole(required=False, min_value=1, max_value=MOST_PLACES)
    mode = serializers.ChoiceField(Mode.choices(), required=False)
    category = Text(max_length=60, required=False)
    needs = Codes(Need.choices(), required=False)
    audience = AudienceBody(required=False, allow_null=True)
    reserve = ReserveBody(many=True, required=False, max_length=100)
    override = OverrideBody(
        required=False, help_text="why a hub may be without a GP, or with too few"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        said = {name: value for name, value in attrs.items() if value is not None}
        if ("practice" in said) == ("hub" in said):
            raise ValidationError({"practice": "Give either practice or hub."})
        return said


class Sessions(ListDoor):
    """The rota in reach, and new sessions."""

    writers = MAY["sessions:write"]

    @documented(answer=page_shape(SessionShape), query=SessionFilters)
    def get(self, request: Request) -> Response:
        asked = self.filters(SessionFilters)
        question = SessionQuestion(
            start=asked.get("from"),
            end=asked.get("until"),
            clinician_id=asked.get("clinician"),
            practice=asked.get("practice", ""),
            hub=asked.get("hub", ""),
            status=asked.get("status", "published"),
        )
        return self.listed(session_list, SessionShape, asked=question, turn=asked["turn"])

    @documented(answer=SessionShape, status=201, body=SessionBody)
    def post(self, request: Request) -> Response:
        said = self.wish(SessionBody)
        lists = {name: tuple(said[name]) for name in ("needs", "reserve") if name in said}
        return self.do(
            publish,
            show=lambda session: SessionShape(session_row(session.pk)).data,
            status=201,
            wish=RotaWish(**said | lists),
        )


class ReadSession(ApiDoor):
    """One session with its slots."""

    writers = MAY["sessions:write"]

    @documented(answer=SessionShape)
    def get(self, request: Request, session_id: int) -> Response:
        return Response(SessionShape(self.find(session_row, session_id=session_id)).data)
