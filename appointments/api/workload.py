"""How full a clinician's day is, and contacts that no booking stands for."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from appointments.actions.contacts import log_contact
from appointments.queries.workload import DayMeter, meter_of
from appointments.rules.codes import ContactKind
from practices.api.door import ApiDoor
from practices.api.fields import Body, Day, Instant, Points, RowId, Shape, Text
from practices.api.listing import check_query
from practices.api.schema import documented
from practices.clock import local_day
from practices.rules.refusals import Refused
from practices.rules.scopes import MAY


class LimitSourceShape(Shape):
    """Who set the limit, on what basis, since when."""

    layer = serializers.CharField()
    basis = serializers.CharField()
    set_by = serializers.CharField()
    from_ = Day(source="from_on", allow_null=True)


class WorkloadShape(Shape):
    """One clinician's day against the limit that holds."""

    clinician = serializers.IntegerField(source="clinician_id")
    limit = Points(source="meter.limit")
    limit_source = LimitSourceShape(source="limit.effective")
    limit_mode = serializers.CharField(source="limit.mode")
    points = Points(source="meter.used")
    contacts = serializers.IntegerField(source="meter.contacts")
    by_kind = serializers.DictField(child=serializers.IntegerField())
    held_points = Points(source="meter.held")
    room = Points(source="meter.room")
    level = serializers.CharField()
    breach_forecast_at = Instant(allow_null=True)


class WorkloadFilters(Body):
    """Which day; today unless told."""

    day = Day(required=False)


class ContactBody(Body):
    """A contact that cost something; mine and now unless told."""

    clinician = RowId(required=False)
    kind = serializers.ChoiceField(ContactKind.choices())
    at = Instant(required=False)
    note = Text(required=False, allow_blank=True, max_length=500)


class ContactShape(Shape):
    """The contact as it counts."""

    id = serializers.IntegerField(source="pk")
    clinician = serializers.IntegerField(source="clinician_id")
    kind = serializers.CharField()
    at = Instant()
    day = Day()
    points = Points()


class Workload(ApiDoor):
    """The meter of a clinician's day."""

    @documented(answer=WorkloadShape, query=WorkloadFilters)
    def get(self, request: Request, clinician_id: int) -> Response:
        asked = check_query(request, WorkloadFilters)
        day = asked.get("day", local_day(self.now))
        at = self.now if day == local_day(self.now) else None
        meter: DayMeter = self.find(meter_of, clinician_id=clinician_id, day=day, at=at)
        return Response(WorkloadShape(meter).data)


class Contacts(ApiDoor):
    """Log a contact; the meter moves at once, past the limit if need be."""

    roles = MAY["contacts:write"]

    @documented(answer=ContactShape, status=201, body=ContactBody)
    def post(self, request: Request) -> Response:
        said = self.wish(ContactBody)
        clinician_id = said.get("clinician", self.actor.clinician_id)
        if clinician_id is None:
            raise Refused("Say whose contact it was.", code="required", field="clinician")
        return self.do(
            log_contact,
            show=lambda event: ContactShape(event).data,
            status=201,
            clinician_id=clinician_id,
            organisation_id=self.actor.organisation_id,
            kind=ContactKind(said["kind"]),
            contact_at=said.get("at", self.now),
            note=said.get("note", ""),
        )
