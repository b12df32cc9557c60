"""What is looked at again, and what was finished, in words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from practices.clock import local_day
from practices.presenters import date_words, day_words
from practices.rules.reach import Actor
from triage.presenters.signs import name_words
from triage.presenters.urgency import moment_words, sign_words
from triage.queries.done import DonePage, DoneRow
from triage.queries.second_looks import LookRow
from triage.rules.second_looks import is_late
from triage.rules.states import State

# How far back the list of what was done goes, a day a page.
DAYS_BACK = 14


@dataclass(frozen=True, slots=True)
class LookLine:
    """One case to look at again."""

    reference: str
    version: int
    name: str
    born: str
    need: str
    practice: str
    why: str
    look_by: str
    late: str
    owner: str
    stands: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class DoneLine:
    """One case that was finished."""

    reference: str
    name: str
    born: str
    need: str
    practice: str
    outcome: str
    when: str
    by: str
    written: str
    is_written: bool
    is_open_again: bool


@dataclass(frozen=True, slots=True)
class DoneWords:
    """The page of what was finished."""

    heading: str
    done: tuple[DoneLine, ...]
    owed: tuple[DoneLine, ...]
    days: tuple[tuple[str, str, bool], ...]


def look_line(one: LookRow, *, by: Actor, now: datetime) -> LookLine:
    """Whose case, why, by when, and who answers for it until then."""
    row, today = one.row, local_day(now)
    return LookLine(
        reference=row.reference,
        version=row.version,
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        need=row.need.label,
        practice=row.practice,
        why=one.why.label,
        look_by=f"Look by {day_words(one.look_by)}",
        late="Late" if is_late(one.look_by, today=today) else "",
        owner="Yours" if one.owner_id == by.user_id else f"{one.owner} answers for it",
        stands="Closed" if row.state is State.CLOSED else f"Open, {sign_words(row.urgency)}",
        is_closed=row.state is State.CLOSED,
    )


def done_words(
    page: DonePage, *, day: date, is_mine: bool, organisation: str, now: datetime
) -> DoneWords:
    """The day in words."""
    number, today = len(page.done), local_day(now)
    whose = "You" if is_mine else organisation
    when = "today" if day == today else f"on {day_words(day)}"
    back = [today - timedelta(days=count) for count in range(DAYS_BACK)]
    return DoneWords(
        heading=f"{whose} finished {number or 'no'} case{'' if number == 1 else 's'} {when}",
        done=tuple(_done_line(one, now=now) for one in page.done),
        owed=tuple(_done_line(one, now=now) for one in page.owed),
        days=tuple(
            (one.isoformat(), "Today" if one == today else day_words(one), one == day)
            for one in back
        ),
    )


def _done_line(one: DoneRow, *, now: datetime) -> DoneLine:
    row = one.row
    written = ""
    if one.written_at is not None:
        written = f"In the record: {one.written_by}, {moment_words(one.written_at, now=now)}"
    return DoneLine(
        reference=row.reference,
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        need=row.need.label,
        practice=row.practice,
        outcome=one.outcome.label,
        when=moment_words(one.at, now=now),
        by=one.by or "Headroom",
        written=written,
        is_written=one.written_at is not None,
        is_open_again=row.state is not State.CLOSED,
    )
