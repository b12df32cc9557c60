"""The ranked list "Where?" and the place that is held, in words."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from appointments.queries import BookingRow
from appointments.rules.codes import Mode
from appointments.rules.safe_working import in_words
from appointments.rules.slotting import LONGEST_HOLD
from practices.clock import local_day
from practices.presenters import time_words
from practices.rules.refusals import Refused
from triage.presenters import telling
from triage.presenters.place_lines import MORE, TIMES, Line, NotThere, times_of, why_of
from triage.presenters.signs import when_words
from triage.presenters.wished_places import asked_for_line, beside_line, not_free, together
from triage.queries.options import NEAREST, Choices
from triage.queries.where import Places
from triage.rules.callers import CALLS
from triage.rules.candidates import Where
from triage.rules.codes import OptionKind
from triage.rules.judging import Impossible
from triage.rules.routing import Option
from triage.rules.second_looks import first_look

REFUSALS = 12
AT_MOST = "It cannot be held longer than 5 minutes: book it or let it go"


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
    spoken: str
    at_most: str
    asks_overflow: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The list, what is held, and what is impossible."""

    lines: tuple[Line, ...]
    held: Held | None
    impossible: tuple[NotThere, ...]
    next_free: str
    next_room: str
    together: str

    @property
    def has_times(self) -> bool:
        """Whether anything on the list can be held."""
        return any(line.times for line in self.lines)


def board(places: Places, *, now: datetime) -> Board:
    """The ranked list in words: one line a place, its times in order, best place first."""
    choices = places.choices
    groups: dict[str, list[Option]] = {}
    for option in choices.options:
        groups.setdefault(_group(option), []).append(option)
    lines = tuple(_line(group, places, now=now) for group in groups.values() if group)
    wished = (*beside_line(places, now=now), *asked_for_line(places, now=now))
    return Board(
        lines=_in_time_first(wished, lines),
        held=_held(places, now=now),
        impossible=(*not_free(places), *_full(places, now=now), *_impossible(choices.refused)),
        together=together(places),
        next_free=_next_free(choices, now=now),
        next_room=_next_room(choices),
    )


def _in_time_first(wished: tuple[Line, ...], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """What somebody wished for goes first, but nothing late before what is in time."""
    late = next((place for place, line in enumerate(lines) if line.is_late), len(lines))
    soon = [line for line in wished if not line.is_late]
    behind = [line for line in wished if line.is_late]
    return (*soon, *lines[:late], *behind, *lines[late:])


def lost_words(refusal: Refused, found: Board) -> str:
    """Why the place is not theirs, and in the same breath what is free instead."""
    instead = found.next_room if refusal.code == "limit_reached" else found.next_free
    return f"{refusal.text.rstrip('.')}. {instead}" if instead else refusal.text


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
    times = times_of(group, places.choices, now=now)
    return Line(
        title=f"{best.candidate.site}, {mode.label.lower()}",
        where="Own practice" if best.candidate.where is Where.OWN else _far(best, mode),
        why=why_of(group, now=now),
        times=times[:TIMES],
        more=times[TIMES : TIMES + MORE],
        is_late=best.is_late,
    )


def _far(option: Option, mode: Mode) -> str:
    minutes = option.candidate.travel_minutes
    return f"Hub, {minutes} minutes away" if minutes and not mode.is_remote else "Hub, no travel"


WAYS: dict[OptionKind, str] = {
    OptionKind.CALLBACK: "Wait for a clinician’s call",
    OptionKind.WAITING_LIST: "Waiting list",
    OptionKind.EMERGENCY: "Emergency: act now",
}


def _way(option: Option, places: Places, *, now: datetime) -> Line:
    case, candidate = places.case, option.candidate
    # Who reads may be of the hub: whose duty clinician it is, the name says.
    duty = {OptionKind.DUTY: f"Duty clinician of {case.row.practice}"}
    title = (WAYS | duty).get(candidate.kind, candidate.site)
    phone = case.contact.rung_on
    if candidate.kind is OptionKind.DUTY:
        say = telling.duty(case.row, on_duty=places.on_duty, phone=phone, now=now)
    else:
        say = telling.way(
            candidate.kind,
            name=candidate.site,
            due_at=case.row.due_at,
            phone=phone,
            look_by=first_look(local_day(now)),
            now=now,
        )
    needs_number = candidate.kind in CALLS and not phone
    return Line(
        title=title,
        where=candidate.kind.label if candidate.site and title == candidate.site else "",
        why=tuple(reason.text for reason in option.reasons),
        key="" if candidate.kind is OptionKind.EMERGENCY or needs_number else candidate.key,
        say="" if needs_number or case.contact.tells_nothing else say,
        needs_number=needs_number,
    )


def _held(places: Places, *, now: datetime) -> Held | None:
    choices = places.choices
    slot = choices.slots.get(choices.held)
    row = _live_hold(places.case.bookings, now=now)
    if slot is None or row is None or row.expires_at is None or row.held_at is None:
        return None
    option = next((one for one in choices.options if one.candidate.key == choices.held), None)
    seconds = int((row.expires_at - now).total_seconds())
    at_most = "" if row.expires_at < row.held_at + LONGEST_HOLD else AT_MOST
    return Held(
        hold_id=str(row.public_id),
        slot_id=row.slot_id,
        words=f"{when_words(row.starts_at, now=now)}, {slot.clinician}, {slot.site}",
        say=telling.ASK_FOR_THEM
        if places.case.contact.tells_nothing
        else telling.offer(
            slot, travel_minutes=option.candidate.travel_minutes if option else 0, now=now
        ),
        until=row.expires_at.isoformat(),
        now=now.isoformat(),
        left=f"Held until {time_words(row.expires_at)}, for {_minutes(seconds)}",
        spoken=f"Held for {_minutes(seconds)}" + (f". {at_most}" if at_most else ""),
        at_most=at_most,
        asks_overflow=option is not None and option.needs_overflow_reason,
        why=why_of([option], now=now) if option else (),
    )


def _live_hold(rows: tuple[BookingRow, ...], *, now: datetime) -> BookingRow | None:
    live = [row for row in rows if row.state == "held" and row.expires_at and row.expires_at > now]
    return live[-1] if live else None


def _minutes(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    counted = [(minutes, "minute"), (rest, "second")]
    return " ".join(f"{n} {what}{'s' if n != 1 else ''}" for n, what in counted if n)


def _impossible(refused: tuple[Impossible, ...]) -> tuple[NotThere, ...]:
    """One line for each place and reason, with how many appointments it concerns."""
    counted = Counter((no.candidate.site or no.candidate.kind.label, no.text) for no in refused)
    lines = [
        NotThere(title=f"{site} ({number} appointments)" if number > 1 else site, why=why)
        for (site, why), number in counted.items()
    ]
    return tuple(lines[:REFUSALS])


def _full(places: Places, *, now: datetime) -> tuple[NotThere, ...]:
    """The practice or the hub has not one free place in time, so that nobody searches on."""
    row = places.case.row
    if len(places.choices.slots) >= NEAREST:
        return ()
    with_room = {slot.organisation for slot in places.choices.slots.values()}
    why = f"No place is free before it is due, {when_words(row.due_at, now=now)}"
    return tuple(
        NotThere(title=house, why=(house == row.hub and places.hub_shut) or why)
        for house in (row.practice, row.hub)
        if house not in with_room
    )


def _next_free(choices: Choices, *, now: datetime) -> str:
    """The next three times that are free, and where, for somebody who just lost one."""
    late = {one.candidate.key: one.is_late for one in choices.options}
    found = {
        (slot.starts_at, slot.site, late[key])
        for key, slot in choices.slots.items()
        if key != choices.held and key in late
    }
    soonest = [
        f"{when_words(at, now=now)} at {site}{', later than due' if is_late else ''}"
        for at, site, is_late in sorted(found)[:3]
    ]
    return f"Next free: {', '.join(soonest)}." if soonest else ""


def _next_room(choices: Choices) -> str:
    """The next clinician on the list who is not at their limit, and how much room they have."""
    for option in choices.options:
        candidate = option.candidate
        left = candidate.limit - (candidate.points_after - choices.case.points)
        if candidate.kind is OptionKind.SLOT and candidate.who and left > 0:
            return f"Next: {candidate.who} {in_words(left)} left."
    return ""
