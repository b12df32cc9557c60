"""How many people ask for help on a day, and when: the public counts of calls and online requests.

NHS England publishes, for a month, the calls each practice answered and the online requests it
received, and for England the calls by date and the online requests by weekday, both by time of
day. A practice that is not in a file is taken to be like the average patient's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from practices.rules.refusals import BadInput
from practices.rules.tables import Row, read_table

# The files of one published month, as they are named in the data folder.
CALLS_OF_PRACTICES = "cbt_2025-10_practice_outcomes.csv.gz"
CALLS_OF_ENGLAND = "cbt_2025-10_england_by_date_band.csv"
ONLINE_OF_PRACTICES = "oc_2025-10_practice.csv.gz"
ONLINE_OF_ENGLAND = "oc_2025-10_england_day_band.csv"
FILES = (CALLS_OF_PRACTICES, CALLS_OF_ENGLAND, ONLINE_OF_PRACTICES, ONLINE_OF_ENGLAND)
# Practices are open, and answer, in core hours.
OPENS, CLOSES = 8 * 60, 18 * 60 + 30
# Assumption: of answered calls and call-backs, so many ask for something new. With the online
# requests this makes 7.5 % of a list a week, of it 28 % on Monday (domain section 6).
ASKS_ANEW = 0.75
# Assumption: people who come to the desk, beside those who call.
AT_THE_DESK = 0.06
# One place a day for NHS 111 for so many patients (domain section 1).
PATIENTS_PER_111 = 3000


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the day in minutes after midnight, and its share of the day's requests."""

    starts: int
    ends: int
    share: float


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of asking: a weekday's share of the month, and that day's bands."""

    of_month: float
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """A month's requests by practice code, for 1,000 patients on average, and a day's shape."""

    calls: Mapping[str, int]
    online: Mapping[str, int]
    calls_per_1000: float
    online_per_1000: float
    call_shape: Shape
    online_shape: Shape

    def calls_on_day(self, code: str, patients: int) -> float:
        """Calls that ask for something new, in core hours."""
        month = self.calls.get(code, self.calls_per_1000 * patients / 1000)
        return month * self.call_shape.of_month * ASKS_ANEW

    def online_on_day(self, code: str, patients: int) -> float:
        """Online requests of the whole day."""
        month = self.online.get(code, self.online_per_1000 * patients / 1000)
        return month * self.online_shape.of_month


def demand_in(files: Mapping[str, bytes], weekday: int) -> Demand:
    """The demand of a weekday (Monday is 0), out of the published files by name."""
    calls, _ = _of_practices(files[CALLS_OF_PRACTICES], ("answered", "callback_made"))
    online, lists = _of_practices(files[ONLINE_OF_PRACTICES], ("submissions",))
    listed = sum(lists[code] for code in calls if code in lists)
    known = sum(number for code, number in calls.items() if code in lists)
    if not listed or not online:
        raise BadInput("No practice is in both the telephone and the online file.")
    return Demand(
        calls=calls,
        online=online,
        calls_per_1000=known * 1000 / listed,
        online_per_1000=sum(online.values()) * 1000 / sum(lists.values()),
        call_shape=_calls_of_england(files[CALLS_OF_ENGLAND], weekday),
        online_shape=_online_of_england(
            files[ONLINE_OF_ENGLAND], weekday, month=sum(online.values())
        ),
    )


def in_core_hours(bands: Sequence[Band]) -> tuple[Band, ...]:
    """The bands a practice is open in; their shares make the whole."""
    open_ = [band for band in bands if band.starts >= OPENS and band.ends <= CLOSES]
    whole = sum(band.share for band in open_)
    return tuple(Band(band.starts, band.ends, band.share / whole) for band in open_)


def _of_practices(data: bytes, counted: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    """By practice: the sum of the counted columns, and the list size where the file has one."""
    counts: dict[str, int] = {}
    lists: dict[str, int] = {}
    for cells in _records(data):
        code = cells["practice_code"]
        counts[code] = sum(_number(cells[name]) for name in counted)
        patients = _number(cells.get("registered_patients", ""))
        if patients:
            lists[code] = patients
    return counts, lists


def _calls_of_england(data: bytes, weekday: int) -> Shape:
    """An average such weekday of the month, of all the month's calls. Dates are ISO dates."""
    rows = list(_records(data))
    month = sum(_number(row["inbound_total"]) for row in rows)
    days = [row for row in rows if date.fromisoformat(row["date"]).weekday() == weekday]
    if not days or not month:
        raise BadInput("The telephone file has no such weekday.")
    sums = {name: sum(_number(row[name]) for row in days) for name in days[0] if _is_band(name)}
    return Shape(sum(sums.values()) / len(days) / month, _bands(sums))


def _online_of_england(data: bytes, weekday: int, *, month: int) -> Shape:
    """The file has an average Monday, Tuesday …; the month is the sum over practices."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    found = [row for row in _records(data) if row["Day"] == names[weekday]]
    if not found:
        raise BadInput("The online file has no such weekday.")
    sums = {name: float(found[0][name]) for name in found[0] if _is_band(name)}
    return Shape(sum(sums.values()) / month, _bands(sums))


def _records(data: bytes) -> Iterator[dict[str, str]]:
    """Each row by the names of the first."""
    header, *rows = read_table(data)
    names = [name.strip() for name in header.cells]
    for row in rows:
        yield _named(names, row)


def _named(names: Sequence[str], row: Row) -> dict[str, str]:
    if len(row.cells) != len(names):
        raise BadInput(f"Row {row.number} has {len(row.cells)} cells, the first has {len(names)}")
    return dict(zip(names, row.cells, strict=True))


def _is_band(name: str) -> bool:
    return " - " in name


def _bands(sums: Mapping[str, float]) -> tuple[Band, ...]:
    whole = sum(sums.values())
    return tuple(Band(*_minutes(name), count / whole) for name, count in sums.items())


def _minutes(name: str) -> tuple[int, int]:
    """ "08:00 - 09:59" as minutes after midnight, the end left out."""
    start, end = (int(text[:2]) * 60 + int(text[3:5]) for text in name.split(" - "))
    return start, end + 1


def _number(text: str) -> int:
    """A count; a mark for "not given" counts as none."""
    return int(text) if text.isascii() and text.isdigit() else 0
