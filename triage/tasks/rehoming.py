"""A list whose clinician has gone home: planned once, then each patient settled in turn."""

import logging
from collections.abc import Collection, Mapping

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from appointments.rules.rebalancing import Instance, Plan, greedy_plan, plainly, plan
from appointments.tasks.milp import Highs
from practices import clock
from practices.doors import Busy, opened, perform
from practices.rules.reach import clockwork
from practices.rules.refusals import Refused
from triage.actions.gone_home import finish, settle
from triage.queries.gone_home import Pending, pending_of
from triage.queries.waiting_instance import Told, waiting_instance
from triage.rules.foreseen import why_unlike

logger = logging.getLogger(__name__)
REHOMER = clockwork("re-homing a list")
Reasons = list[dict[str, object]]


@shared_task(name="triage.tasks.rehome")
def rehome(*, gone_home_id: int) -> int:
    """Nobody of the list is pending any more; how many were settled now. Safe to run again.

    One patient's trouble never stops the others; it is raised after them, for the next try.
    """
    at = clock.now()
    with opened(REHOMER.reach, at=at):
        lines = pending_of(gone_home_id)
        found = waiting_instance(
            [line.case for line in lines if not line.for_people],
            told={line.case.reference: Told(line.mode, line.was_at, line.like) for line in lines},
            gone={line.clinician_id for line in lines},
            at=at,
        )
    answer, in_time = _plan(found.instance)
    slots = {placed.case: found.slots[placed.slot].id for placed in answer.placements}
    free = {slot.id for slot in found.slots.values()}
    reasons = _reasons(answer)
    unlike = _unlike(lines, slots, free=free)
    troubles = [
        trouble
        for line in lines
        if (trouble := _trouble_settling(line, slots=slots, reasons=reasons, unlike=unlike))
    ]
    if troubles:
        raise troubles[0]
    result = {
        "proved": in_time and answer.is_proved,
        "planned": len(slots),
        "levels": [
            {"name": one.name, "value": one.value, "bound": one.bound, "proved": one.proved}
            for one in answer.levels
        ],
    }
    perform(finish, by=REHOMER, at=clock.now(), gone_home_id=gone_home_id, result=result)
    return len(lines)


def _plan(instance: Instance) -> tuple[Plan, bool]:
    """The plan, and whether the solver ended in time; else a lawful one by rule of thumb."""
    try:
        return plan(instance, Highs()), True
    except SoftTimeLimitExceeded:
        logger.warning("out of time: the list is settled by rule of thumb")
        return greedy_plan(instance), False


def _trouble_settling(
    line: Pending,
    *,
    slots: Mapping[str, int],
    reasons: Mapping[str, Reasons],
    unlike: Mapping[str, Reasons],
) -> Refused | Busy | None:
    """The patient of the line has an outcome; else why not, and the line is still pending."""
    reference = line.case.reference
    why = reasons.get(reference, [])
    if line.for_people:
        why = [{"code": "for_people", "text": line.for_people}]
    why = [*unlike.get(reference, []), *why]
    wish = {"rehoming_id": line.id, "slot_id": slots.get(reference), "reasons": why}
    try:
        perform(settle, by=REHOMER, at=clock.now(), **wish)
    except (Refused, Busy) as trouble:
        logger.warning("not settled", extra={"case": reference, "trouble": str(trouble)})
        return trouble
    return None


def _unlike(
    lines: Collection[Pending], slots: Mapping[str, int], *, free: Collection[int]
) -> dict[str, Reasons]:
    """Why somebody is to be elsewhere than the page showed before the yes, by case."""
    found = {
        line.case.reference: why_unlike(
            line.seen, slots.get(line.case.reference), free=free, given=set(slots.values())
        )
        for line in lines
        if line.was_shown
    }
    return {case: [{"code": one, "text": one.label}] for case, one in found.items() if one}


def _reasons(answer: Plan) -> dict[str, Reasons]:
    """Why here, or what would have to change, by case."""
    return {
        one.case: [{"code": reason.code, "text": plainly(reason)} for reason in one.reasons]
        for one in (*answer.placements, *answer.unplaced)
    }
