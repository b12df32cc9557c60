"""One instance in, one plan out."""

from collections.abc import Sequence

from appointments.rules.rebalancing import model as compact
from appointments.rules.rebalancing.answers import Placement, Plan, Unplaced
from appointments.rules.rebalancing.board import Board
from appointments.rules.rebalancing.certify import certify, floor_bounds
from appointments.rules.rebalancing.facts import Instance
from appointments.rules.rebalancing.greedy import greedy
from appointments.rules.rebalancing.lawfulness import broken_rules
from appointments.rules.rebalancing.levels import LEVELS, PROPOSALS, Bound, results
from appointments.rules.rebalancing.polishing import polished
from appointments.rules.rebalancing.program import Solver
from appointments.rules.rebalancing.reasons import why_here, why_nowhere
from appointments.rules.rebalancing.settling import comfort_wish, settle
from appointments.rules.rebalancing.survey import Places, survey


def plan(instance: Instance, solver: Solver) -> Plan:
    """The best lawful plan, with its proof; by rule of thumb, and said so, if the solver fails."""
    known = survey(instance)
    model = compact.build(known)
    certified = certify(model, solver, comfort_wish(known, model))
    board = settle(known, model, certified.values, solver) if certified else None
    if certified is None or board is None or broken_rules(known, board.places):
        return greedy_plan(instance)
    return _plan(board, certified.bounds)


def greedy_plan(instance: Instance) -> Plan:
    """A lawful plan at once and without a solver; proved only where it meets its floors."""
    known = survey(instance)
    return _plan(greedy(known), floor_bounds(compact.build(known)))


def rule_of_thumb(instance: Instance) -> Places:
    """Where everybody would be, by case: lawful and quick, for a look and never for a plan."""
    known = survey(instance)
    return dict(polished(known, greedy(known).places).places)


def _plan(board: Board, bounds: Sequence[Bound]) -> Plan:
    known, places = board.survey, dict(board.places)
    cases = known.instance.cases
    placed = [case for case in cases if case.id in places]
    goals = {goal.name: goal for goal in results(known, places, bounds)}
    return Plan(
        placements=tuple(
            Placement(case.id, places[case.id], case.slot, why_here(board, case)) for case in placed
        ),
        unplaced=tuple(
            Unplaced(case.id, why_nowhere(board, case)) for case in cases if case.id not in places
        ),
        levels=tuple(goals[level] for level in LEVELS),
        altered=goals[PROPOSALS],
        comfort=sum(board.comfort.of_place(case, places[case.id]) for case in placed),
    )
