"""Bookings, listed and read. What changes one is the business of its case."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from appointments.api.shapes import BookingShape
from appointments.queries import booking_row
from appointments.queries.booking_list import BookingQuestion, booking_list
from appointments.rules.codes import BookingState
from practices.api.door import ApiDoor
from practices.api.fields import Day
from practices.api.listing import Filters, ListDoor, page_shape
from practices.api.schema import documented
from practices.rules.scopes import MAY


class BookingFilters(Filters):
    """Which bookings."""

    day = Day(required=False)
    state = serializers.ChoiceField(BookingState.choices(), required=False)
    case = serializers.CharField(max_length=20, required=False)
    clinician = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    practice = serializers.CharField(max_length=12, required=False, help_text="the patient's")
    hub = serializers.CharField(max_length=12, required=False)


class Bookings(ListDoor):
    """Bookings in reach, by start."""

    roles = MAY["cases:read"]

    @documented(answer=page_shape(BookingShape), query=BookingFilters)
    def get(self, request: Request) -> Response:
        asked = self.filters(BookingFilters)
        question = BookingQuestion(
            day=asked.get("day"),
            state=asked.get("state", ""),
            case=asked.get("case", ""),
            clinician_id=asked.get("clinician"),
            practice=asked.get("practice", ""),
            hub=asked.get("hub", ""),
        )
        return self.listed(booking_list, BookingShape, asked=question, turn=asked["turn"])


class OneBooking(ApiDoor):
    """One booking."""

    roles = MAY["cases:read"]

    @documented(answer=BookingShape)
    def get(self, request: Request, booking_id: str) -> Response:
        return Response(BookingShape(self.find(booking_row, public_id=booking_id)).data)
