"""The answers to the red-flag card by week: counts only, and hidden where they are small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from networks.rules.suppression import HIDDEN, Shown, percent, shown, total

WEEKS = 8
ONE_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Week:
    """Requests that were asked the card, those with none said, and those raised later."""

    monday: date
    asked: int = 0
    none_said: int = 0
    raised: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """The same three as somebody may see them; `none_percent` is made of what is shown."""

    asked: Shown
    none_said: Shown
    raised: Shown

    @property
    def none_percent(self) -> int | None:
        """None said in a hundred asked; None where one of them is hidden, or nobody was asked."""
        return percent(self.none_said, self.asked)


def mondays(today: date) -> tuple[date, ...]:
    """The Mondays of the weeks the report covers, the running one last."""
    this = today - timedelta(days=today.weekday())
    return tuple(this - ONE_WEEK * back for back in range(WEEKS - 1, -1, -1))


def filled(weeks: Iterable[Week], at: Sequence[date]) -> tuple[Week, ...]:
    """Each week of the report; one without a case is a row of zeros."""
    known = {week.monday: week for week in weeks}
    return tuple(known.get(monday, Week(monday)) for monday in at)


def added(monday: date, weeks: Iterable[Week]) -> Week:
    """Several practices' weeks, or several weeks of a practice, as one."""
    found = list(weeks)
    return Week(
        monday,
        sum(one.asked for one in found),
        sum(one.none_said for one in found),
        sum(one.raised for one in found),
    )


def as_counted(week: Week) -> Counts:
    """What the own practice sees."""
    return Counts(Shown(week.asked), Shown(week.none_said), Shown(week.raised))


def as_shown(week: Week) -> Counts:
    """What is seen outside the practice."""
    return Counts(shown(week.asked), shown(week.none_said), shown(week.raised))


def summed(rows: Sequence[Counts]) -> Counts:
    """The sum of what is shown: nothing hidden comes back by subtraction, or is called none."""
    return Counts(
        _sum([one.asked for one in rows]),
        _sum([one.none_said for one in rows]),
        _sum([one.raised for one in rows]),
    )


def _sum(cells: Sequence[Shown]) -> Shown:
    found = total(cells)
    return HIDDEN if not found.count and HIDDEN in cells else found
