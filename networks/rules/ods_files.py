"""The public files of NHS organisations, read into plain facts with their row numbers.

Three files of the Organisation Data Service: `epraccur` (every prescribing cost centre, no
header, 27 columns), and the details and partners of primary care networks. A cell that cannot be
read stops the import; a row that is readable but does not fit is a `Problem` and left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol, TypeVar

from practices.rules.practice_facts import PracticeFacts
from practices.rules.refusals import BadInput
from practices.rules.tables import Problem, Row, by_column, read_table

EPRACCUR_COLUMNS = 27
# Column 26 of epraccur: the prescribing setting; 4 is a GP practice.
GP_PRACTICE = "4"
# Column 3: the national grouping; Wales has one that starts with W.
WALES = "W"
STATUSES = {"A": "active", "C": "closed", "D": "dormant", "P": "proposed"}
NETWORK_COLUMNS = (
    "PCN Code",
    "PCN Name",
    "Current Sub ICB Loc Code",
    "Open Date",
    "Close Date",
)
MEMBER_COLUMNS = (
    "Partner Organisation Code",
    "PCN Code",
    "Practice to PCN Relationship Start Date",
    "Practice to PCN Relationship End Date",
)
_CODE = re.compile(r"[A-Z0-9]{3,12}")
_SHOWN = 5
F = TypeVar("F")


class Coded(Protocol):
    """Facts about one organisation, known by its code."""

    @property
    def row(self) -> int: ...

    @property
    def code(self) -> str: ...


C = TypeVar("C", bound=Coded)


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """A primary care network as published."""

    row: int
    code: str
    name: str
    commissioner: str
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A practice belongs to a network from a day until before another."""

    row: int
    practice: str
    network: str
    from_on: date
    until_on: date | None


def practices_in(data: bytes) -> tuple[list[PracticeFacts], list[Problem]]:
    """England's GP practices of an epraccur file; other rows are left out, each with its reason."""
    rows = read_table(data)
    width = len(rows[0].cells)
    if width != EPRACCUR_COLUMNS:
        words = f"Row 1: {width} columns, but epraccur has {EPRACCUR_COLUMNS} and no header"
        raise BadInput(words)
    facts = _each(rows, _practice)
    problems = [
        Problem(row.number, row.cells[0], why)
        for row in rows
        if (why := _not_a_practice(row.cells[25], row.cells[2]))
    ]
    left_out = {problem.row for problem in problems}
    kept, twice = _once(fact for fact in facts if fact.row not in left_out)
    return kept, sorted(problems + twice, key=lambda problem: problem.row)


def networks_in(data: bytes) -> tuple[list[NetworkFacts], list[Problem]]:
    """The networks of a PCN details file."""
    facts = _each(by_column(read_table(data), NETWORK_COLUMNS), _network)
    return _once(facts)


def members_in(
    data: bytes, *, practices: Collection[str], networks: Collection[str]
) -> tuple[list[MemberFacts], list[Problem]]:
    """The memberships of a PCN partners file that fit the known practices and networks.

    A practice is in one network at a time: where two rows overlap the earlier ends as the later
    begins, and the file's contradiction is reported.
    """
    facts = _each(by_column(read_table(data), MEMBER_COLUMNS), _member)
    fitting, problems = [], []
    for fact in facts:
        why = _unmatched(fact, practices, networks)
        if why:
            problems.append(Problem(fact.row, fact.practice, why))
        else:
            fitting.append(fact)
    kept, overlaps = one_network_at_a_time(fitting)
    return kept, sorted(problems + overlaps, key=lambda problem: problem.row)


def one_network_at_a_time(
    facts: Iterable[MemberFacts],
) -> tuple[list[MemberFacts], list[Problem]]:
    """Memberships that never overlap for one practice, and what had to give way."""
    kept: dict[tuple[str, date], MemberFacts] = {}
    latest: dict[str, MemberFacts] = {}
    problems: list[Problem] = []
    for fact in sorted(facts, key=lambda fact: (fact.practice, fact.from_on, fact.row)):
        earlier = latest.get(fact.practice)
        if earlier and (earlier.until_on is None or fact.from_on < earlier.until_on):
            problems.append(_overlap(earlier, fact))
            if fact.from_on == earlier.from_on:
                continue
            kept[fact.practice, earlier.from_on] = replace(earlier, until_on=fact.from_on)
        latest[fact.practice] = kept[fact.practice, fact.from_on] = fact
    return sorted(kept.values(), key=lambda fact: fact.row), problems


def read_day(text: str, *, row: int, column: str) -> date | None:
    """A day written 20221231 or 2022-12-31; blank is None, anything else names row and column."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = f'Row {row}: {column} "{text[:20]}" is not a date like 20221231'
        raise BadInput(words) from None


def read_code(text: str, *, row: int, column: str) -> str:
    """An organisation's code, or `BadInput` with row and column."""
    if not _CODE.fullmatch(text):
        raise BadInput(f'Row {row}: {column} "{text[:20]}" is not an organisation code')
    return text


def _each(rows: Iterable[Row], read: Callable[[Row], F]) -> list[F]:
    """Every row read, or one refusal that names the first few rows that cannot be."""
    facts, unreadable = [], []
    for row in rows:
        try:
            facts.append(read(row))
        except BadInput as trouble:
            unreadable.append(trouble.text)
    if unreadable:
        more = len(unreadable) - _SHOWN
        tail = f" … and {more} more rows" if more > 0 else ""
        raise BadInput("; ".join(unreadable[:_SHOWN]) + tail)
    return facts


def _practice(row: Row) -> PracticeFacts:
    if len(row.cells) != EPRACCUR_COLUMNS:
        words = f"Row {row.number}: {len(row.cells)} columns where {EPRACCUR_COLUMNS} are expected"
        raise BadInput(words)
    cells = row.cells
    status = STATUSES.get(cells[12])
    if status is None:
        raise BadInput(f'Row {row.number}: status "{cells[12][:5]}" is not A, C, D or P')
    return PracticeFacts(
        row=row.number,
        code=read_code(cells[0], row=row.number, column="code"),
        name=cells[1][:120],
        address=", ".join(part for part in cells[4:9] if part)[:250],
        postcode=cells[9][:8],
        opened_on=read_day(cells[10], row=row.number, column="open date"),
        closed_on=read_day(cells[11], row=row.number, column="close date"),
        status=status,
        commissioner=cells[14][:12],
        phone=cells[17][:20],
    )


def _not_a_practice(setting: str, grouping: str) -> str:
    if setting != GP_PRACTICE:
        return f"Not a GP practice (prescribing setting {setting or 'blank'})"
    return "In Wales" if grouping.startswith(WALES) else ""


def _network(row: Row) -> NetworkFacts:
    code, name, commissioner, opened, closed = row.cells
    return NetworkFacts(
        row=row.number,
        code=read_code(code, row=row.number, column="PCN Code"),
        name=name[:120],
        commissioner=commissioner[:12],
        opened_on=read_day(opened, row=row.number, column="Open Date"),
        closed_on=read_day(closed, row=row.number, column="Close Date"),
    )


def _member(row: Row) -> MemberFacts:
    practice, network, starts, ends = row.cells
    from_on = read_day(starts, row=row.number, column="start date")
    if from_on is None:
        raise BadInput(f"Row {row.number}: the start date is blank")
    last_day = read_day(ends, row=row.number, column="end date")
    return MemberFacts(
        row=row.number,
        practice=read_code(practice, row=row.number, column="Partner Organisation Code"),
        network=read_code(network, row=row.number, column="PCN Code"),
        from_on=from_on,
        # The published end is the last day of belonging; ours is the first day without.
        until_on=last_day + timedelta(days=1) if last_day else None,
    )


def _unmatched(fact: MemberFacts, practices: Collection[str], networks: Collection[str]) -> str:
    if fact.practice not in practices:
        return "The practice is not among the imported practices"
    if fact.network not in networks:
        return f"The network {fact.network} is not among the imported networks"
    if fact.until_on is not None and fact.until_on <= fact.from_on:
        return "Ends before it starts"
    return ""


def _overlap(earlier: MemberFacts, later: MemberFacts) -> Problem:
    what = f"Overlaps row {earlier.row} ({earlier.network})"
    if later.from_on == earlier.from_on:
        return Problem(later.row, later.practice, f"{what}, which starts the same day: left out")
    return Problem(later.row, later.practice, f"{what}, which was ended on {later.from_on}")


def _once(facts: Iterable[C]) -> tuple[list[C], list[Problem]]:
    """The first row of each code; a code that comes again is a problem naming both rows."""
    seen: dict[str, int] = {}
    kept, problems = [], []
    for fact in facts:
        if fact.code in seen:
            why = f"The code is already in row {seen[fact.code]}: left out"
            problems.append(Problem(fact.row, fact.code, why))
        else:
            seen[fact.code] = fact.row
            kept.append(fact)
    return kept, problems
