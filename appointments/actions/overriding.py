"""Passing over a rule: on record with who, which and why, before anything is done."""

from collections.abc import Collection
from datetime import datetime

from appointments.actions.places import OverrideWish
from appointments.models import Override
from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden


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


def countersign(ids: Collection[int], *, on_case: str, by: Actor, at: datetime) -> list[Override]:
    """A second person has answered for each of these that nobody has yet; never for one's own."""
    if by.user_id is None:
        raise Forbidden("Only a person may countersign.")
    found = Override.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    open_now = list(found.filter(countersigned_by=None).order_by("pk"))
    if not open_now:
        raise Conflict("This is countersigned already.")
    signed = [one for one in open_now if one.by_id != by.user_id]
    if not signed:
        raise Forbidden("You went past this rule yourself, so somebody else countersigns.")
    for one in signed:
        one.countersigned_by_id = by.user_id
        one.save(update_fields=["countersigned_by"])
        audit.write(
            "rule.countersigned",
            entity="case",
            entity_id=on_case,
            by=by,
            at=at,
            rule=one.rule,
            override=one.pk,
        )
    return signed
