"""What becomes of a booking: cancelled, moved in one step, arrived, attended, missed."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from appointments.api.overrides import OverrideBody
from appointments.api.shapes import BookingShape, booking_body
from appointments.queries import booking_row
from practices.api.door import ApiDoor
from practices.api.fields import RowId, Text, VersionedBody
from practices.api.schema import documented
from practices.rules.scopes import MAY
from triage.actions import cancel_booking, move_booking
from triage.actions.attending import arrive, attend, miss
from triage.api.placing import PlacingDoor
from triage.queries.alternatives import next_places_of

LONGEST_REASON = 500


class CancelBody(VersionedBody):
    """Why the booking ends."""

    reason = Text(required=False, allow_blank=True, max_length=LONGEST_REASON)


class MoveBody(VersionedBody):
    """The slot to move to, and why."""

    slot = RowId()
    reason = Text(required=False, allow_blank=True, max_length=LONGEST_REASON)
    override = OverrideBody(required=False)


class CancelBooking(ApiDoor):
    """The booking ends; its case waits again with its old due time, and the patient is told."""

    roles = MAY["bookings:write"]

    @documented(answer=BookingShape, body=CancelBody)
    def post(self, request: Request, booking_id: str) -> Response:
        said = self.wish(CancelBody)
        return self.do(
            cancel_booking,
            show=lambda _case: booking_body(booking_row(booking_id)),
            public_id=booking_id,
            because="cancelled",
            words=said.get("reason", ""),
            version=said["version"],
        )


class MoveBooking(PlacingDoor):
    """The place is another one, in one step: never none, never two."""

    roles = MAY["bookings:write"]

    @documented(answer=BookingShape, body=MoveBody)
    def post(self, request: Request, booking_id: str) -> Response:
        said = self.wish(MoveBody)
        return self.place(
            move_booking,
            show=lambda booking: booking_body(booking_row(booking.public_id)),
            status=200,
            otherwise=next_places_of,
            instead_of={"booking_id": booking_id, "but": said["slot"]},
            public_id=booking_id,
            to_slot_id=said["slot"],
            because="moved",
            words=said.get("reason", ""),
            override=said.get("override"),
            version=said["version"],
        )


class MarkDoor(ApiDoor):
    """An endpoint that says whether the patient came."""

    roles: ClassVar = MAY["bookings:write"]

    def mark(self, action: Any, booking_id: str) -> Response:
        """It is on the booking."""
        return self.do(
            action,
            show=lambda booking: booking_body(booking_row(booking.public_id)),
            public_id=booking_id,
            **self.wish(VersionedBody),
        )


class Arrived(MarkDoor):
    """The patient is in the waiting room."""

    @documented(answer=BookingShape, body=VersionedBody)
    def post(self, request: Request, booking_id: str) -> Response:
        return self.mark(arrive, booking_id)


class Attended(MarkDoor):
    """The patient was seen: a contact of the clinician's day."""

    @documented(answer=BookingShape, body=VersionedBody)
    def post(self, request: Request, booking_id: str) -> Response:
        return self.mark(attend, booking_id)


class Missed(MarkDoor):
    """The patient did not come: the points are given back, the case waits again."""

    @documented(answer=BookingShape, body=VersionedBody)
    def post(self, request: Request, booking_id: str) -> Response:
        return self.mark(miss, booking_id)
