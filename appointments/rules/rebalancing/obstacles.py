"""What keeps a case out of a slot, and which single change would let it in."""

from collections import Counter
from collections.abc import Iterator

from appointments.rules.rebalancing.board import Board
from appointments.rules.rebalancing.facts import Case, Clinician, Slot

# In the order in which they are told.
OBSTACLES = (
    "skill",
    "wish",
    "agreement",
    "published",
    "mode",
    "time",
    "taken",
    "limit",
    "share",
    "supervision",
)
LATER_GOAL = "later_goal"  # nothing is in the way but an earlier goal


def single_changes(board: Board, case: Case) -> dict[str, list[Slot]]:
    """By obstacle, the slots it alone keeps `case`, not placed now, out of."""
    found: dict[str, list[Slot]] = {}
    for clinician in board.survey.instance.clinicians:
        standing = tuple(_of_clinician(board, case, clinician))
        if len(standing) > 1:
            continue
        release = board.survey.release(clinician.site, case)
        for slot in board.survey.slots_of[clinician.id]:
            all_of_them = (*standing, *_of_slot(board, case, slot, release))
            if len(all_of_them) <= 1:
                kind = all_of_them[0] if all_of_them else LATER_GOAL
                found.setdefault(kind, []).append(slot)
    return found


def counted(board: Board, case: Case, slots: tuple[Slot, ...]) -> Counter[str]:
    """How many of `slots` each obstacle keeps the case out of."""
    blocked: Counter[str] = Counter()
    for slot in slots:
        clinician = board.survey.clinicians[slot.clinician]
        release = board.survey.release(clinician.site, case)
        blocked.update(_of_clinician(board, case, clinician))
        blocked.update(_of_slot(board, case, slot, release))
    return blocked


def _of_clinician(board: Board, case: Case, clinician: Clinician) -> Iterator[str]:
    if not board.survey.is_competent(clinician, case):
        yield "skill"
    if not board.survey.is_in_reach(clinician.site, case):
        yield "wish" if case.own_practice_only else "agreement"
    if board.is_over(case, clinician):
        yield "limit"
    if board.is_share_used(case, clinician.site):
        yield "share"


def _of_slot(board: Board, case: Case, slot: Slot, release: int) -> Iterator[str]:
    if not slot.is_open_to(case.practice):
        yield "published"
    if slot.mode not in case.modes:
        yield "mode"
    if board.survey.starts[slot.id] < release:
        yield "time"
    if slot.id in board.holder:
        yield "taken"
    if board.is_unsupervised(slot):
        yield "supervision"
