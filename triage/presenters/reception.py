"""The desk's day and what a search found, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from appointments.rules.codes import BookingState, Mode
from practices.clock import local_day
from practices.presenters import age_words, date_words, time_words
from practices.rules.access import AccessNeed
from practices.rules.nhs_number import spaced
from practices.rules.phones import spoken
from practices.rules.postcodes import where_words
from practices.rules.search_box import Sought
from triage.presenters.contact import who_they_are
from triage.presenters.paperwork import task_owner
from triage.presenters.signs import Left, Sign, left, name_words, priority, when_words
from triage.presenters.urgency import SPOKEN_OF
from triage.queries.queue_rows import QueueRow
from triage.queries.reception import BookedRow, Desk, Found, Hit, OpenCase, Room
from triage.rules.lanes import Lane
from triage.rules.states import OPEN, State

STATE_WORDS: dict[State, str] = {
    State.NEW: "New",
    State.WAITING: "Waiting",
    State.CLAIMED: "With a clinician",
    State.BOOKED: "Booked",
    State.HANDED_BACK: "Handed back to us",
    State.CLOSED: "Closed",
}


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A case that waits: whose, how urgent, how long, and who has it."""

    reference: str
    urgency: str
    is_urgent: bool
    name: str
    born: str
    href: str
    need: str
    priority: Sign
    state: str
    who: str
    due: Left


@dataclass(frozen=True, slots=True)
class BookedLine:
    """An appointment of today."""

    reference: str
    time: str
    name: str
    born: str
    href: str
    where: str
    how: str
    state: str


@dataclass(frozen=True, slots=True)
class RoomLine:
    """What is left today at one place."""

    name: str
    words: str
    is_empty: bool


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call for help that no clinician has acknowledged."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The landing page."""

    rooms: tuple[RoomLine, ...]
    waiting: tuple[WaitingLine, ...]
    all_waiting: int
    booked: tuple[BookedLine, ...]
    calls: tuple[CallLine, ...]


def desk_page(desk: Desk, *, now: datetime) -> DeskPage:
    """My practice's day in words."""
    return DeskPage(
        rooms=tuple(_room(row, now=now) for row in desk.rooms),
        waiting=tuple(_waiting(row, now=now) for row in desk.waiting),
        all_waiting=desk.all_waiting,
        booked=tuple(_booked(row) for row in desk.booked),
        calls=tuple(
            CallLine(
                words=f"Emergency raised at {time_words(row.at)}: no clinician has it yet",
                href=reverse("triage:emergency_raised", args=[row.reference]),
            )
            for row in desk.emergencies
        ),
    )


def _room(row: Room, *, now: datetime) -> RoomLine:
    if not row.places and row.opens_at is not None:
        words = f"Shut now, opens {when_words(row.opens_at, now=now)}"
        return RoomLine(name=row.name, words=words, is_empty=True)
    free = f"{row.places} free" if row.places else "Full"
    if row.next_at is not None:
        free = f"{free}, next {time_words(row.next_at)}"
    if row.share is not None:
        free = f"{free}, {row.share_left} of our share of {row.share} left"
    return RoomLine(name=row.name, words=free, is_empty=not row.places)


def _waiting(row: QueueRow, *, now: datetime) -> WaitingLine:
    return WaitingLine(
        reference=row.reference,
        urgency=row.urgency.value,
        is_urgent=row.urgency in SPOKEN_OF,
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        href=reverse("triage:desk", args=[row.reference]),
        need=row.need.label,
        priority=priority(row.urgency),
        state=state_words(row),
        who=who_has(row),
        due=left(row.due_at, now=now),
    )


def state_words(row: QueueRow) -> str:
    """Where the case stands; one whose time with a clinician ran out waits again."""
    return "Waiting again" if _is_let_go(row) else STATE_WORDS[row.stands]


def _is_let_go(row: QueueRow) -> bool:
    return row.stands is not row.state


def who_has(row: QueueRow) -> str:
    """Who answers for the case now, by name where one person has it."""
    if row.holder is not None:
        return f"{row.holder.name}, since {time_words(row.holder.since)}"
    if row.lane is Lane.PRACTICE and row.state in OPEN:
        return task_owner(row.taken_by, row.taken_at, row.practice)
    if row.state is State.HANDED_BACK:
        return f"{row.hub}, until we accept it"
    if row.state is State.CLOSED:
        return "Nobody: it is done"
    if row.no_longer is not None:
        return f"{row.hub}, queue. {row.no_longer.label}: a clinician closes it"
    return f"{row.hub}, queue{', nobody has it now' if _is_let_go(row) else ''}"


def seen_first(row: QueueRow) -> str:
    """Of an emergency: every clinician sees it, until one has it."""
    if row.holder is None:
        return "Every clinician on shift sees this case first"
    return f"{row.holder.name} has it since {time_words(row.holder.since)}"


def _booked(row: BookedRow) -> BookedLine:
    return BookedLine(
        reference=row.case_ref,
        time=time_words(row.starts_at),
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        href=reverse("triage:desk", args=[row.case_ref]),
        where=f"{row.place}, {row.clinician}",
        how=Mode(row.mode).label,
        state=BookingState(row.state).label,
    )


@dataclass(frozen=True, slots=True)
class CaseLine:
    """An open case beside a patient: the duplicate warning."""

    words: str
    href: str
    again: str


@dataclass(frozen=True, slots=True)
class HitLine:
    """A patient who fits."""

    name: str
    born: str
    number: str
    address: str
    phone: str
    needs: str
    namesake: bool
    standing: str
    new: str
    cases: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What a search found, and the sentence for it."""

    words: str
    hits: tuple[HitLine, ...]


def with_call(address: str, reference: str) -> str:
    """The address, which keeps that another patient is asked about in the same call."""
    return f"{address}{'&' if '?' in address else '?'}with={reference}" if reference else address


def found_page(found: Found, *, now: datetime, most: int, linked: str = "") -> FoundPage:
    """The hits in words."""
    number = len(found.hits)
    if not number:
        words = _nobody(found.sought)
    elif number >= most:
        words = f"The first {most} who fit. Add a date of birth to see fewer."
    else:
        words = "1 patient fits." if number == 1 else f"{number} patients fit."
    return FoundPage(
        words=words, hits=tuple(_hit(hit, now=now, linked=linked) for hit in found.hits)
    )


def _nobody(sought: Sought) -> str:
    """What did not fit, and what to try next: whoever typed a birthday is not asked for one."""
    names = " ".join(sought.words.split())
    if names and (sought.born_on or sought.born_in):
        when = date_words(sought.born_on) if sought.born_on else f"in {sought.born_in}"
        next_try = "Check the spelling, or leave the year out" if sought.born_in else "Check both"
        return f"Nobody on our list fits “{names}”, born {when}. {next_try}."
    if names:
        return (
            f"Nobody on our list fits “{names}”. Check the spelling, or ask for the date of birth."
        )
    return "Nobody on our list fits. Check the number or the date, or ask for the name."


def _hit(hit: Hit, *, now: datetime, linked: str) -> HitLine:
    row = hit.patient
    needs = [AccessNeed(need).label for need in row.access_needs]
    return HitLine(
        name=name_words(row.family_name, row.given_name),
        born=f"{date_words(row.born_on)} ({age_words(row.born_on, on=local_day(now))})",
        number=spaced(row.nhs_number) if row.nhs_number else "No NHS number given",
        address=where_words(row.address, row.postcode),
        phone=spoken(row.phone) if row.phone else "No phone number given",
        needs=", ".join(filter(None, [*needs, row.access_detail])),
        namesake=hit.namesake,
        new=with_call(reverse("triage:new", args=[row.public_id]), linked),
        standing=". ".join(who_they_are(row.standing, born_estimated=row.born_estimated)),
        cases=case_lines(hit.cases, new=reverse("triage:new", args=[row.public_id]), now=now),
    )


def case_lines(cases: tuple[OpenCase, ...], *, new: str, now: datetime) -> tuple[CaseLine, ...]:
    """The patient's open cases, each with the way to say that they call about it again."""
    return tuple(
        CaseLine(
            words=(
                f"{case.need.label}, {STATE_WORDS[case.state].lower()}, "
                f"{left(case.due_at, now=now).words}"
            ),
            href=reverse("triage:desk", args=[case.reference]),
            again=f"{new}?again={case.reference}",
        )
        for case in cases
    )
