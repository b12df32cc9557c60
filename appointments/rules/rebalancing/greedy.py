"""A plan by rule of thumb, for when the solver fails: lawful at once, and said to be no more."""

from appointments.rules.rebalancing.board import Board
from appointments.rules.rebalancing.polishing import most_pressing_first, move_to_best
from appointments.rules.rebalancing.survey import Survey


def greedy(survey: Survey) -> Board:
    """Everyone booked stays; the queue, most pressing first, takes the cheapest slot left."""
    board = Board(survey, survey.booked())
    for case in most_pressing_first(survey):
        if case.slot is None:
            move_to_best(board, case)
    return board
