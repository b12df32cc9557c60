"""Passing over a rule: on record with who, which and why, before anything is done."""

from datetime import datetime

from appointments.actions.places import OverrideWish
from appointments.models import Override
from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden


def pass_over(rule: str, wish: OverrideWish, *, on_case: str, by: Actor, at: datetime) -> Override:
    """The rule was passed over for the case by a person with a reason."""
    if by.user_id is None:
        raise Forbidden("Only a person may go past a rule.")
    made = Override.objects.create(
        rule=rule, code=wish.code, reason=wish.reason, by_id=by.user_id, at=at
    )
    audit.write(
        "rule.passed_over",
        entity="case",
        entity_id=on_case,
        by=by,
        at=at,
        rule=rule,
        code=wish.code,
        override=made.pk,
    )
    return made
