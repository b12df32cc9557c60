"""The wallboard in words that are read from four metres."""

from dataclasses import dataclass
from datetime import datetime

from practices.presenters import due_words, minutes_words, time_words
from triage.presenters.signs import LEVELS
from triage.queries.wallboard import Board
from triage.rules.codes import Urgency


@dataclass(frozen=True, slots=True)
class Tile:
    """One class: how many wait, and its shape."""

    code: str
    label: str
    level: str
    number: int


@dataclass(frozen=True, slots=True)
class Page:
    """All that hangs on the wall."""

    hub: str
    now: str
    emergency: str
    tiles: tuple[Tile, ...]
    longest: str
    next_due: str
    clinicians: str


def page(board: Board, *, now: datetime) -> Page:
    """The counts; nothing that names a person or a case."""
    count = board.emergencies
    calls = "emergency" if count == 1 else "emergencies"
    return Page(
        hub=board.hub,
        now=time_words(now),
        emergency=f"{count} {calls} now" if count else "",
        tiles=tuple(Tile(one.value, one.label, LEVELS[one], board.waiting[one]) for one in Urgency),
        longest=_longest(board.oldest, now=now),
        next_due=due_words(board.next_due, now=now) if board.next_due else "Nothing waits",
        clinicians=str(board.clinicians) if board.clinicians else "Nobody",
    )


def _longest(oldest: datetime | None, *, now: datetime) -> str:
    if oldest is None:
        return "Nobody waits"
    return minutes_words(max(0, int((now - oldest).total_seconds() // 60)))
