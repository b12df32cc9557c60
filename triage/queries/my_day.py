"""Why: my own day, with the time triage took beside what counts in points."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from appointments.queries.own_day import OwnDay, own_day
from practices.clock import local_day
from practices.rules.london import midnight
from practices.rules.reach import Actor
from triage.models import CaseStep
from triage.rules.states import Step
from triage.rules.triage_time import Did, TriageTime, triage_time


@dataclass(frozen=True, slots=True)
class MyDay:
    """Everything my own meter shows."""

    day: OwnDay
    triage: TriageTime


def my_day(by: Actor, *, at: datetime) -> MyDay | None:
    """My day; None for somebody who is no clinician. Eleven statements."""
    if by.clinician_id is None:
        return None
    found = own_day(by.clinician_id, day=local_day(at), at=at)
    return MyDay(found, _triage_time(by, at=at)) if found else None


def _triage_time(by: Actor, *, at: datetime) -> TriageTime:
    start = midnight(local_day(at))
    # What was typed in from paper says nothing of how long triage took.
    steps = CaseStep.objects.filter(
        by_id=by.user_id,
        at__gte=start,
        at__lt=start + timedelta(days=1),
        entered_at__isnull=True,
    )
    rows = steps.order_by("pk").values_list("case_id", "step", "at")
    return triage_time([Did(case_id, Step(step), moment) for case_id, step, moment in rows])
