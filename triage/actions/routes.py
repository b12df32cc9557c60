"""On record: where a case went, what stood beside it on the list, and by whose numbers."""

from collections.abc import Sequence
from datetime import datetime

from appointments.models import Booking
from practices.rules.reach import Actor
from triage.models import Case, RouteDecision
from triage.queries.options import Judged
from triage.rules.candidates import Where
from triage.rules.judging import Impossible
from triage.rules.previewing import Counted
from triage.rules.request import Reason
from triage.rules.routing import Option


def note_booking(
    case: Case, booking: Booking, found: Judged | None, *, by: Actor, at: datetime
) -> None:
    """The place that was booked is kept as decided."""
    line = found.line if found else None
    note_route(
        case,
        chosen={"slot": booking.slot_id, "overflow": booking.overflow_reason},
        offered=line.reasons if isinstance(line, Option) else (),
        judged_by=found.judged_by if found else None,
        weighed=found.weighed if found else (),
        by=by,
        at=at,
    )


def note_route(
    case: Case,
    *,
    chosen: dict[str, object],
    offered: Sequence[Reason],
    judged_by: int | None,
    weighed: Sequence[Counted],
    by: Actor,
    at: datetime,
) -> None:
    """The decision is kept with the lines it was made from, without names."""
    RouteDecision.objects.create(
        case=case,
        at=at,
        by_id=by.user_id,
        chosen=chosen,
        offered=[reason.code for reason in offered],
        parameters_id=judged_by,
        weighed=[line.as_kept() for line in weighed],
    )


def is_at_hub(line: Option | Impossible) -> bool:
    """Whether the place is a hub's."""
    return line.candidate.where is Where.HUB


def overflow_of(line: Option | Impossible | None, wished: str) -> str:
    """Why a hub sees the patient: what the router knows, else what the person said."""
    if isinstance(line, Option) and line.overflow is not None:
        return line.overflow.value
    return wished or "patient_choice"
