"""Where a case may go, and taking a place there: options, hold, book."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from appointments.api.overrides import OverrideBody
from appointments.api.shapes import BookingShape, HoldShape, Offer, SlotShape, booking_body
from appointments.queries import booking_row
from appointments.rules.codes import OverflowReason
from practices.api.door import ApiDoor
from practices.api.fields import Body, Instant, Points, RowId, Shape
from practices.api.schema import documented
from practices.rules.refusals import Conflict
from practices.rules.scopes import MAY
from triage.actions import book, hold
from triage.queries.alternatives import Alternative, next_places
from triage.queries.options import Choices, options
from triage.rules.judging import Impossible
from triage.rules.routing import Option

R = TypeVar("R")
# Conflicts in which a place was lost that others may still offer.
LOST = frozenset({"slot_taken", "hold_expired", "limit_reached", "share_used"})


class ReasonShape(Shape):
    """Why a place is offered."""

    code = serializers.CharField()
    text = serializers.CharField()


class OptionShape(Shape):
    """One line of the ranked list."""

    kind = serializers.CharField()
    slot = serializers.IntegerField(allow_null=True)
    place = serializers.CharField()
    clinician = serializers.CharField()
    starts_at = Instant(allow_null=True)
    mode = serializers.CharField(allow_null=True)
    role = serializers.CharField(allow_null=True)
    travel_minutes = serializers.IntegerField()
    points_after = Points(allow_null=True)
    reasons = ReasonShape(many=True)
    overflow_reason = serializers.CharField(allow_null=True)
    needs_overflow_reason = serializers.BooleanField()


class RefusedShape(Shape):
    """Something impossible, and the one reason why."""

    what = serializers.CharField()
    slot = serializers.IntegerField(allow_null=True)
    code = serializers.CharField()
    text = serializers.CharField()


class OptionsShape(Shape):
    """Where the case may go, best first, and why not elsewhere."""

    options = OptionShape(many=True)
    refused = RefusedShape(many=True)


class HoldBody(Body):
    """The slot to keep a place of."""

    slot = RowId()
    override = OverrideBody(required=False)


class BookBody(Body):
    """The hold to confirm, or a slot to book at once."""

    hold = serializers.UUIDField(required=False)
    slot = RowId(required=False)
    override = OverrideBody(required=False)
    overlap = OverrideBody(required=False, help_text="the patient is booked elsewhere that day")
    overflow_reason = serializers.ChoiceField(OverflowReason.choices(), required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("hold" in attrs) == ("slot" in attrs):
            raise ValidationError({"hold": "Give either hold or slot."})
        return attrs


class CaseOptions(ApiDoor):
    """The one ranked list of where a case may go."""

    roles = MAY["cases:read"]

    @documented(answer=OptionsShape)
    def get(self, request: Request, reference: str) -> Response:
        choices = self.find(options, reference=reference, at=self.now)
        return Response(options_body(choices))


class PlacingDoor(ApiDoor):
    """An endpoint that takes a place; who comes too late hears of the next three."""

    roles: ClassVar = MAY["cases:place"]

    def place(
        self,
        action: Callable[..., R],
        *,
        show: Callable[[R], object],
        instead_of: dict[str, object],
        otherwise: Callable[..., list[Alternative]] = next_places,
        status: int = 201,
        **wish: object,
    ) -> Response:
        """The place is taken, or the refusal carries the next three."""
        try:
            return self.do(action, show=show, status=status, **wish)
        except Conflict as lost:
            if lost.code in LOST:
                offers = self.ask(otherwise, at=self.now, **instead_of)
                shown = [Offer(place.slot, place.travel_minutes) for place in offers]
                lost.more = {"alternatives": SlotShape(shown, many=True).data}
            raise


class Hold(PlacingDoor):
    """Keep a place of a slot for the case for 120 seconds; again, up to 5 minutes."""

    @documented(answer=HoldShape, status=201, body=HoldBody)
    def post(self, request: Request, reference: str) -> Response:
        wanted = self.wish(HoldBody)
        return self.place(
            hold,
            show=lambda held: booking_body(booking_row(held.public_id), HoldShape),
            instead_of={"reference": reference, "but": wanted["slot"]},
            reference=reference,
            slot_id=wanted["slot"],
            override=wanted.get("override"),
        )


class Book(PlacingDoor):
    """Book the held place, or a slot at once; the patient is told."""

    @documented(answer=BookingShape, status=201, body=BookBody)
    def post(self, request: Request, reference: str) -> Response:
        wanted = self.wish(BookBody)
        held = wanted.get("hold")
        return self.place(
            book,
            show=lambda booking: booking_body(booking_row(booking.public_id)),
            instead_of={"reference": reference, "but": wanted.get("slot")},
            reference=reference,
            hold_id=str(held) if held else None,
            slot_id=wanted.get("slot"),
            override=wanted.get("override"),
            overlap=wanted.get("overlap"),
            overflow_reason=wanted.get("overflow_reason", ""),
        )


def options_body(choices: Choices) -> dict[str, object]:
    """The list as the contract shows it."""
    return {
        "options": [_option(line, choices) for line in choices.options],
        "refused": [_refused(line, choices) for line in choices.refused],
    }


def _option(line: Option, choices: Choices) -> dict[str, object]:
    candidate, slot = line.candidate, choices.slots.get(line.candidate.key)
    row = {
        "kind": candidate.kind,
        "slot": slot.id if slot else None,
        "place": candidate.site,
        "clinician": candidate.who,
        "starts_at": candidate.starts_at,
        "mode": candidate.mode,
        "role": candidate.profession,
        "travel_minutes": candidate.travel_minutes,
        "points_after": candidate.points_after if slot else None,
        "reasons": line.reasons,
        "overflow_reason": line.overflow,
        "needs_overflow_reason": line.needs_overflow_reason,
    }
    return OptionShape(row).data


def _refused(line: Impossible, choices: Choices) -> dict[str, object]:
    candidate, slot = line.candidate, choices.slots.get(line.candidate.key)
    named = [candidate.who, candidate.site or candidate.kind.label]
    row = {
        "what": ", ".join(part for part in named if part),
        "slot": slot.id if slot else None,
        "code": line.code,
        "text": line.text,
    }
    return RefusedShape(row).data
