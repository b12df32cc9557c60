"""Why: a front desk's day, at a practice or a hub: who comes, and who came without."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from appointments.models import Booking
from hubs.models import WalkUp
from practices.clock import local_day
from practices.models import Message
from practices.rules.message_words import News
from triage.models import Case, Emergency
from triage.queries.contact import ContactFacts, contact_of
from triage.queries.marks import Mark, mark_by

TODAYS = ("booked", "arrived", "attended", "missed")
# News that tells a patient of a time they do not know yet.
TIMES = (News.CONFIRMED, News.CHANGED)


@dataclass(frozen=True, slots=True)
class Expected:
    """An appointment of today in this house."""

    public_id: UUID
    patient_id: int
    family_name: str
    given_name: str
    born_on: date
    practice: str
    starts_at: datetime
    clinician: str
    session: UUID
    slot_id: int
    mode: str
    state: str
    needs: tuple[str, ...]
    house: str = ""
    interpreter: str = ""
    is_untold: bool = False
    version: int = 1
    id: int = 0
    said: Mark | None = None
    phone: str = ""
    contact: ContactFacts | None = None


@dataclass(frozen=True, slots=True)
class CameWithout:
    """Somebody who came without an appointment, and where they were sent."""

    public_id: UUID
    at: datetime
    name: str
    phone: str
    words: str
    practice: str
    hub: str
    sent_to: str
    answered_by: str
    scan_hits: tuple[str, ...] = ()
    call: str = ""
    call_had_by: str = ""
    read_by: datetime | None = None

    @property
    def comes_first(self) -> bool:
        """Whether their words may mean a red flag and still wait for somebody."""
        is_seen_to = self.answered_by if self.practice else self.call_had_by
        return bool(self.scan_hits) and not is_seen_to


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The day of one front desk."""

    expected: tuple[Expected, ...]
    came: tuple[CameWithout, ...]
    practices: tuple[tuple[int, str], ...]

    @property
    def patient_ids(self) -> list[int]:
        """Everybody whose name the page shows."""
        return [row.patient_id for row in self.expected]


def arrivals(
    *,
    house: int,
    practices: tuple[tuple[int, str], ...],
    just: str = "",
    by_id: int | None = None,
    at: datetime,
) -> Arrivals:
    """Who comes to the house today, and who came without. Four statements.

    One more for the appointment of which this person has `just` said something: what, and when.
    """
    expected = _with_said(_expected(house, on=local_day(at)), just, by_id)
    return Arrivals(expected, came_without(at=at), practices)


def came_without(*, at: datetime) -> tuple[CameWithout, ...]:
    """Those in reach who came today, or whom nobody has called yet. One statement.

    Who may need help soonest comes first, then who came first. Whether a clinician was called to
    them is the hub's to know.
    """
    since = Q(on=local_day(at)) | Q(practice__isnull=False, answered_at__isnull=True)
    calls = Emergency.objects.filter(walk_up=OuterRef("pk")).order_by("pk")
    found = WalkUp.objects.filter(since).annotate(
        call=Subquery(calls.values("reference")[:1]),
        read_by=Subquery(calls.values("read_due_at")[:1]),
        call_had_by=Subquery(calls.values("acknowledged_by__name")[:1]),
    )
    named = found.select_related("practice__organisation", "hub__organisation", "answered_by")
    rows = [_came(row) for row in named.order_by("at", "id")]
    return tuple(sorted(rows, key=lambda row: not row.comes_first))


def _expected(house: int, *, on: date) -> tuple[Expected, ...]:
    here = Q(hub_id=house) | Q(slot__practice_id=house)
    found = Booking.objects.filter(here, day=on, state__in=TODAYS).select_related(
        "patient",
        "practice__organisation",
        "clinician__user",
        "slot__session",
        "slot__practice__organisation",
        "hub__organisation",
    )
    rows = list(found.order_by("starts_at", "id"))
    untold, asked = _untold(rows), _asked(rows)
    return tuple(
        Expected(
            public_id=row.public_id,
            patient_id=row.patient_id,
            family_name=row.patient.family_name,
            given_name=row.patient.given_name,
            born_on=row.patient.born_on,
            practice=row.practice.organisation.name,
            starts_at=row.starts_at,
            clinician=row.clinician.user.name,
            session=row.slot.session.public_id,
            slot_id=row.slot_id,
            mode=row.mode,
            state=row.state,
            needs=_needs(row, asked),
            house=_house(row),
            interpreter=row.interpreter,
            is_untold=not untold.isdisjoint({row.case_ref, row.public_id}),
            version=row.version,
            id=row.pk,
            phone=_phone(row, asked),
            contact=contact_of(asked[row.case_ref]) if row.case_ref in asked else None,
        )
        for row in rows
    )


def _asked(rows: Collection[Booking]) -> dict[str, Case]:
    """The cases that these appointments came from, by reference. One statement."""
    found = Case.objects.filter(reference__in={row.case_ref for row in rows if row.case_ref})
    return {case.reference: case for case in found}


def _phone(row: Booking, asked: dict[str, Case]) -> str:
    """The request's own number; the record's only where nobody asked for another."""
    if row.case_ref:
        return asked[row.case_ref].phone if row.case_ref in asked else ""
    return row.patient.phone


def _with_said(rows: tuple[Expected, ...], just: str, by_id: int | None) -> tuple[Expected, ...]:
    return tuple(
        replace(row, said=mark_by(by_id, booking_id=row.id)) if str(row.public_id) == just else row
        for row in rows
    )


def _needs(row: Booking, asked: dict[str, Case]) -> tuple[str, ...]:
    """What is on the patient's record, then what was said for this request alone."""
    known = row.patient.access_needs
    said = asked[row.case_ref].access_needs if row.case_ref in asked else ()
    return (*known, *(need for need in said if need not in known))


def _house(row: Booking) -> str:
    house = row.hub or row.slot.practice
    return house.organisation.name if house else ""


def _untold(rows: Collection[Booking]) -> set[str | UUID]:
    """The cases, or planned appointments, whose time nobody has told. One statement.

    Also once it has passed: who did not come may never have known.
    """
    about = Q(case_ref__in={row.case_ref for row in rows} - {""})
    about |= Q(appointment__in=[row.public_id for row in rows if not row.case_ref])
    found = Message.objects.filter(about, kind__in=TIMES, to_tell_since__isnull=False)
    named = found.values_list("case_ref", "appointment")
    return {name for names in named for name in names if name}


def _came(row: Any) -> CameWithout:
    return CameWithout(
        public_id=row.public_id,
        at=row.at,
        name=row.name,
        phone=row.phone,
        words=row.words,
        practice=row.practice.organisation.name if row.practice else "",
        hub=row.hub.organisation.name,
        sent_to=row.sent_to,
        answered_by=row.answered_by.name if row.answered_by else "",
        scan_hits=tuple(row.scan_hits),
        call=row.call or "",
        call_had_by=row.call_had_by or "",
        read_by=row.read_by,
    )
