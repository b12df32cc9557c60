"""Why: what is there beside what a sheet says: open cases, the place, who has it, what is free."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from appointments.models import Booking, Slot
from practices.models import Patient
from practices.rules.london import clock_words, day_of, day_words, midnight
from triage.models import Case, CaseStep, Note, PaperLine
from triage.queries.held import stands_now
from triage.queries.options import options
from triage.rules.codes import Need, Urgency
from triage.rules.lanes import Lane
from triage.rules.paper import CAME_LATER, Settled, SheetKind
from triage.rules.states import OPEN, State

OFFERED = 5


@dataclass(frozen=True, slots=True)
class EnteredBefore:
    """A line of this number is in already."""

    words: str


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case the patient has open, with what was said."""

    reference: str
    need: Need
    state: State
    urgency: Urgency
    submitted_at: datetime
    due_at: datetime
    words: str
    lane: Lane


@dataclass(frozen=True, slots=True)
class ThePlace:
    """A slot of the day, as a sheet names it."""

    slot_id: int
    starts_at: datetime
    clinician: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Held:
    """Who has a place by now: by name where we may know."""

    name: str
    born_on: date | None
    booked_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What is there now: the case's appointment, who has the place, and what is free instead."""

    appointment: ThePlace | None
    holders: tuple[Held, ...]
    same_time: tuple[ThePlace, ...]
    free: tuple[ThePlace, ...]


def entered_before(organisation_id: int, number: str) -> EnteredBefore | None:
    """What became of the line of this number. One statement."""
    found = (
        PaperLine.objects.filter(organisation_id=organisation_id, number=number)
        .select_related("entered_by", "case")
        .first()
    )
    if found is None:
        return None
    kind = SheetKind(found.kind).label.lower()
    when = f"{clock_words(found.entered_at)} on {day_words(day_of(found.entered_at))}"
    case = f", case {found.case.reference}" if found.case else ""
    return EnteredBefore(
        f"This line was entered at {when} by {found.entered_by.name}: {kind}{case}. "
        f"{Settled(found.settled).label}. "
        "Is this another sheet with the same number? Write a letter after it"
    )


def open_cases_of(patient_id: int, *, at: datetime) -> tuple[OpenCase, ...]:
    """The patient's open cases, oldest first. Two statements."""
    found = list(
        Case.objects.filter(patient_id=patient_id, state__in=OPEN).order_by("submitted_at", "id")
    )
    notes = Note.objects.filter(case__in=found, kind=Note.Kind.WORDS, erased_at__isnull=True)
    words = dict(notes.values_list("case_id", "text"))
    return tuple(
        OpenCase(
            reference=row.reference,
            need=Need(row.need),
            state=stands_now(row, at=at),
            urgency=Urgency(f"P{row.urgency}"),
            submitted_at=row.submitted_at,
            due_at=row.due_at,
            words=words.get(row.pk, ""),
            lane=Lane(row.lane),
        )
        for row in found
    )


def came_later(case_id: int, *, since: datetime) -> bool:
    """Whether anything a sheet of that time could not know of was done since. One statement."""
    found = CaseStep.objects.filter(case_id=case_id, at__gt=since, step__in=CAME_LATER)
    return found.exists()


def slot_written(*, starts_at: datetime, clinician_id: int) -> int | None:
    """The open slot of the clinician at that time; None where there is none. One statement."""
    found = Slot.objects.filter(
        status=Slot.Status.OPEN, starts_at=starts_at, clinician_id=clinician_id
    )
    return found.values_list("pk", flat=True).order_by("pk").first()


def clinicians_of_days(*, first: date, days: int) -> tuple[tuple[int, str], ...]:
    """Whose slots there are on these days, by name. One statement."""
    found = Slot.objects.filter(
        starts_at__gte=midnight(first), starts_at__lt=midnight(first + timedelta(days=days))
    )
    named = found.values_list("clinician_id", "clinician__user__name").distinct()
    return tuple(named.order_by("clinician__user__name", "clinician_id"))


def beside(reference: str, *, slot_id: int | None, starts_at: datetime, at: datetime) -> Beside:
    """What is there beside the sheet's line."""
    case = Case.objects.select_related("booking").filter(reference=reference).first()
    booked = case.booking if case and case.booking and case.booking.state == "booked" else None
    mine = _places(Slot.objects.filter(pk=booked.slot_id)) if booked else ()
    choices = options(reference, at=at)
    lines, slots = (choices.options, choices.slots) if choices else ((), {})
    free = [slots[one.candidate.key] for one in lines if one.candidate.key in slots]
    ids = {slot.id for slot in free}
    same = Slot.objects.filter(status=Slot.Status.OPEN, starts_at=starts_at, pk__in=ids).exclude(
        pk=slot_id or 0
    )
    same_time = _places(same)
    others = [
        ThePlace(slot.id, slot.starts_at, slot.clinician, slot.organisation)
        for slot in free
        if slot.id not in {one.slot_id for one in same_time} | {slot_id}
    ]
    return Beside(
        appointment=mine[0] if mine else None,
        holders=_holders(slot_id),
        same_time=same_time,
        free=tuple(others[:OFFERED]),
    )


def _holders(slot_id: int | None) -> tuple[Held, ...]:
    """Two statements. A patient we may not see is there without a name."""
    if slot_id is None:
        return ()
    found = list(
        Booking.objects.filter(slot_id=slot_id, state__in=("held", "booked", "arrived", "attended"))
        .select_related("by")
        .order_by("place", "id")
    )
    people = Patient.objects.in_bulk([one.patient_id for one in found])
    return tuple(_holder(one, people.get(one.patient_id)) for one in found)


def _holder(booking: Booking, who: Patient | None) -> Held:
    return Held(
        name=f"{who.family_name}, {who.given_name}" if who else "A patient of another practice",
        born_on=who.born_on if who else None,
        booked_at=booking.booked_at or booking.held_at,
        by=booking.by.name if booking.by else "",
    )


def _places(found: QuerySet[Slot]) -> tuple[ThePlace, ...]:
    named = found.select_related(
        "clinician__user", "practice__organisation", "hub__organisation"
    ).order_by("starts_at", "clinician__user__name", "id")
    return tuple(
        ThePlace(
            slot.pk,
            slot.starts_at,
            slot.clinician.user.name,
            _house(slot),
        )
        for slot in named
    )


def _house(slot: Slot) -> str:
    if slot.hub is not None:
        return slot.hub.organisation.name
    return slot.practice.organisation.name if slot.practice else ""
