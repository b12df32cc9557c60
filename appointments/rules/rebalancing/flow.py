"""Flow mode: every contact counts as one, and the whole day is one matching of cases to slots.

A limit becomes a number of slots left empty: "blocks" that must take a slot of the clinician, or,
above the limit, may be waived at the price of one contact of excess. Shares and supervision are no
part of the flow; what breaks them is put right case by case afterwards. Much faster than the exact
plan, and not proved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from appointments.rules.rebalancing.board import Board
from appointments.rules.rebalancing.comfort import URGENCY_WEIGHT, Comfort, comfort
from appointments.rules.rebalancing.facts import ROUTINE_POINTS, Case
from appointments.rules.rebalancing.levels import (
    BREACH_LEVELS,
    EXCESS,
    LEVELS,
    UNPLACED_BREACH,
)
from appointments.rules.rebalancing.polishing import most_pressing_first, move_to_best
from appointments.rules.rebalancing.survey import MINUTE, Survey
from appointments.rules.rebalancing.timelines import Stretch, Timeline, stretches, timelines

RATIO = 30.0  # how much one unit of a level outweighs the next
COMFORT_SCALE = 1e-4  # a day's comfort of one case stays below one unit of the last level
WEIGHTS = {level: RATIO ** (len(LEVELS) - 1 - place) for place, level in enumerate(LEVELS)}


@dataclass(frozen=True, slots=True)
class Arcs:
    """The columns a row may take, and what each costs."""

    columns: list[int]
    costs: list[float]


class Matcher(Protocol):
    """Gives each row one of its columns, no column twice, at least cost; None if it cannot."""

    def __call__(self, rows: Sequence[Arcs], width: int) -> Sequence[int] | None:
        """The column of each row."""


def flow(survey: Survey, match: Matcher) -> Board | None:
    """The day as a flow, put right where contacts weigh more, shares are used or nobody watches."""
    lines = timelines(survey)
    network = _Network(survey, lines, stretches(survey, lines))
    columns = match(network.rows(), network.width)
    return None if columns is None else _put_right(survey, network, columns)


class _Network:
    """Slots first, then one column of waiting per case, then one waiver per block above a limit."""

    def __init__(self, survey: Survey, lines: tuple[Timeline, ...], ways: list[Stretch]) -> None:
        self.survey = survey
        self.lines = lines
        self.slots = [slot for line in lines for slot in line.slots]
        self.starts: list[int] = []
        self._paces: dict[tuple[str, int], list[float]] = {}
        self._known: dict[tuple[str, str, int], float] = {}
        position = 0
        for line in lines:
            self.starts.append(position)
            position += len(line.slots)
        self.cases = list(survey.undecided())
        self.ways: dict[str, list[Stretch]] = {case.id: [] for case in self.cases}
        for way in ways:
            self.ways[way.case.id].append(way)
        self.width = len(self.slots) + len(self.cases)

    def rows(self) -> list[Arcs]:
        """The cases in their order, then the blocks; `width` counts the columns they use."""
        weigh = comfort(self.survey)
        rows = [self._case(weigh, number, case) for number, case in enumerate(self.cases)]
        rows.extend(self._blocks())
        return rows

    def _case(self, weigh: Comfort, number: int, case: Case) -> Arcs:
        columns: list[int] = []
        costs: list[float] = []
        level = WEIGHTS.get(BREACH_LEVELS.get(case.urgency, ""), 0.0)
        for way in self.ways[case.id]:
            line = self.lines[way.timeline]
            base = 1.0 + level * way.is_late + self._of_line(weigh, case, way.timeline)
            if (case.slot is not None and case.told and not way.is_stay) or (
                case.proposed is not None and not way.is_anchor
            ):
                base += WEIGHTS["moves"]
            if case.continuity not in (None, line.clinician.id):
                base += WEIGHTS["continuity"]
            first = self.starts[way.timeline]
            columns.extend(range(first + way.first, first + way.last + 1))
            starts = self._paced(case.urgency, way.timeline)
            costs.extend([base + start for start in starts[way.first : way.last + 1]])
        if case.slot is None:
            columns.append(len(self.slots) + number)
            costs.append(UNPLACED_BREACH * level + 1.0)
        return Arcs(columns, costs) if case.anchor is None else _cheapest(columns, costs)

    def _paced(self, urgency: str, t: int) -> list[float]:
        """What the starts of a timeline cost; the more urgent, the more."""
        if (urgency, t) not in self._paces:
            pace = COMFORT_SCALE * URGENCY_WEIGHT.get(urgency, 1) / MINUTE
            self._paces[urgency, t] = [pace * start for start in self.lines[t].starts]
        return self._paces[urgency, t]

    def _of_line(self, weigh: Comfort, case: Case, t: int) -> float:
        """Travel and skill, the same for all cases of a practice with one need."""
        key = (case.practice, case.need, t)
        if key not in self._known:
            line = self.lines[t]
            self._known[key] = COMFORT_SCALE * weigh.of_clinician(case, line.clinician, line.mode)
        return self._known[key]

    def _blocks(self) -> Iterator[Arcs]:
        """Slots that must stay empty for a limit, and those that may be bought with excess."""
        own: dict[str, list[int]] = {}
        for line, start in zip(self.lines, self.starts, strict=True):
            own.setdefault(line.clinician.id, []).extend(range(start, start + len(line.slots)))
        fixed = self.survey.settled_load()
        for clinician_id, columns in sorted(own.items()):
            clinician = self.survey.clinicians[clinician_id]
            ceiling = self.survey.load_ceiling(clinician)
            if clinician.limit is None or ceiling is None:
                continue
            most = max(0, (ceiling - fixed[clinician_id]) // ROUTINE_POINTS)
            safe = max(0, (clinician.limit - fixed[clinician_id]) // ROUTINE_POINTS)
            for block in range(len(columns) - min(safe, most)):
                if block < len(columns) - most:
                    yield Arcs(columns, [1.0] * len(columns))
                else:
                    waived = [*columns, self.width]
                    self.width += 1
                    excess = WEIGHTS[LEVELS[EXCESS]] + 1.0
                    yield Arcs(waived, [1.0] * len(columns) + [excess])


def _cheapest(columns: list[int], costs: list[float]) -> Arcs:
    """One arc per column; a stay and a stretch over the same slot are told apart by cost."""
    best: dict[int, float] = {}
    for column, cost in zip(columns, costs, strict=True):
        best[column] = min(cost, best.get(column, cost))
    return Arcs(list(best), list(best.values()))


def _put_right(survey: Survey, network: _Network, columns: Sequence[int]) -> Board:
    """Everyone at the place the flow gives where that is lawful, else at the best one left."""
    wanted = {
        case.id: network.slots[column]
        for case, column in zip(network.cases, columns, strict=False)
        if column < len(network.slots)
    }
    board = Board(survey, survey.booked())
    waiting = [case for case in most_pressing_first(survey) if case.id in wanted]
    while True:
        left = [case for case in waiting if not _moves_to(board, case, wanted[case.id])]
        if len(left) in (0, len(waiting)):
            break
        waiting = left
    for case in left:
        if case.slot is None:
            move_to_best(board, case)
    return board


def _moves_to(board: Board, case: Case, slot_id: str) -> bool:
    """Whether the case is at `slot_id` now; where it cannot be, it stays where it was."""
    here = board.take(case)
    is_free = board.is_free(case, board.survey.slots[slot_id])
    if is_free or here is not None:
        board.put(case, slot_id if is_free else str(here))
    return is_free
