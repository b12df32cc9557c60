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
    unread: str
    unread_is_late: bool
    longest: str
    next_due: str
    clinicians: str


def page(board: Board, *, now: datetime) -> Page:
    """The counts; nothing that names a person or a case."""
    return Page(
        hub=board.hub,
        now=time_words(now),
        emergency=_emergency(board),
        tiles=tuple(Tile(one.value, one.label, LEVELS[one], board.waiting[one]) for one in Urgency),
        unread=_unread(board),
        unread_is_late=bool(board.unread_late),
        longest=_longest(board.oldest, now=now),
        next_due=due_words(board.next_due, now=now) if board.next_due else "Nothing waits",
        clinicians=str(board.clinicians) if board.clinicians else "Nobody",
    )


def _emergency(board: Board) -> str:
    """Calls for help and P0 cases that nobody has: one line over everything else."""
    said = (
        (board.emergencies, "emergency call", "emergency calls"),
        (board.waiting[Urgency.P0], "P0 patient", "P0 patients"),
    )
    found = [f"{count} {one if count == 1 else many}" for count, one, many in said if count]
    return f"Emergency now: {' and '.join(found)}, nobody has them yet" if found else ""


def _unread(board: Board) -> str:
    """How many wait to be read within five minutes, and whether nobody was in time."""
    if not board.unread:
        return ""
    requests = "request" if board.unread == 1 else "requests"
    late = f", {board.unread_late} late" if board.unread_late else ""
    return f"Read the words of {board.unread} {requests}{late}"


def _longest(oldest: datetime | None, *, now: datetime) -> str:
    if oldest is None:
        return "Nobody waits"
    return minutes_words(max(0, int((now - oldest).total_seconds() // 60)))
