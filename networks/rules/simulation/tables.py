"""The outcome table as rows of figures: for each policy a mean with its interval, a column each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hubs.rules.needs import Urgency
from networks.rules.simulation.experiments import HEADROOM, Experiment
from networks.rules.simulation.intervals import Interval, interval, paired
from networks.rules.simulation.outcomes import PROMISED, URGENT, Outcome
from networks.rules.simulation.unavoidable import unavoidable

Measure = Callable[[Outcome], float]
ALIKE = "{}, routine as Headroom"


def _breaches(urgency: Urgency) -> Measure:
    return lambda day: day.breaches[urgency]


def _median(urgency: Urgency) -> Measure:
    return lambda day: day.median_wait(urgency)


def _mean(urgency: Urgency) -> Measure:
    return lambda day: day.mean_wait(urgency)


# A day's figures, in the order they are shown; the deferred always, beside everything else.
COLUMNS: Mapping[str, Measure] = {
    "deferred routine (P6)": lambda day: day.deferred,
    "left for tomorrow (P5)": lambda day: day.left,
    "over-limit GP-days": lambda day: day.over_limit,
    "excess points": lambda day: day.excess,
    "breaches": lambda day: day.all_breaches,
    "urgent breaches": lambda day: day.urgent_breaches,
    **{f"breaches {urgency}": _breaches(urgency) for urgency in PROMISED},
    "mean wait": lambda day: day.mean_wait(),
    "median wait": lambda day: day.median_wait(),
    **{f"median wait {urgency}": _median(urgency) for urgency in PROMISED},
    **{f"mean wait {urgency}": _mean(urgency) for urgency in PROMISED},
    "continuity %": lambda day: day.continuity,
    "moves per 100 patients": lambda day: day.moves_per_100,
    "travel minutes": lambda day: day.travel,
    "seen at the hub": lambda day: day.at_hub,
    "did not come": lambda day: day.missed,
    "cancelled": lambda day: day.cancelled,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One policy: its figures a day, and Headroom's less its own, by column."""

    policy: str
    figures: Mapping[str, Interval]
    differences: Mapping[str, Interval]
    most_moves: int


@dataclass(frozen=True, slots=True)
class Table:
    """All policies over the same days; `alike` are the days at Headroom's routine admission.

    `unavoidable` are the breaches a day, of all and of P1 and P2, that every policy has.
    """

    rows: Sequence[Row]
    unavoidable: tuple[Interval, Interval]
    headroom: Sequence[Outcome]
    alike: Mapping[str, Sequence[Outcome]]


def table_of(experiment: Experiment, policies: Sequence[str]) -> Table:
    """Every policy as it would act, and, where Headroom is among them, at its admission too."""
    lived = {policy: experiment.lived(policy) for policy in policies}
    ours = lived.get(HEADROOM, [])
    others = [policy for policy in policies if policy != HEADROOM]
    alike = {policy: experiment.lived_alike(policy, ours) for policy in others if ours}
    shown = dict(lived)
    for policy, days in alike.items():
        shown[ALIKE.format(policy)] = days
    rows = tuple(row_of(name, days, ours) for name, days in shown.items())
    seen = list(experiment.made_days())[1:]
    everybody, urgent = (
        interval([float(unavoidable(day, classes)) for day in seen])
        for classes in (PROMISED, URGENT)
    )
    return Table(rows, (everybody, urgent), ours, alike)


def row_of(policy: str, days: Sequence[Outcome], ours: Sequence[Outcome]) -> Row:
    """The row of the days; the differences are day by day, since all saw the same ones."""
    values = {name: [measure(day) for day in days] for name, measure in COLUMNS.items()}
    best = {name: [measure(day) for day in ours] for name, measure in COLUMNS.items()}
    return Row(
        policy=policy,
        figures={name: interval(column) for name, column in values.items()},
        differences={name: paired(best[name], column) for name, column in values.items() if ours},
        most_moves=max(day.most_moves for day in days),
    )
