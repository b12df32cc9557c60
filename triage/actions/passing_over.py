"""A place that a rule forbids: refused, or passed over by a clinician with a reason."""

from datetime import datetime

from appointments import actions as appointments
from appointments.actions import OverrideWish
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Refused
from practices.rules.roles import CLINICAL_ROLES
from triage.models import Case
from triage.rules.judging import Impossible
from triage.rules.routing import Option

# What a person with a reason may pass over; the rest of the refusals are facts or law.
OVERRIDABLE = frozenset({"limit", "share", "past_due", "embargo", "patient_declined"})
# What somebody else used up: the same slot could have been had a moment ago.
USED_UP = {"limit": "limit_reached", "share": "share_used"}


def check_line(
    case: Case,
    slot_id: int,
    line: Option | Impossible | None,
    override: OverrideWish | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """An impossible line is refused, unless it may be passed over by a clinician with a reason.

    A slot that is full or has begun is refused where the place is taken.
    """
    if line is None:
        raise Absent
    if override is not None:
        _check_may_pass_over(override, by=by)
    if isinstance(line, Option) or line.code in {"taken", "started"}:
        return
    if override is None or line.code not in OVERRIDABLE:
        if line.code in USED_UP:
            raise Conflict(line.text, code=USED_UP[line.code], field="slot")
        raise Refused(line.text, code=line.code, field="slot")
    if line.code != "limit":
        # A limit that is passed is put on record where the points are charged.
        appointments.pass_over(
            line.code, override, slot_id=slot_id, on_case=case.reference, by=by, at=at
        )


def _check_may_pass_over(override: OverrideWish, *, by: Actor) -> None:
    """Also where the line is possible: by the time the place is taken a limit may be reached."""
    if not by.is_one_of(CLINICAL_ROLES):
        raise Refused("Only a clinician may go past this rule.", code="role", field="override")
    if not any(letter.isalnum() for letter in override.reason):
        raise Refused("Enter why this rule is passed over", code="required", field="reason")
