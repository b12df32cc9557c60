"""Why: bookings and free slots as the rules of moving read them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from appointments.models import Booking, Move
from appointments.queries import FreeSlot
from appointments.rules.codes import Mode
from appointments.rules.matching import Booked, Place
from hubs.rules.needs import Need, Urgency
from hubs.rules.scope import PatientFacts
from practices.models import Patient
from practices.rules.access import AccessNeed
from practices.rules.london import day_of, instant
from practices.rules.person_names import age_on
from practices.rules.professions import Profession
from triage.models import Case, Proposal
from triage.queries.untold import untold_cases
from triage.rules.signing import triaged_by_gp

WITHOUT_STEPS = frozenset(AccessNeed) - {AccessNeed.STEP_FREE}
# An appointment that came from no case was planned ahead; it is due on its day.
PLANNED = Urgency.P6
DAY_ENDS = time(20, 0)


@dataclass(frozen=True, slots=True)
class Movable:
    """A booking that stands today, with the row behind it."""

    row: Booking
    facts: Booked
    continuity_with: int | None
    age: int


def movables(clinician_ids: Collection[int], *, at: datetime) -> list[Movable]:
    """Today's booked patients of these clinicians that have not started. Four statements."""
    rows = list(
        Booking.objects.filter(
            clinician_id__in=clinician_ids, day=day_of(at), state="booked", starts_at__gt=at
        )
        .select_related("patient", "slot")
        .order_by("starts_at", "id")
    )
    return _with_cases(rows)


def movable(booking_id: int) -> Movable | None:
    """One booking as the rules of moving read it. Four statements."""
    found = Booking.objects.filter(pk=booking_id).select_related("patient", "slot")
    return next(iter(_with_cases(list(found))), None)


def place_of(slot: FreeSlot, *, open_to: frozenset[int] | None) -> Place:
    """A free slot as a place; `open_to` None means every practice with an agreement."""
    return Place(
        slot=slot.id,
        clinician=slot.clinician_id,
        profession=Profession(slot.profession),
        organisation=slot.hub_id or slot.practice_id or 0,
        starts_at=slot.starts_at,
        mode=Mode(slot.mode),
        places_left=slot.places_left,
        access=frozenset(AccessNeed) if slot.step_free else WITHOUT_STEPS,
        published_to=open_to,
        supervised=slot.supervised,
    )


def _with_cases(rows: list[Booking]) -> list[Movable]:
    refs = [row.case_ref for row in rows]
    ids = [row.pk for row in rows]
    found = Case.objects.filter(reference__in=refs).select_related("signed_by")
    cases = {case.reference: case for case in found}
    moved = set(Move.objects.filter(to_booking__in=ids).values_list("to_booking_id", flat=True))
    declined = set(
        Proposal.objects.filter(booking__in=ids, state=Proposal.State.DECLINED).values_list(
            "booking_id", flat=True
        )
    )
    untold = untold_cases(rows)
    return [
        _movable(
            row,
            cases.get(row.case_ref),
            moved=row.pk in moved,
            declined=row.pk in declined,
            told=row.case_ref not in untold,
        )
        for row in rows
    ]


def _movable(
    row: Booking, case: Case | None, *, moved: bool, declined: bool, told: bool
) -> Movable:
    patient = row.patient
    age = age_on(patient.born_on, row.day)
    needs = {*patient.access_needs, *(case.access_needs if case else ())}
    if row.interpreter:
        # Booked with this very time: a move would break it, also where no need is on record.
        needs.add(AccessNeed.INTERPRETER.value)
    signer = case.signed_by.profession if case and case.signed_by else None
    facts = Booked(
        booking=str(row.pk),
        slot=row.slot_id,
        clinician=row.clinician_id,
        practice=row.practice_id,
        starts_at=row.starts_at,
        due_at=case.due_at if case else instant(row.day, DAY_ENDS),
        points=row.points,
        urgency=Urgency(f"P{case.urgency}") if case else PLANNED,
        patient=PatientFacts(
            need=Need(row.reason),
            age=age,
            triaged_by_gp=case is not None and triaged_by_gp(case.urgency_status, signer),
        ),
        mode=Mode(row.mode),
        modes=frozenset({Mode(row.mode)}),
        access_needs=frozenset(AccessNeed(need) for need in needs),
        continuity_red=patient.continuity == Patient.Continuity.RED,
        moved_before=moved,
        declined=declined,
        own_practice_only=row.hub_id is None and patient.declines_hub,
        told=told,
        can_be_rung=bool(case.phone if case else patient.phone),
        is_double=row.is_double,
    )
    wanted = case.continuity_with_id if case else patient.usual_clinician_id
    return Movable(row=row, facts=facts, continuity_with=wanted, age=age)
