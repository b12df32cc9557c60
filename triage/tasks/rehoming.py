"""A list whose clinician has gone home: planned once, then each patient settled in turn."""

from celery import shared_task

from appointments.rules.rebalancing import Plan, plan, sentence
from appointments.tasks.milp import Highs
from practices import clock
from practices.doors import opened, perform
from practices.rules.reach import clockwork
from triage.actions.gone_home import finish, settle
from triage.queries.gone_home import pending_of
from triage.queries.waiting_instance import Told, waiting_instance

REHOMER = clockwork("re-homing a list")
Reasons = list[dict[str, object]]


@shared_task(name="triage.tasks.rehome")
def rehome(*, gone_home_id: int) -> int:
    """Nobody of the list is pending any more; how many were settled now. Safe to run again."""
    at = clock.now()
    with opened(REHOMER.reach, at=at):
        lines = pending_of(gone_home_id)
        found = waiting_instance(
            [line.case for line in lines if not line.for_people],
            told={line.case.reference: Told(line.mode, line.was_at) for line in lines},
            gone={line.clinician_id for line in lines},
            at=at,
        )
    answer = plan(found.instance, Highs())
    slots = {placed.case: found.slots[placed.slot].id for placed in answer.placements}
    reasons = _reasons(answer)
    for line in lines:
        reference = line.case.reference
        if line.for_people:
            reasons[reference] = [{"code": "for_people", "text": line.for_people}]
        perform(
            settle,
            by=REHOMER,
            at=clock.now(),
            rehoming_id=line.id,
            slot_id=slots.get(reference),
            reasons=reasons.get(reference, []),
        )
    result = {
        "proved": answer.is_proved,
        "levels": [
            {"name": one.name, "value": one.value, "bound": one.bound, "proved": one.proved}
            for one in answer.levels
        ],
    }
    perform(finish, by=REHOMER, at=clock.now(), gone_home_id=gone_home_id, result=result)
    return len(lines)


def _reasons(answer: Plan) -> dict[str, Reasons]:
    """Why here, or what would have to change, by case."""
    return {
        one.case: [{"code": reason.code, "text": sentence(reason)} for reason in one.reasons]
        for one in (*answer.placements, *answer.unplaced)
    }
