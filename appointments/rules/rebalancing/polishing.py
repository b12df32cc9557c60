"""The last touch: no change of one case, and no exchange of two like ones, makes a plan better.

So a reason can say which goal decided, and of two like cases the one due earlier waits no longer.
"""

from collections import defaultdict
from itertools import combinations

from appointments.rules.rebalancing.board import Board, Cost
from appointments.rules.rebalancing.facts import Case
from appointments.rules.rebalancing.survey import Places, Survey

ROUNDS = 4


def polished(survey: Survey, places: Places) -> Board:
    """`places` after every single change and every exchange that is better by any goal."""
    board = Board(survey, places)
    order = most_pressing_first(survey)
    for _ in range(ROUNDS):
        moved = [case.id for case in order if move_to_best(board, case)]
        if not moved and not _exchange_all(board, order):
            break
    return board


def most_pressing_first(survey: Survey) -> list[Case]:
    return sorted(survey.undecided(), key=lambda case: (case.urgency, case.due, case.id))


def move_to_best(board: Board, case: Case) -> bool:
    """Whether another slot than the present one is better by any goal; it is taken then."""
    present = board.take(case)
    best_cost, best = board.cost_of_no_place(case), None
    if present is not None:
        best_cost, best = board.cost(case, board.survey.slots[present]), present
    alternative = board.best_alternative(case)
    if alternative is not None and alternative[0] < best_cost:
        best = alternative[1]
    if best is not None:
        board.put(case, best)
    return best != present


def _exchange_all(board: Board, order: list[Case]) -> bool:
    """Whether any two waiting cases of one practice and weight gained by changing places."""
    alike: dict[tuple[str, int], list[Case]] = defaultdict(list)
    for case in order:
        if case.slot is None:
            alike[case.practice, case.points].append(case)
    exchanges = [
        (one.id, other.id)
        for _, cases in sorted(alike.items())
        for one, other in combinations(cases, 2)
        if _exchange(board, one, other)
    ]
    return bool(exchanges)


def _exchange(board: Board, one: Case, other: Case) -> bool:
    """Two cases change places if both may and it is better; no load or share is altered by it."""
    here, there = board.places.get(one.id), board.places.get(other.id)
    if here == there or not (_may(board, one, there) and _may(board, other, here)):
        return False
    kept = _sum(_standing(board, one, here), _standing(board, other, there))
    if _sum(_standing(board, one, there), _standing(board, other, here)) >= kept:
        return False
    board.take(one)
    board.take(other)
    for case, slot_id in ((one, there), (other, here)):
        if slot_id is not None:
            board.put(case, slot_id)
    return True


def _may(board: Board, case: Case, slot_id: str | None) -> bool:
    return slot_id is None or board.survey.may_use(case, board.survey.slots[slot_id])


def _standing(board: Board, case: Case, slot_id: str | None) -> Cost:
    if slot_id is None:
        return board.cost_of_no_place(case)
    return board.standing_cost(case, board.survey.slots[slot_id])


def _sum(one: Cost, other: Cost) -> Cost:
    levels = tuple(a + b for a, b in zip(one[0], other[0], strict=True))
    return levels, round(one[1] + other[1], 6)
