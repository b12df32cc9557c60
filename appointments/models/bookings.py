"""When: the places people hold and book, and the moves between them."""

import uuid

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from appointments.models.rota import MODES, Slot
from hubs.models import Hub
from practices.models import Clinician, Organisation, Patient, Practice, User, insert_only

LIVE = ("held", "booked", "arrived", "attended")


def slots_taken() -> Func:
    """The one slot of a booking, or both of a double, as a set that can overlap another."""
    first, last = F("slot"), Coalesce(F("second_slot"), F("slot"))
    return Func(
        Func(first, first, Value("[]"), function="int8range"),
        Func(last, last, Value("[]"), function="int8range"),
        function="int8multirange",
    )


class Override(models.Model):
    """A rule was passed over by a person: which, at whose house, why, who, until when."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case_ref = models.CharField(
        max_length=20, blank=True, db_default="", help_text="where it was for one case"
    )
    rule = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until_at = models.DateTimeField()
    countersigned_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]


class Booking(models.Model):
    """A place of a slot, held and then booked for one patient of one practice.

    A double has the same place in the slot after it too: one booking, one time, twice as long.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    second_slot = models.ForeignKey(Slot, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    turns_at = models.DateTimeField(null=True, help_text="where a double's second slot begins")
    first_ends_at = models.GeneratedField(
        expression=Coalesce(F("turns_at"), F("ends_at")),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    during = models.GeneratedField(
        expression=Func(F("starts_at"), F("ends_at"), function="tstzrange"),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="bookings")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, null=True)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, help_text="the patient's")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="bookings")
    person_key = models.CharField(max_length=64)
    case_ref = models.CharField(max_length=20)
    state = models.CharField(max_length=10)
    mode = models.CharField(max_length=16, choices=MODES)
    day = models.DateField(help_text="as charged: the local date its points count on")
    points = models.PositiveSmallIntegerField(help_text="as charged, in tenths")
    held_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    booked_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    method = models.CharField(max_length=12, default="phone")
    reason = models.CharField(max_length=24, help_text="the need, as a code")
    overflow_reason = models.CharField(max_length=16, blank=True)
    share = models.CharField(max_length=8, blank=True, help_text="own, borrowed or both, at a hub")
    meter = models.JSONField(default=dict, help_text="the own practice's meter when booked")
    ended_because = models.CharField(max_length=24, blank=True)
    interpreter = models.CharField(
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="who interprets at this time, or the line to ring; blank: nobody is booked",
    )
    told_at = models.DateTimeField(null=True)
    overlap_override = models.ForeignKey(
        Override, on_delete=models.PROTECT, null=True, related_name="+"
    )
    limit_override = models.ForeignKey(
        Override, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "place"], condition=Q(state__in=LIVE), name="place_taken_once"
            ),
            ExclusionConstraint(
                name="place_taken_once_throughout",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (slots_taken(), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=LIVE),
            ),
            models.CheckConstraint(
                name="double_says_where_it_turns",
                condition=Q(second_slot__isnull=True, turns_at__isnull=True)
                | Q(second_slot__isnull=False, turns_at__isnull=False),
            ),
            ExclusionConstraint(
                name="patient_in_one_place",
                expressions=[
                    ("person_key", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=("booked", "arrived"), overlap_override__isnull=True),
            ),
            models.CheckConstraint(
                name="booking_state_known",
                condition=Q(
                    state__in=(*LIVE, "missed", "cancelled", "expired", "moved"),
                ),
            ),
            models.CheckConstraint(
                name="hold_runs_out", condition=~Q(state="held") | Q(expires_at__isnull=False)
            ),
            models.CheckConstraint(
                name="hub_booking_says_why",
                condition=Q(hub__isnull=True) | ~Q(state="booked") | ~Q(overflow_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["case_ref"], name="booking_case"),
            models.Index(fields=["clinician", "day"], name="booking_clinician_day"),
            models.Index(fields=["practice", "day"], name="booking_practice_day"),
            models.Index(
                fields=["expires_at"], condition=Q(state="held"), name="booking_hold_ends"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="place_within_slot",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="IF NEW.place NOT BETWEEN 1 AND"
                " (SELECT min(places) FROM appointments_slot"
                " WHERE id IN (NEW.slot_id, NEW.second_slot_id))"
                " THEN RAISE EXCEPTION 'slot % has no place %', NEW.slot_id, NEW.place"
                " USING ERRCODE = 'check_violation', CONSTRAINT = 'place_within_slot'; END IF;"
                " RETURN NEW;",
            )
        ]

    @property
    def is_double(self) -> bool:
        """Whether the booking is one of two slots."""
        return self.second_slot_id is not None

    @property
    def slots_used(self) -> int:
        """How many slots the booking takes a place of."""
        return 2 if self.is_double else 1

    @property
    def own_places(self) -> int:
        """How many of them are out of the practice's own share of the hub; the rest is borrowed."""
        return {"own": self.slots_used, "both": 1}.get(self.share, 0)


class Move(models.Model):
    """One booking became another in one step; kept for undo and for the moved patient."""

    from_booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="+")
    to_booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=24)

    class Meta:
        ordering = ["id"]
        triggers = insert_only()
