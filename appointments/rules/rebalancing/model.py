"""The compact model: one whole column per stretch, few rows, nearly whole when relaxed.

Beside the stretches stand one excess column per clinician above the limit, and one use column
per slot in an hour where supervision may bind.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd
from typing import TypeVar

from appointments.rules.rebalancing import windows
from appointments.rules.rebalancing.cuts import with_cuts
from appointments.rules.rebalancing.levels import (
    BREACH_LEVELS,
    ORDER,
    PROPOSALS,
    UNPLACED_BREACH,
    alters,
    breach,
)
from appointments.rules.rebalancing.program import Program, Row
from appointments.rules.rebalancing.survey import Survey
from appointments.rules.rebalancing.timelines import Stretch, Timeline, stretches, timelines

_Number = TypeVar("_Number", int, float)


@dataclass(frozen=True, slots=True)
class Goal:
    """A level as a function of the columns: constant + sum of cost x column, in whole units."""

    name: str
    constant: int
    costs: dict[int, int]

    def value(self, values: Sequence[_Number]) -> _Number:
        return self.constant + sum(cost * values[column] for column, cost in self.costs.items())

    def no_worse_than(self, value: int) -> Row:
        columns = tuple(self.costs)
        return Row(columns, tuple(self.costs[c] for c in columns), value - self.constant)


@dataclass(frozen=True, slots=True)
class Model:
    """`unit` is the size of one excess unit, in tenths of a point."""

    lines: tuple[Timeline, ...]
    stretches: list[Stretch]
    program: Program
    goals: tuple[Goal, ...]
    unit: int

    def chosen(self, values: Sequence[int]) -> list[Stretch]:
        return [s for column, s in enumerate(self.stretches) if values[column]]


def build(survey: Survey) -> Model:
    """The model whose whole solutions are exactly the lawful plans."""
    lines = timelines(survey)
    ways = stretches(survey, lines)
    unit = _unit(survey)
    above = [c for c in sorted(survey.clinicians) if _is_above(survey, c)]
    excess = {clinician: len(ways) + i for i, clinician in enumerate(above)}
    hall = windows.rows(survey, lines, ways, first_use_column=len(ways) + len(above))
    uppers = [
        *(1 for _ in ways),
        *((survey.present_load[c] - (survey.clinicians[c].limit or 0)) // unit for c in above),
        *(1 for _ in range(hall.use_columns)),
    ]
    program = Program(
        uppers=tuple(uppers),
        whole=tuple(column < len(ways) + len(above) for column in range(len(uppers))),
        rows=(
            *_one_place_each(ways),
            *hall.rows,
            *_limits(survey, lines, ways, excess, unit),
            *_shares(survey, lines, ways),
        ),
    )
    return Model(lines, ways, program, _goals(survey, lines, ways, excess), unit)


def _unit(survey: Survey) -> int:
    amounts = [c.fixed_points for c in survey.instance.clinicians]
    amounts += [c.limit for c in survey.instance.clinicians if c.limit is not None]
    amounts += [case.points for case in survey.instance.cases]
    return reduce(gcd, amounts, 0) or 1


def _is_above(survey: Survey, clinician: str) -> bool:
    limit = survey.clinicians[clinician].limit
    return limit is not None and survey.present_load[clinician] > limit


def _one_place_each(ways: list[Stretch]) -> Iterable[Row]:
    by_case: dict[str, list[int]] = defaultdict(list)
    for column, way in enumerate(ways):
        by_case[way.case.id].append(column)
    for columns in by_case.values():
        is_booked = ways[columns[0]].case.slot is not None
        yield Row(tuple(columns), (1,) * len(columns), 1, is_equality=is_booked)


def _limits(
    survey: Survey,
    lines: tuple[Timeline, ...],
    ways: list[Stretch],
    excess: dict[str, int],
    unit: int,
) -> Iterable[Row]:
    by_clinician: dict[str, list[int]] = defaultdict(list)
    for column, way in enumerate(ways):
        by_clinician[lines[way.timeline].clinician.id].append(column)
    fixed = survey.settled_load()
    stays = frozenset(c for c, way in enumerate(ways) if way.is_stay)
    for clinician in sorted({*by_clinician, *excess}):
        limit = survey.clinicians[clinician].limit
        if limit is None:
            continue
        columns = tuple(by_clinician[clinician])
        weights = tuple(ways[column].case.points // unit for column in columns)
        room = (limit - fixed[clinician]) // unit
        if clinician in excess:
            row = Row((*columns, excess[clinician]), (*weights, -1), room)
            yield from with_cuts(row, spare=excess[clinician], stays=stays)
        elif sum(weights) > room:
            yield from with_cuts(Row(columns, weights, room), spare=None, stays=stays)


def _shares(survey: Survey, lines: tuple[Timeline, ...], ways: list[Stretch]) -> Iterable[Row]:
    settled = [
        survey.share_of(survey.cases[case_id], survey.slots[slot_id])
        for case_id, slot_id in survey.settled().items()
    ]
    for (practice, site), ceiling in sorted(survey.share_ceilings.items()):
        columns = tuple(
            column
            for column, way in enumerate(ways)
            if way.case.practice == practice and lines[way.timeline].clinician.site == site
        )
        room = ceiling - settled.count((practice, site))
        if len(columns) > room:
            yield Row(columns, (1,) * len(columns), room)


def _goals(
    survey: Survey, lines: tuple[Timeline, ...], ways: list[Stretch], excess: dict[str, int]
) -> tuple[Goal, ...]:
    costs: dict[str, dict[int, int]] = {goal: {} for goal in ORDER}
    for column, way in enumerate(ways):
        case, clinician = way.case, lines[way.timeline].clinician.id
        unplaced = UNPLACED_BREACH if case.slot is None else 0
        if case.urgency in BREACH_LEVELS and way.is_late - unplaced:
            costs[BREACH_LEVELS[case.urgency]][column] = way.is_late - unplaced
        if case.told and case.slot is not None and not way.is_stay:
            costs["moves"][column] = 1
        altered = (not way.is_anchor) - (case.slot is None)
        if case.proposed is not None and altered:
            costs[PROPOSALS][column] = altered
        if case.continuity not in (None, clinician):
            costs["continuity"][column] = 1
    costs["excess"] = dict.fromkeys(excess.values(), 1)
    constants = _constants(survey)
    return tuple(Goal(goal, constants[goal], costs[goal]) for goal in ORDER)


def _constants(survey: Survey) -> dict[str, int]:
    """What the settled cases cost, and the queue if none of it were placed."""
    settled = survey.settled()
    constants = dict.fromkeys(ORDER, 0)
    for case in survey.instance.cases:
        slot_id = settled.get(case.id)
        if case.id in survey.movable:
            continue
        constants[PROPOSALS] += alters(case, slot_id)
        if case.urgency in BREACH_LEVELS:
            constants[BREACH_LEVELS[case.urgency]] += breach(survey, case.id, slot_id)
        if slot_id is not None and case.continuity is not None:
            constants["continuity"] += case.continuity != survey.slots[slot_id].clinician
    return constants
