"""The ranked list "Where?" and the place that is held, in words."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from appointments.queries import BookingRow, FreeSlot
from appointments.rules.codes import Mode
from practices.clock import local_day
from practices.presenters import time_words
from triage.presenters import telling
from triage.presenters.signs import when_words
from triage.queries.one_call import NEAR
from triage.queries.options import Choices
from triage.queries.reception import Places
from triage.rules.candidates import Where
from triage.rules.codes import OptionKind
from triage.rules.possible import Impossible
from triage.rules.routing import Option

TIMES = 4
MORE = 16
REFUSALS = 12


@dataclass(frozen=True, slots=True)
class Time:
    """A slot to hold: a time with the person; `spoken` is the whole of it."""

    slot_id: int
    words: str
    who: str
    spoken: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One place or way. A place has times; a way has a key and the sentence to say."""

    title: str
    where: str
    why: tuple[str, ...]
    times: tuple[Time, ...] = ()
    more: tuple[Time, ...] = ()
    key: str = ""
    say: str = ""


@dataclass(frozen=True, slots=True)
class NotThere:
    """What is impossible, and the one rule that says so."""

    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Held:
    """The place the case holds now."""

    hold_id: str
    slot_id: int
    words: str
    say: str
    until: str
    now: str
    left: str
    can_extend: bool
    asks_overflow: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The list, what is held, and what is impossible."""

    lines: tuple[Line, ...]
    held: Held | None
    impossible: tuple[NotThere, ...]
    next_free: str


def board(places: Places, *, now: datetime) -> Board:
    """The ranked list in words: one line a place, its times in order, best place first."""
    choices = places.choices
    groups: dict[str, list[Option]] = {}
    for option in choices.options:
        groups.setdefault(_group(option), []).append(option)
    lines = tuple(_line(group, places, now=now) for group in groups.values() if group)
    return Board(
        lines=(*_beside(places, now=now), *lines),
        held=_held(places, now=now),
        impossible=_impossible(choices.refused),
        next_free=_next_free(choices, now=now),
    )


def _beside(places: Places, *, now: datetime) -> tuple[Line, ...]:
    """The places next to the appointment of the other patient of the same call."""
    other = places.beside
    if other is None:
        return ()
    near = [
        option
        for option in places.choices.options
        if (slot := places.choices.slots.get(option.candidate.key))
        and is_beside(slot, other.booking)
    ]
    if not near:
        return ()
    site, when = other.booking.place_name, when_words(other.booking.starts_at, now=now)
    times = _times(near, places.choices, now=now)
    return (
        Line(
            title=f"Beside {other.name}’s appointment, {when}",
            where=site,
            why=("One journey for both",),
            times=times[:TIMES],
        ),
    )


def is_beside(slot: FreeSlot, booking: BookingRow) -> bool:
    """Whether both can be seen in one visit: same house, just before or just after."""
    gap = max(slot.starts_at - booking.ends_at, booking.starts_at - slot.ends_at)
    return slot.organisation == booking.place_name and gap <= NEAR


def _group(option: Option) -> str:
    """What belongs on one line: the slots of one place in one mode; each way by itself."""
    candidate = option.candidate
    if candidate.kind is not OptionKind.SLOT:
        return candidate.key
    return f"{candidate.site}/{candidate.mode}/{option.is_late}"


def _line(group: list[Option], places: Places, *, now: datetime) -> Line:
    best = group[0]
    if best.candidate.kind is not OptionKind.SLOT:
        return _way(best, places, now=now)
    mode = best.candidate.mode or Mode.FACE_TO_FACE
    times = _times(group, places.choices, now=now)
    return Line(
        title=f"{best.candidate.site}, {mode.label.lower()}",
        where="Our practice" if best.candidate.where is Where.OWN else _far(best, mode),
        why=_why(best),
        times=times[:TIMES],
        more=times[TIMES : TIMES + MORE],
    )


def _far(option: Option, mode: Mode) -> str:
    minutes = option.candidate.travel_minutes
    return f"Hub, {minutes} minutes away" if minutes and not mode.is_remote else "Hub, no travel"


def _why(option: Option) -> tuple[str, ...]:
    """The router's reasons, less what the line says already."""
    said = {"own_practice", "remote", "travel"}
    return tuple(reason.text for reason in option.reasons if reason.code not in said)


def _times(group: list[Option], choices: Choices, *, now: datetime) -> tuple[Time, ...]:
    """One button a time: the best-ranked person of each, in order of time."""
    first: dict[datetime, Option] = {}
    for option in group:
        starts_at = option.candidate.starts_at
        is_held = option.candidate.key == choices.held
        if starts_at is not None and (is_held or starts_at not in first):
            first[starts_at] = option
    return tuple(
        _time(choices.slots[first[at].candidate.key], choices, now=now) for at in sorted(first)
    )


def _time(slot: FreeSlot, choices: Choices, *, now: datetime) -> Time:
    words = time_words(slot.starts_at)
    if slot.day != local_day(now):
        words = f"{slot.day:%a} {slot.day.day} {slot.day:%b}, {words}"
    return Time(
        slot_id=slot.id,
        words=words,
        who=slot.clinician,
        spoken=f"{when_words(slot.starts_at, now=now)} with {slot.clinician}, {slot.site}",
        is_held=f"slot-{slot.id}" == choices.held,
    )


WAYS: dict[OptionKind, str] = {
    OptionKind.CALLBACK: "Wait for a clinician’s call",
    OptionKind.DUTY: "Duty clinician of our practice",
    OptionKind.WAITING_LIST: "Waiting list",
    OptionKind.EMERGENCY: "Emergency: act now",
}


def _way(option: Option, places: Places, *, now: datetime) -> Line:
    case, candidate = places.case, option.candidate
    say = telling.way(
        candidate.kind,
        name=candidate.site,
        practice=case.row.practice,
        due_at=case.row.due_at,
        phone=case.phone,
        now=now,
    )
    return Line(
        title=WAYS.get(candidate.kind, candidate.site),
        where=candidate.kind.label if candidate.kind not in WAYS else "",
        why=tuple(reason.text for reason in option.reasons),
        key="" if candidate.kind is OptionKind.EMERGENCY else candidate.key,
        say=say,
    )


def _held(places: Places, *, now: datetime) -> Held | None:
    choices = places.choices
    slot = choices.slots.get(choices.held)
    row = _live_hold(places.case.bookings, now=now)
    if slot is None or row is None or row.expires_at is None:
        return None
    option = next((one for one in choices.options if one.candidate.key == choices.held), None)
    seconds = int((row.expires_at - now).total_seconds())
    return Held(
        hold_id=str(row.public_id),
        slot_id=row.slot_id,
        words=f"{when_words(row.starts_at, now=now)}, {slot.clinician}, {slot.site}",
        say=telling.offer(
            slot, travel_minutes=option.candidate.travel_minutes if option else 0, now=now
        ),
        until=row.expires_at.isoformat(),
        now=now.isoformat(),
        left=f"Held until {time_words(row.expires_at)}, for {_minutes(seconds)}",
        can_extend=True,
        asks_overflow=option is not None and option.needs_overflow_reason,
        why=_why(option) if option else (),
    )


def _live_hold(rows: tuple[BookingRow, ...], *, now: datetime) -> BookingRow | None:
    live = [row for row in rows if row.state == "held" and row.expires_at and row.expires_at > now]
    return live[-1] if live else None


def _minutes(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    whole = f"{minutes} minute{'s' if minutes != 1 else ''}"
    return f"{whole} {rest} seconds" if rest else whole


def _impossible(refused: tuple[Impossible, ...]) -> tuple[NotThere, ...]:
    """One line for each place and reason, with how many appointments it concerns."""
    counted = Counter((no.candidate.site or no.candidate.kind.label, no.text) for no in refused)
    lines = [
        NotThere(title=f"{site} ({number} appointments)" if number > 1 else site, why=why)
        for (site, why), number in counted.items()
    ]
    return tuple(lines[:REFUSALS])


def _next_free(choices: Choices, *, now: datetime) -> str:
    """The next three times that are free, for somebody who just lost one."""
    starts = {
        slot.starts_at
        for key, slot in choices.slots.items()
        if key != choices.held and any(one.candidate.key == key for one in choices.options)
    }
    soonest = [when_words(at, now=now) for at in sorted(starts)[:3]]
    return f"Next free: {', '.join(soonest)}." if soonest else ""
