"""Why: whom a practice sees today, or the hub for it, by appointments that no case asks about."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from appointments.models import Booking
from practices.clock import local_day
from practices.rules.reach import Actor
from triage.models import Case
from triage.rules.codes import Need
from triage.rules.states import State

TODAYS = ("booked", "arrived", "attended", "missed")
UNSETTLED = ("booked", "arrived")
# So long is asked what became of it; from then on the promises of `networks` name it.
ASKED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Planned:
    """An appointment of today that no case asks about: with whom, where, what became of it."""

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
    had_case: bool


def planned_day(*, by: Actor, at: datetime) -> tuple[Planned, ...]:
    """Our patients' appointments of today that no case is about, by time. One statement.

    Also one of the last seven days that is over and that its case left behind, closed or booked
    elsewhere since, before anybody said whether the patient was seen.
    """
    today = local_day(at)
    has_case = Exists(Case.objects.filter(reference=OuterRef("case_ref")))
    asks = Case.objects.filter(booking=OuterRef("pk")).exclude(state=State.CLOSED)
    is_left = has_case & ~Exists(asks) & Q(state__in=UNSETTLED, ends_at__lte=at)
    which = ~has_case & Q(day=today) | is_left & Q(day__gte=today - ASKED_FOR, day__lte=today)
    found = Booking.objects.filter(
        which, practice_id__in=by.reach.own, state__in=TODAYS
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
        is_loose=row.ends_at <= at and (row.state == "booked" or _is_left(row)),
        had_case=bool(row.case_ref),
    )


def _is_left(row: Booking) -> bool:
    """Whether a case was about it; whoever arrived for a planned one is with the clinician."""
    return row.state == "arrived" and bool(row.case_ref)
