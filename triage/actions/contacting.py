"""Reaching patients: each attempt is kept, and so is whom somebody spoke with."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from triage.actions.stepping import lock_case, take_step
from triage.models import Case, CaseStep, ContactAttempt
from triage.rules.attempts import (
    REACHED,
    Contact,
    Met,
    Tried,
    check_has_number,
    check_may_give_up,
    check_reached,
)
from triage.rules.codes import Urgency
from triage.rules.states import Step


def record_attempt(
    *,
    reference: str,
    channel: str,
    answered: bool = False,
    met: Met | None = None,
    by: Actor,
    at: datetime,
    version: int | None = None,
    happened_at: datetime | None = None,
) -> Case:
    """Somebody tried to reach the patient; whoever else answered, the patient was not reached."""
    case = lock_case(reference, version=version)
    if met is None:
        met = Met.PATIENT if answered else Met.NOBODY
    check_has_number(channel, met, phone=case.phone)
    return _keep(case, channel, met, by=by, at=at, happened_at=happened_at)


def keep_contact(
    case: Case,
    contact: Contact | None,
    *,
    by: Actor,
    at: datetime,
    happened_at: datetime | None = None,
) -> None:
    """With whom somebody spoke, and how, is on record: already, or as it is said now."""
    if contact is None and _attempts(case).filter(answered=True).exists():
        return
    said = check_reached(contact)
    _keep(case, said.channel.value, said.met, by=by, at=at, happened_at=happened_at)


def check_tried(case: Case) -> None:
    """Nobody is given up before trying was enough; a missed booking is another matter."""
    rows = _attempts(case).order_by("id")
    tried = [Tried(*row) for row in rows.values_list("at", "channel", "answered")]
    check_may_give_up(tried, Urgency(f"P{case.urgency}"))


def _attempts(case: Case) -> QuerySet[ContactAttempt]:
    """The attempts since the case was opened last: it is a new story from then on."""
    found = ContactAttempt.objects.filter(case=case)
    again = CaseStep.objects.filter(case=case, step=Step.REOPEN).order_by("-id").first()
    return found if again is None else found.filter(at__gte=again.at)


def _keep(
    case: Case,
    channel: str,
    met: Met,
    *,
    by: Actor,
    at: datetime,
    happened_at: datetime | None,
) -> Case:
    if by.user_id is None:
        raise Forbidden("Only a person can try to reach a patient.")
    ContactAttempt.objects.create(
        case=case,
        at=happened_at or at,
        by_id=by.user_id,
        channel=channel,
        answered=met in REACHED,
        met=met.value,
    )
    keep: dict[str, Any] = {
        "claimed_by_id": case.claimed_by_id,
        "claimed_at": case.claimed_at,
        "lease_until": case.lease_until,
    }
    keep["happened_at"] = happened_at
    return take_step(case, Step.ATTEMPT, by=by, at=at, code=channel, **keep)
