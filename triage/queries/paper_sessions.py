"""Why: a house's sessions as they are printed: every slot, whose it is, and how to know them."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from appointments.models import Booking, Session, Slot
from hubs.queries import practices_served
from practices.models import Patient
from practices.rules.london import midnight
from triage.models import Case
from triage.queries.contact import ContactFacts, contact_of

PRINTED = ("booked", "arrived", "attended", "missed")


@dataclass(frozen=True, slots=True)
class Person:
    """A patient on paper: enough to be sure, and to ring."""

    id: int
    family_name: str
    given_name: str
    born_on: date
    nhs_number: str | None
    practice: str
    phone: str
    contact: ContactFacts | None


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One place of a slot. Free without a state; taken without a person: not ours to know."""

    starts_at: datetime
    mode: str
    state: str
    person: Person | None
    need: str
    access_needs: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class SessionSheet:
    """One clinician at one site for a stretch of a day, place by place."""

    public_id: UUID
    clinician_id: int
    clinician: str
    profession: str
    site: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    lines: tuple[SlotLine, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An appointment of our patient in another house."""

    line: SlotLine
    clinician: str
    site: str


def session_sheets(house: int, *, first: date, until: date) -> tuple[SessionSheet, ...]:
    """The house's published sessions from a day until before another. Seven statements.

    A hub's session in a practice's building is the hub's. Whose practice has no agreement with the
    house any more takes a place without a name, as on its screens.
    """
    found = Session.objects.filter(
        Q(hub_id=house) | Q(practice_id=house),
        status=Session.Status.PUBLISHED,
        starts_at__gte=midnight(first),
        starts_at__lt=midnight(until),
    ).select_related("clinician__user", "site")
    sessions = list(found.order_by("starts_at", "clinician__user__name", "id"))
    slots = list(
        Slot.objects.filter(session__in=sessions, status=Slot.Status.OPEN).order_by(
            "starts_at", "id"
        )
    )
    taken = _taken(slot.pk for slot in slots)
    ours = (house, *practices_served(house, on=first))
    found_here = Booking.objects.filter(slot__in=slots, state__in=PRINTED, practice_id__in=ours)
    bookings = list(found_here.order_by("starts_at", "id"))
    known = _lines(bookings)
    by_slot: dict[int, list[SlotLine]] = {}
    for booking in bookings:
        by_slot.setdefault(booking.slot_id, []).append(known[booking.pk])
    by_session: dict[int, list[SlotLine]] = {}
    for slot in slots:
        lines = _places(slot, by_slot.get(slot.pk, []), taken[slot.pk])
        by_session.setdefault(slot.session_id, []).extend(lines)
    return tuple(_sheet(one, by_session.get(one.pk, [])) for one in sessions)


def elsewhere(practice_id: int, *, first: date, until: date) -> tuple[Elsewhere, ...]:
    """Appointments of the practice's patients in other houses. Three statements."""
    found = Booking.objects.filter(
        practice_id=practice_id, day__gte=first, day__lt=until, state__in=PRINTED
    ).exclude(slot__practice_id=practice_id)
    rows = list(
        found.select_related("clinician__user", "slot__session__site").order_by("starts_at", "id")
    )
    known = _lines(rows)
    return tuple(
        Elsewhere(known[one.pk], one.clinician.user.name, one.slot.session.site.name)
        for one in rows
    )


def _sheet(one: Session, lines: list[SlotLine]) -> SessionSheet:
    return SessionSheet(
        public_id=one.public_id,
        clinician_id=one.clinician_id,
        clinician=one.clinician.user.name,
        profession=one.clinician.profession,
        site=one.site.name,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        mode=one.mode,
        lines=tuple(lines),
    )


def _places(slot: Slot, known: list[SlotLine], taken: int) -> list[SlotLine]:
    """The known patients, then places somebody else has or holds, then the free ones.

    A patient who did not come stands on the list, and takes no place.
    """
    unknown = max(0, taken - sum(1 for line in known if line.state != "missed"))
    free = max(0, slot.places - taken)
    blank = [_blank(slot, "taken")] * unknown + [_blank(slot, "")] * free
    return [*known, *blank]


def _blank(slot: Slot, state: str) -> SlotLine:
    return SlotLine(slot.starts_at, slot.mode, state, None, "", (), "")


def _taken(slot_ids: Iterable[int]) -> Counter[int]:
    """How many places of each slot are taken, whoever's they are. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT slot_id, count(*) FROM appointments_place WHERE slot_id = ANY (%s)"
            " GROUP BY slot_id",
            [list(slot_ids)],
        )
        return Counter(dict(cursor.fetchall()))


def _lines(bookings: Collection[Booking]) -> dict[int, SlotLine]:
    """A line for each booking. Two statements."""
    patients = Patient.objects.filter(pk__in={one.patient_id for one in bookings})
    people = {one.pk: one for one in patients.select_related("practice__organisation")}
    references = {one.case_ref for one in bookings}
    cases = {one.reference: one for one in Case.objects.filter(reference__in=references)}
    return {
        one.pk: _line(one, people.get(one.patient_id), cases.get(one.case_ref)) for one in bookings
    }


def _line(booking: Booking, patient: Patient | None, case: Case | None) -> SlotLine:
    needs = {*(patient.access_needs if patient else ()), *(case.access_needs if case else ())}
    return SlotLine(
        starts_at=booking.starts_at,
        mode=booking.mode,
        state=booking.state,
        person=person_of(patient, case) if patient else None,
        need=booking.reason,
        access_needs=tuple(sorted(needs)),
        reference=case.reference if case else "",
    )


def person_of(patient: Patient, case: Case | None) -> Person:
    """The patient as printed; a number given with the case comes first."""
    return Person(
        id=patient.pk,
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        nhs_number=patient.nhs_number,
        practice=patient.practice.organisation.name,
        phone=_phone(patient, case),
        contact=contact_of(case) if case else None,
    )


def _phone(patient: Patient, case: Case | None) -> str:
    """Who asks in confidence is rung on the number they gave, never on the family's."""
    if case is None:
        return patient.phone
    return case.phone if case.is_confidential else case.phone or patient.phone
