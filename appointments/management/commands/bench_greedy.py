"""`bench greedy`: the planner against the best of four greedy rules on invented peaks; no database.

Each rule gives the waiting cases, in its order, the place it likes best among the lawful ones, and
leaves the booked where they are. Beside them stands a bound: the fewest breaches any lawful plan
can have that looks at nothing else. What the planner has more it gave for limits.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil

from django.core.management.base import BaseCommand

from appointments.management.made_networks import PEAK, made_network
from appointments.rules.rebalancing import LEVELS, Case, Instance, plan
from appointments.rules.rebalancing import model as compact
from appointments.rules.rebalancing.board import Board, Cost
from appointments.rules.rebalancing.levels import score
from appointments.rules.rebalancing.survey import Survey, survey
from appointments.tasks.milp import Highs

TENTHS = 10
ROUNDING = 1e-6  # of the solver
SAME_DAY = ("urgent", "same_day")
LATE = (*SAME_DAY, "next_day", "planned")
MARKS = {"breaches": -50, "excess": -30, "continuity losses": -20}

Order = Callable[[Case], tuple[object, ...]]
Liking = Callable[[Survey, tuple[Cost, str]], tuple[object, ...]]
ORDERS: Mapping[str, Order] = {
    "who asked first": lambda case: (case.earliest, case.id),
    "most pressing": lambda case: (case.urgency, case.due, case.id),
}
LIKINGS: Mapping[str, Liking] = {
    "earliest": lambda known, way: (known.starts[way[1]], way[1]),
    "cheapest by all goals": lambda _, way: way,
}


@dataclass(frozen=True, slots=True)
class Totals:
    """What is counted, over all snapshots."""

    same_day: float = 0
    breaches: float = 0
    excess: float = 0
    losses: float = 0

    def and_of(self, values: tuple[float, ...]) -> "Totals":
        """With one more snapshot; excess in points."""
        by_level = dict(zip(LEVELS, values, strict=True))
        return Totals(
            self.same_day + sum(by_level[name] for name in SAME_DAY),
            self.breaches + sum(by_level[name] for name in LATE),
            self.excess + by_level["excess"] / TENTHS,
            self.losses + by_level["continuity"],
        )


class Command(BaseCommand):
    help = "Compare the planner with the best greedy rule on snapshots at the peak."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--networks", type=int, default=30, help="snapshots")
        parser.add_argument("--seed", type=int, default=0, help="the first network's seed")

    def handle(self, *, networks: int, seed: int, **_: object) -> None:
        rules = {f"{order}, {liking}": Totals() for order in ORDERS for liking in LIKINGS}
        ours, least = Totals(), 0
        for number in range(seed, seed + networks):
            known = made_network(seed=number, open_cases=PEAK)
            ours = ours.and_of(_planned(known))
            least += fewest_breaches(known)
            for order in ORDERS:
                for liking in LIKINGS:
                    name = f"{order}, {liking}"
                    rules[name] = rules[name].and_of(_greedy(survey(known), order, liking))
        for name, totals in {**rules, "the planner": ours}.items():
            self.stdout.write(
                f"{name:<40} breaches {totals.breaches:6.0f}  of P1 to P4 {totals.same_day:5.0f}"
                f"  excess {totals.excess:7.1f}  continuity losses {totals.losses:6.0f}"
            )
        self.stdout.write(f"{'any lawful plan, proved, at least':<40} breaches {least:6.0f}")
        best = min(rules, key=lambda name: (rules[name].breaches, rules[name].excess))
        self.stdout.write(f"The planner against the best greedy rule ({best}):")
        pairs = zip(MARKS.items(), _values(ours), _values(rules[best]), strict=True)
        for (measure, mark), mine, theirs in pairs:
            change = f"{100 * (mine / theirs - 1):+.0f} %" if theirs else "nothing to lower"
            self.stdout.write(f"  {measure:<20}{change:>8}  (mark {mark} %)")


def _values(totals: Totals) -> tuple[float, ...]:
    return totals.breaches, totals.excess, totals.losses


def fewest_breaches(known: Instance) -> int:
    """No lawful plan of the instance has fewer, whatever else it gives up."""
    model = compact.build(survey(known))
    costs = [0.0] * len(model.program.uppers)
    goals = [goal for goal in model.goals if goal.name in LATE]
    for goal in goals:
        for column, cost in goal.costs.items():
            costs[column] += cost
    found = Highs().search(model.program, costs)
    return sum(goal.constant for goal in goals) + ceil(found.bound - ROUNDING)


def _planned(known: Instance) -> tuple[float, ...]:
    answer = plan(known, Highs())
    places = {placement.case: placement.slot for placement in answer.placements}
    return score(survey(known), places)


def _greedy(known: Survey, order: str, liking: str) -> tuple[float, ...]:
    board = Board(known, known.booked())
    waiting = [case for case in known.undecided() if case.slot is None]
    for case in sorted(waiting, key=ORDERS[order]):
        ways = board.alternatives(case)
        if ways:
            _, slot_id = min(ways, key=lambda way: LIKINGS[liking](known, way))
            board.put(case, slot_id)
    return score(known, board.places)
