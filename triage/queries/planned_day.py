"""Why: whom a practice sees today, or the hub for it, by appointments planned ahead of any case."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from appointments.models import Booking
from practices.clock import local_day
from practices.rules.reach import Actor
from triage.models import Case
from triage.rules.codes import Need

TODAYS = ("booked", "arrived", "attended", "missed")


@dataclass(frozen=True, slots=True)
class Planned:
    """An appointment of today without a case: with whom, where, and what became of it."""

    patient_id: int
    family_name: str
    given_name: str
    born_on: date
    needs: tuple[str, ...]
    need: Need
    starts_at: datetime
    clinician: str
    place: str
    is_at_hub: bool
    state: str
    mode: str
    is_loose: bool


def planned_day(*, by: Actor, at: datetime) -> tuple[Planned, ...]:
    """Our patients' appointments of today that no case is about, by time. One statement."""
    case = Case.objects.filter(reference=OuterRef("case_ref"))
    found = Booking.objects.filter(
        ~Exists(case), practice_id__in=by.reach.own, day=local_day(at), state__in=TODAYS
    ).select_related("patient", "clinician__user", "hub__organisation", "practice__organisation")
    return tuple(_planned(row, at=at) for row in found.order_by("starts_at", "pk"))


def _planned(row: Booking, *, at: datetime) -> Planned:
    place = row.hub.organisation if row.hub else row.practice.organisation
    return Planned(
        patient_id=row.patient_id,
        family_name=row.patient.family_name,
        given_name=row.patient.given_name,
        born_on=row.patient.born_on,
        needs=tuple(row.patient.access_needs),
        need=Need(row.reason),
        starts_at=row.starts_at,
        clinician=row.clinician.user.name,
        place=place.name,
        is_at_hub=row.hub_id is not None,
        state=row.state,
        mode=row.mode,
        is_loose=row.state == "booked" and row.ends_at <= at,
    )
