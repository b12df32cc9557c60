"""Closing the hub, in words: what keeps it open, who has it, and what the press means."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from practices.presenters import time_words
from triage.presenters.signs import when_words
from triage.presenters.urgency import CaseLine, case_line
from triage.queries.hub_day import Blocker, HubDay


@dataclass(frozen=True, slots=True)
class BlockerLine:
    """A case that keeps the hub open."""

    line: CaseLine
    why: str
    who: str


@dataclass(frozen=True, slots=True)
class Hub:
    """One hub on the page."""

    code: str
    name: str
    heading: str
    words: str
    lines: tuple[BlockerLine, ...]
    unseen: str
    emergencies: str
    owes: str
    is_closed: bool
    may_close: bool


def page(days: Collection[HubDay], *, now: datetime, clinician_id: int | None) -> tuple[Hub, ...]:
    """Each hub that this person may close."""
    return tuple(_hub(one, now=now, clinician_id=clinician_id) for one in days)


def _hub(day: HubDay, *, now: datetime, clinician_id: int | None) -> Hub:
    again = when_words(day.reads_again, now=now) if day.reads_again else "an hour not set"
    hidden = day.count - len(day.blockers)
    return Hub(
        code=day.code,
        name=day.name,
        heading=_heading(day, now=now),
        words=f"It reads again at {again}. Cases that are due later wait for that hour."
        + (f" Today it is open until {time_words(day.closes_at)}." if day.closes_at else ""),
        lines=tuple(_line(one, now=now, clinician_id=clinician_id) for one in day.blockers),
        unseen=f"{hidden} of them {'is' if hidden == 1 else 'are'} for the hub's supervisor to see."
        if hidden > 0
        else "",
        emergencies=_calls_words(day.emergencies),
        owes=_owes_words(day),
        is_closed=day.closed_at is not None,
        may_close=day.closed_at is None and day.may_close,
    )


def _heading(day: HubDay, *, now: datetime) -> str:
    if day.closed_at is not None:
        return f"{day.name}: closed for today at {time_words(day.closed_at)} by {day.closed_by}"
    if day.may_close:
        return f"{day.name}: nothing keeps it open"
    return f"{day.name}: {keeps_open_words(day)} it open"


def keeps_open_words(day: HubDay) -> str:
    """ "3 cases and 1 emergency call keep"."""
    counts = ((day.count, "case"), (day.emergencies, "emergency call"))
    named = [f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts if count]
    return f"{' and '.join(named)} {'keeps' if day.count + day.emergencies == 1 else 'keep'}"


def _calls_words(number: int) -> str:
    if not number:
        return ""
    which = "This call" if number == 1 else f"These {number} calls"
    return f"{which} for help first: somebody takes it, and says what happened."


def _owes_words(day: HubDay) -> str:
    """What stays with the hub after it has closed; the supervisor's page says of whom."""
    counts = (
        (day.owed, "handover", "that nobody has accepted"),
        (day.unwritten, "end", "not written in the record"),
    )
    named = [
        f"{count} {what}{'' if count == 1 else 's'} {which}"
        for count, what, which in counts
        if count
    ]
    if not named:
        return ""
    return f"The hub still owes: {' and '.join(named)}. They stand on the page Supervising."


def _line(one: Blocker, *, now: datetime, clinician_id: int | None) -> BlockerLine:
    return BlockerLine(
        line=case_line(one.row, now=now, clinician_id=clinician_id),
        why=one.why.label,
        who=one.who,
    )
