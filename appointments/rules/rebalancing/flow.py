"""Flow mode: every contact counts as one, and the whole day is one matching of cases to slots.

A limit becomes a number of slots left empty: "blocks" that must take a slot of the clinician, or,
above the limit, may be waived at the price of one contact of excess. Shares and supervision are no
part of the flow; what breaks them is put right case by case afterwards. Much faster than the exact
plan, and not proved.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
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
from appointments.rules.rebalancing.timelines import Kind, Openings, Timeline, timelines

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
    network = _Network(survey, timelines(survey))
    columns = match(network.rows(), network.width)
    return None if columns is None else _put_right(survey, network, columns)


@dataclass(frozen=True, slots=True)
class Opening:
    """The slots cases of one kind may take, ordered by when the patient must leave for them."""

    leaves: list[int]
    columns: list[int]
    starts: list[int]
    timelines: list[int]


class _Network:
    """Slots first, then one column of waiting per case, then one waiver per block above a limit."""

    def __init__(self, survey: Survey, lines: tuple[Timeline, ...]) -> None:
        self.survey = survey
        self.lines = lines
        self.openings = Openings(survey, lines)
        self.comfort: Comfort = comfort(survey)
        self.slots = [slot for line in lines for slot in line.slots]
        self.firsts = [0, *accumulate(len(line.slots) for line in lines)]
        self.starts = [start for line in lines for start in line.starts]
        self.line_of = [t for t, line in enumerate(lines) for _ in line.slots]
        self.of_clinician: dict[str, list[int]] = {}
        for t, line in enumerate(lines):
            self.of_clinician.setdefault(line.clinician.id, []).append(t)
        self._openings: dict[Kind, Opening] = {}
        self._bases: dict[tuple[Kind, str], list[float]] = {}
        self.cases = list(survey.undecided())
        self.width = len(self.slots) + len(self.cases)

    def rows(self) -> list[Arcs]:
        """The cases in their order, then the blocks; `width` counts the columns they use."""
        rows = [self._case(number, case) for number, case in enumerate(self.cases)]
        rows.extend(self._blocks())
        return rows

    def _case(self, number: int, case: Case) -> Arcs:
        opening, bases = self._opening(case), self._bases_of(case)
        late = WEIGHTS.get(BREACH_LEVELS.get(case.urgency, ""), 0.0)
        due = self.survey.since_now(case.due)
        first = bisect_left(opening.leaves, max(0, self.survey.since_now(case.earliest)))
        starts = opening.starts[first:]
        pace = _pace(case)
        extra = self._of_change(case, None) + WEIGHTS["continuity"] * (case.continuity is not None)
        costs = [
            extra + base + pace * start for base, start in zip(bases[first:], starts, strict=True)
        ]
        if case.continuity is not None:
            usual = self.of_clinician.get(case.continuity, ())
            for i, t in enumerate(opening.timelines[first:]):
                if t in usual:
                    costs[i] -= WEIGHTS["continuity"]
        if starts and due < max(starts):
            costs = [
                cost + late if start > due else cost
                for cost, start in zip(costs, starts, strict=True)
            ]
        arcs = Arcs(opening.columns[first:], costs)
        self._keep(arcs, case, late)
        if case.slot is None:
            arcs.columns.append(len(self.slots) + number)
            arcs.costs.append(UNPLACED_BREACH * late + 1.0)
        return arcs

    def _keep(self, arcs: Arcs, case: Case, late: float) -> None:
        """The slots the case has or was proposed are arcs too, at what they cost unchanged."""
        for slot_id, t, i in self.openings.kept(case):
            column, line = self.firsts[t] + i, self.lines[t]
            cost = self._base(case, t) + self._of_change(case, slot_id)
            cost += WEIGHTS["continuity"] * (case.continuity not in (None, line.clinician.id))
            cost += _pace(case) * line.starts[i] + late * self.survey.is_late(case, slot_id)
            if column in arcs.columns:
                known = arcs.columns.index(column)
                arcs.costs[known] = min(cost, arcs.costs[known])
            else:
                arcs.columns.append(column)
                arcs.costs.append(cost)

    def _of_change(self, case: Case, slot_id: str | None) -> float:
        """What the patient's being told, or the last run's proposal, makes of another slot."""
        is_told_otherwise = case.told and case.slot not in (None, slot_id)
        is_altered = case.proposed is not None and case.anchor != slot_id
        return WEIGHTS["moves"] if is_told_otherwise or is_altered else 0.0

    def _opening(self, case: Case) -> Opening:
        kind = self.openings.kind(case)
        if kind not in self._openings:
            self._openings[kind] = self._opened(case)
        return self._openings[kind]

    def _opened(self, case: Case) -> Opening:
        leaves: list[int] = []
        columns: list[int] = []
        for t in self.openings.open_to(case):
            travel = self.survey.travel(case, self.lines[t].clinician.site)
            leaves.extend([start - travel for start in self.lines[t].starts])
            columns.extend(range(self.firsts[t], self.firsts[t + 1]))
        order = sorted(range(len(leaves)), key=leaves.__getitem__)
        columns = [columns[i] for i in order]
        return Opening(
            leaves=[leaves[i] for i in order],
            columns=columns,
            starts=[self.starts[column] for column in columns],
            timelines=[self.line_of[column] for column in columns],
        )

    def _bases_of(self, case: Case) -> list[float]:
        """Travel and skill for each slot of the opening; alike for the cases of one need."""
        key = (self.openings.kind(case), case.need)
        if key not in self._bases:
            by_line = {t: self._base(case, t) for t in self.openings.open_to(case)}
            self._bases[key] = [by_line[t] for t in self._opening(case).timelines]
        return self._bases[key]

    def _base(self, case: Case, t: int) -> float:
        line = self.lines[t]
        return 1.0 + COMFORT_SCALE * self.comfort.of_clinician(case, line.clinician, line.mode)

    def _blocks(self) -> Iterator[Arcs]:
        """Slots that must stay empty for a limit, and those that may be bought with excess."""
        fixed = self.survey.settled_load()
        for clinician_id, own in sorted(self.of_clinician.items()):
            columns = [c for t in own for c in range(self.firsts[t], self.firsts[t + 1])]
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


def _pace(case: Case) -> float:
    """What a later start costs; the more urgent, the more."""
    return COMFORT_SCALE * URGENCY_WEIGHT.get(case.urgency, 1) / MINUTE


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
