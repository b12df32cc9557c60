"""Places at other networks for patients who wait; the patient's practice decides."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from appointments.api.shapes import BookingShape, booking_body
from appointments.queries import booking_row
from practices.api.door import ApiDoor
from practices.api.fields import Instant, Shape
from practices.api.listing import Filters, ListDoor, page_shape, page_within
from practices.api.schema import documented
from practices.clock import local_day
from practices.rules.scopes import MAY
from triage.actions.offers import accept_offer, decline_offer
from triage.api.proposals import DecisionBody, WhyShape
from triage.queries.offers import open_offers


class OfferedShape(Shape):
    """Where the patient could go."""

    starts_at = Instant(source="to_at")
    clinician = serializers.CharField(source="to_clinician")
    place = serializers.CharField(source="to_site")
    mode = serializers.CharField(source="to_mode")


class OfferShape(Shape):
    """A waiting case and the place at another network that it could have."""

    id = serializers.UUIDField(source="public_id")
    case = serializers.CharField(source="case_ref")
    need = serializers.CharField()
    due_at = Instant()
    to = OfferedShape(source="*")
    reasons = WhyShape(many=True)


class DeclinedShape(Shape):
    """What became of the offer."""

    id = serializers.UUIDField(source="public_id")
    state = serializers.CharField()


class Offers(ListDoor):
    """Today's open offers to the own practice's patients, the most pressing first."""

    roles = MAY["proposals:decide"]

    @documented(answer=page_shape(OfferShape), query=Filters)
    def get(self, request: Request) -> Response:
        turn = self.filters(Filters)["turn"]
        found = self.ask(open_offers, day=local_day(self.now))
        return self.page(page_within(found, turn, key=lambda row: str(row.public_id)), OfferShape)


class AcceptOffer(ApiDoor):
    """The patient said yes and is booked there; everything is checked again under lock."""

    roles = MAY["proposals:decide"]

    @documented(answer=BookingShape, body=DecisionBody)
    def post(self, request: Request, offer_id: str) -> Response:
        self.wish(DecisionBody)
        return self.do(
            accept_offer,
            show=lambda booking: booking_body(booking_row(booking.public_id)),
            public_id=offer_id,
        )


class DeclineOffer(ApiDoor):
    """The case waits on, and is offered no such place again today."""

    roles = MAY["proposals:decide"]

    @documented(answer=DeclinedShape, body=DecisionBody)
    def post(self, request: Request, offer_id: str) -> Response:
        reason = self.wish(DecisionBody).get("reason", "")
        return self.do(
            decline_offer,
            show=lambda offer: DeclinedShape(offer).data,
            public_id=offer_id,
            reason=reason,
        )
