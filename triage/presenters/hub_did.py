"""What a hub did for a practice's patients today, counted in words."""

from collections import Counter

from triage.queries.all_clear import DayCase, PracticeDay
from triage.queries.planned_day import Planned
from triage.rules.all_clear import Loose
from triage.rules.codes import Outcome
from triage.rules.lanes import Lane
from triage.rules.states import State

SEEN = "Seen at the hub"
DEALT = "Dealt with by the hub without an appointment there"
MISSED = "Did not come to the hub, or could not be reached"
UNSETTLED = "Appointment at the hub is over, and nobody has said whether they came"
TO_COME = "Booked at the hub, still to come"
QUEUE = "In the hub’s queue"
HELD = "With a clinician now, of the hub or of ours"
ANSWER = "Handed back by the hub, waiting for our answer"
IN_VAIN = frozenset({Outcome.NO_CONTACT, Outcome.NOT_BROUGHT})


def is_the_hubs(one: DayCase) -> bool:
    """Whether the appointment is at the hub; without one, whether somebody there ended the case."""
    if one.place is not None:
        return one.place.is_at_hub
    return one.ending is not None and one.ending.is_by_hub


def hub_did(day: PracticeDay) -> tuple[str, ...]:
    """Each kind with its number; nothing where the hub had none of our patients."""
    kinds = [_kind(one) for one in (*day.loose, *day.waiting, *day.done)]
    kinds += [_planned(one) for one in day.planned if one.is_at_hub]
    found = Counter(kinds)
    order = (SEEN, DEALT, MISSED, UNSETTLED, TO_COME, HELD, QUEUE, ANSWER)
    return tuple(f"{kind}: {found[kind]}" for kind in order if found[kind])


def _kind(one: DayCase) -> str:
    """What the hub did about one case; empty where it is the practice's own."""
    if one.row.state is State.HANDED_BACK:
        return ANSWER
    if one.ending is None:
        return _open(one)
    if not is_the_hubs(one):
        return ""
    if one.ending.outcome in IN_VAIN:
        return MISSED
    return SEEN if one.place else DEALT


def _open(one: DayCase) -> str:
    if one.place is None:
        waits = HELD if one.row.holder is not None else QUEUE
        return waits if one.row.lane is Lane.HUB else ""
    if not one.place.is_at_hub:
        return ""
    return UNSETTLED if one.loose is Loose.UNSETTLED else TO_COME


def _planned(one: Planned) -> str:
    if one.is_loose:
        return UNSETTLED
    return {"booked": TO_COME, "missed": MISSED}.get(one.state, SEEN)
