"""Plans by rule of thumb: the fallback when the solver fails, the last touch when it does not."""

from appointments.rules.rebalancing.board import Board
from appointments.rules.rebalancing.facts import Case
from appointments.rules.rebalancing.survey import Places, Survey

POLISHING_ROUNDS = 3


def greedy(survey: Survey) -> Board:
    """Everyone booked stays; the queue, most pressing first, takes the cheapest slot left."""
    board = Board(survey, survey.booked())
    for case in sorted(survey.undecided(), key=_most_pressing_first):
        if case.slot is None:
            _moves_to_best(board, case)
    return board


def polished(survey: Survey, places: Places) -> Board:
    """`places` after every change of one case alone that makes the plan better by any goal."""
    board = Board(survey, places)
    order = sorted(survey.undecided(), key=_most_pressing_first)
    for _ in range(POLISHING_ROUNDS):
        changes = [case.id for case in order if _moves_to_best(board, case)]
        if not changes:
            break
    return board


def _moves_to_best(board: Board, case: Case) -> bool:
    """Whether another slot than the present one is better by any goal; it is taken then."""
    present = board.take(case)
    best_cost, best = board.cost_of_no_place(case), None
    if present is not None:
        best_cost, best = board.cost(case, board.survey.slots[present]), present
    for cost, slot_id in board.alternatives(case)[:1]:
        if cost < best_cost:
            best = slot_id
    if best is not None:
        board.put(case, best)
    return best != present


def _most_pressing_first(case: Case) -> tuple[str, float, str]:
    return case.urgency, case.due.timestamp(), case.id
