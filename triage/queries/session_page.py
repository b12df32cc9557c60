"""Why: one session as its link shows it: every slot in order, and whose it is as far as I see."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from appointments.models import Booking, PausedList, Session, Slot
from practices.clock import local_day
from triage.models import Case, GoneHome

SHOWN = ("booked", "arrived", "attended", "missed")
# A slot, the number of the place in it, the state, and when a hold of it runs out.
Gone = tuple[int, int, str, datetime | None]


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment whose patient we may know of; `reference` is empty where no case opens."""

    public_id: uuid.UUID
    patient_id: int
    practice_id: int
    family_name: str
    given_name: str
    born_on: date
    practice: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    state: str
    needs: tuple[str, ...]
    interpreter: str
    case_ref: str
    reference: str
    is_double: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place that somebody has or holds; without a person it is not ours to know whose."""

    state: str
    until: datetime | None
    booked: Booked | None = None


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot, the places of it that are gone, and how many are left."""

    id: int
    starts_at: datetime
    ends_at: datetime
    is_closed: bool
    taken: tuple[Place, ...]
    free: int


@dataclass(frozen=True, slots=True)
class LeftEarly:
    """The clinician went home, and who was booked after that got a new place, or waits."""

    public_id: uuid.UUID
    from_at: datetime


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session; `closed` are slots that others stand in place of."""

    provider_id: int
    provider: str
    clinician_id: int
    clinician: str
    profession: str
    site: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    needs: tuple[str, ...]
    status: str
    reason: str
    paused_from: datetime | None
    left: LeftEarly | None
    slots: tuple[SlotRow, ...]
    closed: tuple[SlotRow, ...]

    @property
    def patient_ids(self) -> list[int]:
        """Everybody whose name the page shows."""
        taken = [place for slot in (*self.slots, *self.closed) for place in slot.taken]
        return [place.booked.patient_id for place in taken if place.booked]


def session_page(public_id: uuid.UUID | str, *, at: datetime) -> SessionPage | None:
    """The session in reach under this public id. Six statements, one more of a hub's."""
    names = ("clinician__user", "site", "practice__organisation", "hub__organisation")
    found = Session.objects.select_related(*names).filter(public_id=public_id).first()
    if found is None:
        return None
    slots = _slots(found, at=at)
    open_now = [slot for slot in slots if not slot.is_closed]
    replaced = {slot.id for slot in slots if _is_replaced(slot, open_now)}
    provider = found.hub or found.practice
    assert provider is not None, "a session has one home"
    return SessionPage(
        provider_id=found.provider_id,
        provider=provider.organisation.name,
        clinician_id=found.clinician_id,
        clinician=found.clinician.user.name,
        profession=found.clinician.profession,
        site=found.site.name,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        mode=found.mode,
        needs=tuple(found.needs),
        status=found.status,
        reason=found.reason,
        paused_from=_paused_from(found) if found.hub_id else None,
        left=_left(found),
        slots=tuple(slot for slot in slots if slot.id not in replaced),
        closed=tuple(slot for slot in slots if slot.id in replaced),
    )


def _is_replaced(slot: SlotRow, open_now: Iterable[SlotRow]) -> bool:
    """Whether it was closed and an open slot has its time: the session was cut anew."""
    is_empty = slot.is_closed and not slot.taken
    return is_empty and any(
        slot.starts_at < other.ends_at and other.starts_at < slot.ends_at for other in open_now
    )


def _paused_from(session: Session) -> datetime | None:
    """Since when nobody supervises the list, so that nobody new is booked. One statement."""
    paused = PausedList.objects.filter(
        hub_id=session.hub_id,
        clinician_id=session.clinician_id,
        day=local_day(session.starts_at),
        until_at=None,
    )
    return paused.values_list("from_at", flat=True).first()


def _left(session: Session) -> LeftEarly | None:
    """That the list ended early, and was not taken back. One statement."""
    ended = GoneHome.objects.filter(
        clinician_id=session.clinician_id,
        taken_back_at=None,
        ended__sessions__contains=[{"session": session.pk}],
    ).first()
    return LeftEarly(ended.public_id, ended.from_at) if ended else None


def _slots(session: Session, *, at: datetime) -> list[SlotRow]:
    """The slots in order of time. Four statements."""
    slots = list(Slot.objects.filter(session=session).order_by("starts_at", "id"))
    bookings = _bookings(slots)
    cases = _cases(bookings)
    taken: dict[int, list[Place]] = {slot.pk: [] for slot in slots}
    by_place: dict[tuple[int, int], Booked] = {}
    for one in bookings:
        booked = _booked(one, cases.get(one.case_ref))
        if one.state == "missed":
            taken[one.slot_id].append(Place(one.state, None, booked))
            continue
        # A double has its place in the slot after it too.
        for slot_id in filter(None, (one.slot_id, one.second_slot_id)):
            by_place[slot_id, one.place] = booked
    free = {slot.pk: slot.places for slot in slots}
    for slot_id, number, state, until in _gone(taken, at=at):
        taken[slot_id].append(Place(state, until, by_place.get((slot_id, number))))
        free[slot_id] -= 1
    return [_slot(slot, taken[slot.pk], free[slot.pk]) for slot in slots]


def _slot(slot: Slot, taken: list[Place], free: int) -> SlotRow:
    """Who did not come stands on the list first, and takes no place."""
    is_closed = slot.status == Slot.Status.WITHDRAWN
    return SlotRow(
        id=slot.pk,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        is_closed=is_closed,
        taken=tuple(taken),
        free=0 if is_closed else max(0, free),
    )


def _gone(slot_ids: Iterable[int], *, at: datetime) -> list[Gone]:
    """The places that are gone, whoever's they are; a hold that ran out is none. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT slot_id, place, state, expires_at FROM appointments_place"
            " WHERE slot_id = ANY (%s) AND (state <> 'held' OR expires_at > %s)"
            " ORDER BY slot_id, place",
            [list(slot_ids), at],
        )
        return list(cursor.fetchall())


def _bookings(slots: Iterable[Slot]) -> list[Booking]:
    """The appointments in reach whose patient is in reach too. One statement."""
    found = Booking.objects.filter(slot__in=slots, state__in=SHOWN)
    names = found.select_related("patient", "practice__organisation")
    return list(names.order_by("starts_at", "id"))


def _cases(bookings: Iterable[Booking]) -> dict[str, Case]:
    """The cases in reach behind the appointments. One statement."""
    found = Case.objects.filter(reference__in={one.case_ref for one in bookings})
    return {case.reference: case for case in found.order_by("pk")}


def _booked(row: Booking, case: Case | None) -> Booked:
    needs = {*row.patient.access_needs, *(case.access_needs if case else ())}
    return Booked(
        public_id=row.public_id,
        patient_id=row.patient_id,
        practice_id=row.practice_id,
        family_name=row.patient.family_name,
        given_name=row.patient.given_name,
        born_on=row.patient.born_on,
        practice=row.practice.organisation.name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        mode=row.mode,
        state=row.state,
        needs=tuple(sorted(needs)),
        interpreter=row.interpreter,
        case_ref=row.case_ref,
        reference=case.reference if case else "",
        is_double=row.is_double,
    )
