"""Emergency now: a phone number is enough."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practices.api.door import ApiDoor
from practices.api.fields import Body, Instant, Shape, Text
from practices.api.schema import documented
from practices.rules.scopes import MAY
from triage.actions import acknowledge_emergency, end_emergency, raise_emergency
from triage.queries.emergencies import EmergencyRow, emergency_row, open_emergencies
from triage.rules.codes import CallEnd


class EmergencyShape(Shape):
    """Somebody called for help."""

    reference = serializers.CharField()
    phone = serializers.CharField()
    where = serializers.CharField()
    at = Instant()
    by = serializers.CharField()
    practice = serializers.CharField()
    case = serializers.CharField(source="case_ref")
    acknowledged_at = Instant(allow_null=True)
    acknowledged_by = serializers.CharField()
    ended_as = serializers.CharField(allow_null=True)
    ended_at = Instant(allow_null=True)
    ended_by = serializers.CharField()


class OpenEmergenciesShape(Shape):
    """Every call that nobody has yet."""

    results = EmergencyShape(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class EmergencyBody(Body):
    """Where to ring, and where the person is."""

    phone = Text(max_length=40)
    where = Text(required=False, allow_blank=True, max_length=200)


class EndBody(Body):
    """What became of it."""

    ended_as = serializers.ChoiceField(CallEnd.choices())
    case = Text(
        required=False,
        allow_blank=True,
        max_length=20,
        help_text="needed for request: the reference of the case that was made of it",
    )


class Emergencies(ApiDoor):
    """Raise an emergency; every clinician on shift sees it at once. No patient is needed."""

    roles = MAY["emergencies:raise"]

    @documented(answer=OpenEmergenciesShape)
    def get(self, request: Request) -> Response:
        found = {"results": self.ask(open_emergencies), "next": None, "previous": None}
        return Response(OpenEmergenciesShape(found).data)

    @documented(answer=EmergencyShape, status=201, body=EmergencyBody)
    def post(self, request: Request) -> Response:
        said = self.wish(EmergencyBody)
        return self.do(
            raise_emergency,
            show=lambda raised: _body(raised.reference),
            status=201,
            phone=said["phone"],
            where=said.get("where", ""),
        )


class AcknowledgeEmergency(ApiDoor):
    """A clinician has it; a second press changes nothing."""

    roles = MAY["cases:treat"]

    @documented(answer=EmergencyShape, body=Body)
    def post(self, request: Request, reference: str) -> Response:
        self.wish(Body)
        return self.do(
            acknowledge_emergency,
            show=lambda raised: _body(raised.reference),
            reference=reference,
        )


class EndEmergency(ApiDoor):
    """It is said what became of it, and it is nobody's any more; a second press changes nothing."""

    roles = MAY["cases:treat"]

    @documented(answer=EmergencyShape, body=EndBody)
    def post(self, request: Request, reference: str) -> Response:
        said = self.wish(EndBody)
        return self.do(
            end_emergency,
            show=lambda ended: _body(ended.reference),
            reference=reference,
            ended_as=CallEnd(said["ended_as"]),
            case=said.get("case", ""),
        )


def _body(reference: str) -> dict[str, object]:
    row: EmergencyRow | None = emergency_row(reference)
    assert row is not None, "who raised or took it sees it"
    return EmergencyShape(row).data
