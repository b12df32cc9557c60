"""One line of the list "Where?", and the times on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from appointments.queries import FreeSlot
from practices.clock import local_day
from practices.presenters import time_words
from triage.presenters.signs import when_words
from triage.queries.options import Choices
from triage.rules.routing import Option

TIMES = 4
MORE = 16
SAID_ALREADY = frozenset({"own_practice", "remote", "travel"})


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
    needs_number: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class NotThere:
    """What is impossible, and the one rule that says so."""

    title: str
    why: str


def why_of(group: Sequence[Option], *, now: datetime) -> tuple[str, ...]:
    """The router's reasons, less what the line says already; best place first.

    What is true of one of the group only is said of that one, by name and time.
    """
    best = group[0]
    told = [reason for reason in best.reasons if reason.code not in SAID_ALREADY]
    shared = [reason for reason in told if all(reason in other.reasons for other in group)]
    own = [reason.text for reason in told if reason not in shared]
    words = [reason.text for reason in shared]
    if own and best.candidate.starts_at is not None:
        when = when_words(best.candidate.starts_at, now=now)
        words.append(f"{best.candidate.who} at {when}: {', '.join(own)}")
    return tuple(words)


def times_of(group: list[Option], choices: Choices, *, now: datetime) -> tuple[Time, ...]:
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
