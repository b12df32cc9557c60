"""Reaching patients: each attempt is kept, and so is whom somebody spoke with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from triage.actions.stepping import last_step, lock_case, take_step
from triage.actions.trying_again import unwrite_that_we_tried, write_that_we_tried
from triage.models import Case, CaseOutcome, CaseStep, ContactAttempt
from triage.queries.tries import delivered_in, has_met_clinician, tries_of, written_of
from triage.rules.attempts import (
    REACHED,
    Contact,
    Met,
    check_has_number,
    check_is_whole,
    check_may_give_up,
    check_may_leave_voicemail,
    check_reached,
    number_rung,
)
from triage.rules.codes import Urgency
from triage.rules.states import Step


@dataclass(frozen=True, slots=True)
class Try:
    """How somebody tried, who was met by it, and how the number ends that was rung."""

    channel: str
    met: Met
    number_end: str


def record_attempt(
    *,
    reference: str,
    channel: str,
    answered: bool = False,
    met: Met | None = None,
    number: str = "",
    by: Actor,
    at: datetime,
    version: int | None = None,
    happened_at: datetime | None = None,
) -> Case:
    """Somebody tried to reach the patient; whoever else answered, the patient was not reached.

    `number` is the one that was rung, where it is not the case's.
    """
    case = lock_case(reference, version=version)
    if met is None:
        met = Met.PATIENT if answered else Met.NOBODY
    check_has_number(channel, met, phone=number or case.phone)
    check_is_whole(number)
    check_may_leave_voicemail(met, is_allowed=case.voicemail_allowed)
    tried = Try(channel, met, number_rung(channel, number, phone=case.phone))
    _keep(case, tried, by=by, at=at, happened_at=happened_at)
    return case


def keep_contact(
    case: Case,
    contact: Contact | None,
    *,
    by: Actor,
    at: datetime,
    happened_at: datetime | None = None,
) -> ContactAttempt | None:
    """With whom somebody spoke, and how, is on record: already, or as it is said now."""
    if contact is None and has_met_clinician(case):
        return None
    said = check_reached(contact)
    channel = said.channel.value
    tried = Try(channel, said.met, number_rung(channel, "", phone=case.phone))
    return _keep(case, tried, by=by, at=at, happened_at=happened_at)


def take_back_contact(case: Case, *, by: Actor, at: datetime) -> None:
    """The closing was undone: whom somebody spoke with in the same press is undone with it."""
    ended = CaseOutcome.objects.filter(case=case).select_related("attempt__step").order_by("-id")
    last = ended.first()
    if last is not None and last.attempt is not None:
        take_step(case, Step.UNDO_ATTEMPT, by=by, at=at, undoes=last.attempt.step)
        write_that_we_tried(case, by=by, at=at)


def take_back_attempt(case: Case, attempt: CaseStep, *, by: Actor, at: datetime) -> Case:
    """The attempt counts no more, and the patient reads nothing of it."""
    unwrite_that_we_tried(case, since=attempt.entered_at or attempt.at, by=by, at=at)
    take_step(case, Step.UNDO_ATTEMPT, by=by, at=at, undoes=attempt)
    write_that_we_tried(case, by=by, at=at)
    return case


def check_tried(case: Case) -> None:
    """Nobody is given up before trying was enough; a missed booking is another matter."""
    delivered = delivered_in(written_of(case.reference))
    check_may_give_up(tries_of(case), Urgency(f"P{case.urgency}"), delivered)


def _keep(
    case: Case, tried: Try, *, by: Actor, at: datetime, happened_at: datetime | None
) -> ContactAttempt:
    if by.user_id is None:
        raise Forbidden("Only a person can try to reach a patient.")
    keep: dict[str, Any] = {
        "claimed_by_id": case.claimed_by_id,
        "claimed_at": case.claimed_at,
        "lease_until": case.lease_until,
    }
    keep["happened_at"] = happened_at
    take_step(case, Step.ATTEMPT, by=by, at=at, code=tried.channel, **keep)
    kept = ContactAttempt.objects.create(
        case=case,
        at=happened_at or at,
        by_id=by.user_id,
        channel=tried.channel,
        answered=tried.met in REACHED,
        met=tried.met.value,
        number_end=tried.number_end,
        step=last_step(case, Step.ATTEMPT),
    )
    write_that_we_tried(case, by=by, at=at)
    return kept
