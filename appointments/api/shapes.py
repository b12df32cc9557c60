"""What slots, bookings and sessions look like to a program."""

from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from appointments.queries import BookingRow, FreeSlot
from practices.api.fields import Instant, Points, Shape


class ClinicianShape(Shape):
    """Who sees the patient."""

    id = serializers.IntegerField(source="clinician_id")
    name = serializers.CharField(source="clinician")
    role = serializers.CharField(source="profession")


@dataclass(frozen=True, slots=True)
class Offer:
    """A free slot as one practice sees it."""

    slot: FreeSlot
    travel_minutes: int | None


class SlotShape(Shape):
    """A slot with a free place."""

    id = serializers.IntegerField(source="slot.id")
    session = serializers.IntegerField(source="slot.session_id")
    clinician = ClinicianShape(source="slot")
    place = serializers.CharField(source="slot.site")
    organisation = serializers.CharField(source="slot.organisation")
    travel_minutes = serializers.IntegerField(
        allow_null=True, help_text="from the practice; null where no practice asks"
    )
    starts_at = Instant(source="slot.starts_at")
    ends_at = Instant(source="slot.ends_at")
    mode = serializers.CharField(source="slot.mode")
    needs = serializers.ListField(
        source="slot.needs", child=serializers.CharField(), help_text="empty: any need in scope"
    )
    places_left = serializers.IntegerField(source="slot.places_left")


@extend_schema_field(serializers.DictField)
class MeterField(serializers.Field):
    """The practice's day when the patient was booked elsewhere; points as people read them."""

    def to_representation(self, value: dict[str, Any]) -> dict[str, Any]:
        points = Points()
        return {
            name: points.to_representation(figure) if name in {"used", "limit"} else figure
            for name, figure in value.items()
        }


class BookingShape(Shape):
    """A place for a patient, held or booked or what became of it. Never the patient's name."""

    id = serializers.UUIDField(source="public_id")
    case = serializers.CharField(source="case_ref")
    state = serializers.CharField()
    slot = serializers.IntegerField(source="slot_id")
    clinician = ClinicianShape(source="*")
    place = serializers.CharField(source="site")
    organisation = serializers.CharField(source="place_name")
    address = serializers.CharField()
    starts_at = Instant()
    ends_at = Instant()
    mode = serializers.CharField()
    category = serializers.CharField()
    need = serializers.CharField()
    expires_at = Instant(allow_null=True)
    overflow_reason = serializers.CharField()
    meter = MeterField()
    points = Points()
    version = serializers.IntegerField()


class HoldShape(BookingShape):
    """A place kept for two minutes; holding it again extends it, to five minutes at most."""

    hold = serializers.UUIDField(source="public_id")


def booking_body(row: BookingRow | None, shape: type[Shape] = BookingShape) -> Any:
    """The booking as the contract shows it."""
    assert row is not None, "who could change the booking sees it"
    return shape(row).data
