"""The access measures of April 2026 in words: what is known so far, and what nobody measures."""

from collections.abc import Iterable
from dataclasses import dataclass

from networks.rules.figures import Access

NOT_MEASURED = "Not measured: Headroom does not see the telephones"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: how many were in time of how many that are decided; None is not measured."""

    code: str
    text: str
    kept: int | None = None
    of: int | None = None

    @property
    def percent(self) -> int | None:
        """Rounded to the nearest; None where nothing is decided yet."""
        return (200 * (self.kept or 0) + self.of) // (2 * self.of) if self.of else None

    @property
    def words(self) -> str:
        """ "31 of 44, 70%"."""
        if self.of is None:
            return NOT_MEASURED
        if not self.of:
            return "None decided yet"
        return f"{self.kept} of {self.of}, {self.percent}%"


def measures(access: Access) -> tuple[Measure, ...]:
    """The five measures, in the order of the contract."""
    return (
        Measure("call_wait_peak", "Wait on the telephone, busiest hours"),
        Measure("call_wait_core", "Wait on the telephone, core hours"),
        Measure(
            "urgent_same_day",
            "Urgent (P1 to P4), asked today: seen, booked for today or finished",
            access.urgent_same_day,
            access.urgent,
        ),
        Measure(
            "planned_week",
            "Not urgent, asked in the last 3 weeks: within 1 week",
            access.planned_week_kept,
            access.planned_week,
        ),
        Measure(
            "planned_fortnight",
            "Not urgent, asked in the last 3 weeks: within 2 weeks",
            access.planned_fortnight_kept,
            access.planned_fortnight,
        ),
    )


def columns(given: Iterable[Access]) -> list[list[str]]:
    """A row for each measure: its name, then its words for each of the given."""
    lists = [measures(access) for access in given]
    return [[row[0].text, *(one.words for one in row)] for row in zip(*lists, strict=True)]
