"""One line of the list "Where?", and the times on it."""

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


def why_of(option: Option) -> tuple[str, ...]:
    """The router's reasons, less what the line says already."""
    said = {"own_practice", "remote", "travel"}
    return tuple(reason.text for reason in option.reasons if reason.code not in said)


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
