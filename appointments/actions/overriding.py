"""Passing over a rule: on record with who, which, why and until when, before anything is done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from appointments.models import Override, Slot
from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden


@dataclass(frozen=True, slots=True)
class OverrideWish:
    """A person passes over a rule, and says why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class About:
    """Which rule, at whose house, for which case if for one, and until when."""

    rule: str
    house_id: int
    until: datetime
    case_ref: str = ""


def keep_override(about: About, wish: OverrideWish, *, by: Actor, at: datetime) -> Override:
    """Who went past the rule and why, until when; the house it was at answers for it."""
    if by.user_id is None:
        raise Forbidden("Only a person may go past a rule.")
    return Override.objects.create(
        rule=about.rule,
        organisation_id=about.house_id,
        case_ref=about.case_ref,
        code=wish.code,
        reason=wish.reason,
        by_id=by.user_id,
        at=at,
        until_at=about.until,
    )


def pass_over(
    rule: str, wish: OverrideWish, *, slot_id: int, on_case: str, by: Actor, at: datetime
) -> Override:
    """The rule was passed over for the case by a person with a reason, for this one slot."""
    slot = Slot.objects.get(pk=slot_id)
    about = About(rule, slot.provider_id, until=slot.ends_at, case_ref=on_case)
    made = keep_override(about, wish, by=by, at=at)
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


def take_back_name(
    ids: Collection[int], *, on_case: str, by: Actor, at: datetime
) -> list[Override]:
    """Each of these that carries my name waits for a second person again."""
    mine = Override.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    found = list(mine.filter(countersigned_by_id=by.user_id).order_by("pk"))
    if not found:
        raise Conflict("The 10 seconds to undo this have passed.", code="late")
    for one in found:
        one.countersigned_by_id = None
        one.save(update_fields=["countersigned_by"])
        facts = {"rule": one.rule, "override": one.pk}
        audit.write("rule.name_off", entity="case", entity_id=on_case, by=by, at=at, **facts)
    return found
