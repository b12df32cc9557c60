"""The day on paper, in words: sessions, the queue, and whom to ring."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from appointments.rules.codes import BookingState, Mode
from practices.clock import local_day
from practices.presenters import age_words, clock_words, date_words, day_words, time_words
from practices.rules.access import AccessNeed
from practices.rules.nhs_number import spaced
from practices.rules.phones import spoken
from practices.rules.professions import Profession
from triage.presenters.alarms import go_words
from triage.presenters.arrivals import not_seen_words
from triage.presenters.contact import must_know, phone_words
from triage.presenters.paperwork import task_owner
from triage.presenters.signs import left, name_words, priority, status_words
from triage.queries.emergencies import EmergencyRow
from triage.queries.paper_queue import CaseLine, QueueSheet
from triage.queries.paper_sessions import Elsewhere, Person, SessionSheet, SlotLine
from triage.rules.closing import must_be_brought
from triage.rules.codes import Need
from triage.rules.lanes import Lane
from triage.rules.states import State

# What the pen ticks while the network is gone.
IN_THE_HOUSE, OF_A_CALL = ("Arrived", "Did not come"), ("Spoken to", "Did not answer")


@dataclass(frozen=True, slots=True)
class PersonWords:
    """A patient as printed: the fields of the banner, and the number to ring."""

    name: str
    born: str
    number: str
    practice: str
    phone: str
    alerts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """One place of a session: time, whose, what for, and what has become of it."""

    time: str
    person: PersonWords | None
    what: str
    needs: str
    state: str
    is_open: bool
    who: str = ""
    ticks: tuple[str, str] = IN_THE_HOUSE


@dataclass(frozen=True, slots=True)
class SessionWords:
    """One clinician's list."""

    title: str
    where: str
    href: str
    places: tuple[PlaceWords, ...]


@dataclass(frozen=True, slots=True)
class DayWords:
    """The sessions of one day."""

    title: str
    sessions: tuple[SessionWords, ...]


@dataclass(frozen=True, slots=True)
class QueueWords:
    """One open case."""

    priority: str
    due: str
    reference: str
    person: PersonWords
    need: str
    status: str
    words: tuple[str, ...]
    needs: str
    owner: str


def days_words(
    sheets: Iterable[SessionSheet], *, days: Iterable[date], has_links: bool = False
) -> tuple[DayWords, ...]:
    """Each day with its sessions; a day without any says so. Only a page on a screen has links."""
    found = list(sheets)
    return tuple(
        DayWords(
            day_words(day),
            tuple(
                _session(one, day, has_links=has_links)
                for one in found
                if local_day(one.starts_at) == day
            ),
        )
        for day in days
    )


def _session(sheet: SessionSheet, day: date, *, has_links: bool) -> SessionWords:
    hours = f"{time_words(sheet.starts_at)} to {time_words(sheet.ends_at)}"
    return SessionWords(
        title=f"{sheet.clinician}, {Profession(sheet.profession).label}",
        where=f"{day_words(day)}, {hours}, {sheet.site}, {Mode(sheet.mode).label.lower()}",
        href=reverse("triage:session", args=[sheet.public_id]) if has_links else "",
        places=tuple(_place(line) for line in sheet.lines),
    )


def elsewhere_words(rows: Iterable[Elsewhere]) -> tuple[PlaceWords, ...]:
    """Our patients' appointments in other houses."""
    return tuple(
        _place(row.line, time=clock_words(row.line.starts_at), who=f"{row.clinician}, {row.site}")
        for row in rows
    )


def _place(line: SlotLine, *, time: str = "", who: str = "") -> PlaceWords:
    need = Need(line.need).label if line.need in set(Need) else ""
    return PlaceWords(
        time=time or time_words(line.starts_at),
        person=_person(line.person, line.starts_at) if line.person else None,
        what=", ".join(filter(None, [need, Mode(line.mode).label.lower(), line.reference])),
        needs=", ".join(AccessNeed(need).label for need in line.access_needs),
        state=_state(line),
        is_open=line.state == "booked",
        who=who,
        ticks=OF_A_CALL if Mode(line.mode).is_remote else IN_THE_HOUSE,
    )


def _state(line: SlotLine) -> str:
    """What has become of the place; a booked one is for the pen to say."""
    if not line.state:
        return "Free"
    if line.person is None:
        return "Taken: ask the house that booked it"
    if line.state == "missed":
        on = local_day(line.starts_at)
        brought = must_be_brought(line.person.born_on, line.access_needs, on=on)
        return not_seen_words(is_brought=brought, is_remote=Mode(line.mode).is_remote)
    return "" if line.state == "booked" else BookingState(line.state).label


def _person(who: Person, at: datetime) -> PersonWords:
    number = spoken(who.phone) if who.phone else "No phone number given"
    return PersonWords(
        name=name_words(who.family_name, who.given_name),
        born=f"{date_words(who.born_on)} ({age_words(who.born_on, on=local_day(at))})",
        number=spaced(who.nhs_number) if who.nhs_number else "not given",
        practice=who.practice,
        phone=phone_words(who.phone, who.contact) if who.contact else number,
        alerts=must_know(who.contact) if who.contact else (),
    )


def queue_words(sheet: QueueSheet, *, now: datetime) -> tuple[QueueWords, ...]:
    """The open cases in the order they are looked after."""
    return tuple(_case(line, now=now) for line in sheet.lines)


def emergency_words(sheet: QueueSheet) -> tuple[str, ...]:
    """Calls for help that no clinician has acknowledged."""
    return tuple(
        f"{time_words(one.at)}: {_go(one)}"
        + (f", {one.where}" if one.where else "")
        + f". Raised by {one.by}, {one.reference}"
        for one in sheet.emergencies
    )


def _go(one: EmergencyRow) -> str:
    """ "go to them, or ring 07700 900123", as the screens say it."""
    go = go_words(one)
    return f"{go[:1].lower()}{go[1:]}"


def _case(line: CaseLine, *, now: datetime) -> QueueWords:
    row = line.row
    due = left(row.due_at, now=now)
    when = time_words(row.due_at)
    if local_day(row.due_at) != local_day(now):
        when += f" on {day_words(local_day(row.due_at))}"
    return QueueWords(
        priority=priority(row.urgency).text,
        due=f"By {when}" + (f", {due.words}" if due.tense == "late" else ""),
        reference=row.reference,
        person=_person(line.person, now),
        need=row.need.label,
        status=status_words(row.status),
        words=line.words,
        needs=", ".join(AccessNeed(need).label for need in row.access_needs),
        owner=_owner(line),
    )


def _owner(line: CaseLine) -> str:
    """Who answers for the case now."""
    row = line.row
    if row.lane is Lane.PRACTICE:
        return task_owner(row.taken_by, row.taken_at, row.practice)
    if row.holder is not None:
        return f"{row.holder.name} has it since {time_words(row.holder.since)}"
    if row.state is State.HANDED_BACK:
        return f"{row.hub}, until the practice accepts"
    return f"{row.hub}, nobody by name yet"
