"""What a day was, in figures: what came, where it went, how long it waited, what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from practices.rules.london import LONDON

LEFT = frozenset({"waiting", "claimed", "handed_back"})


@dataclass(frozen=True, slots=True)
class LivedCase:
    """One case at the end of the day.

    `where` is how it ended or where it is booked; `met_at` when somebody dealt with the patient,
    or will: the appointment, the call, the closing.
    """

    reference: str
    practice: str
    channel: str
    urgency: str
    submitted_at: datetime
    due_at: datetime
    state: str
    where: str
    met_at: datetime | None

    @property
    def is_left(self) -> bool:
        """Whether somebody still has to decide something."""
        return self.state in LEFT

    def is_late(self, at: datetime) -> bool:
        """Met, or still not met, after it was due."""
        return (self.met_at or at) > self.due_at


@dataclass(frozen=True, slots=True)
class Wait:
    """How long the patients of a class waited, in minutes; `left` have nobody yet."""

    urgency: str
    cases: int
    median: int | None
    ninetieth: int | None
    late: int
    left: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The day of many cases in counts."""

    cases: int
    by_channel: Mapping[str, int]
    by_class: Mapping[str, int]
    by_practice: Mapping[str, int]
    by_hour: Mapping[int, int]
    where: Mapping[str, int]
    waits: tuple[Wait, ...]
    left: tuple[LivedCase, ...]


def summary_of(cases: Sequence[LivedCase], at: datetime) -> Summary:
    """The figures of the cases as they stand at the instant."""
    classes = sorted({case.urgency for case in cases})
    return Summary(
        cases=len(cases),
        by_channel=_counts(case.channel for case in cases),
        by_class=_counts(case.urgency for case in cases),
        by_practice=_counts(case.practice for case in cases),
        by_hour=dict(
            sorted(Counter(case.submitted_at.astimezone(LONDON).hour for case in cases).items())
        ),
        where=dict(Counter(case.where for case in cases).most_common()),
        waits=tuple(
            _wait(name, [case for case in cases if case.urgency == name], at) for name in classes
        ),
        left=tuple(
            sorted(
                (case for case in cases if case.is_left),
                key=lambda case: (case.urgency, case.due_at, case.reference),
            )
        ),
    )


def nth(sorted_values: Sequence[int], percent: int) -> int | None:
    """The value so many per cent of the values do not pass (nearest rank); None of none."""
    if not sorted_values:
        return None
    place = -(-len(sorted_values) * percent // 100)
    return sorted_values[max(0, place - 1)]


def _wait(name: str, cases: Sequence[LivedCase], at: datetime) -> Wait:
    minutes = sorted(
        max(0, int((case.met_at - case.submitted_at).total_seconds() // 60))
        for case in cases
        if case.met_at is not None
    )
    return Wait(
        urgency=name,
        cases=len(cases),
        median=nth(minutes, 50),
        ninetieth=nth(minutes, 90),
        late=sum(1 for case in cases if case.is_late(at)),
        left=sum(1 for case in cases if case.is_left),
    )


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
