"""Clinicians deciding: class, contact attempts, and how a case ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hubs.queries import hub_hours
from hubs.rules.opening import core_hours
from practices.actions import disclose, end_disclosures, leave_unsaid
from practices.clock import bank_holidays, local_day
from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden, Refused
from practices.rules.roles import CLINICAL_ROLES, Role
from triage.actions.claiming import check_may_end, check_may_sign_over, check_mine
from triage.actions.contacting import keep_contact
from triage.actions.duplicates import other_case
from triage.actions.handing_over import open_handover
from triage.actions.reading_words import heard, promise_reading
from triage.actions.second_looks import open_look, settle_looks
from triage.actions.sending_help import is_help_decided
from triage.actions.settling import (
    check_appointment,
    is_still_to_come,
    settle_booking,
)
from triage.actions.signing import may_sign, sign_with_end, signed_by
from triage.actions.stepping import last_step, lock_case, take_step, write_note
from triage.actions.telling import tell_closed
from triage.models import Case, CaseOutcome, ContactAttempt, Note
from triage.queries.options import pharmacy_line
from triage.rules.attempts import Contact
from triage.rules.closing import (
    HANDED_OVER_NOW,
    check_all,
    check_fits,
    check_not_met,
    is_ahead,
    must_be_brought,
    needs_contact,
    record_fault,
    safety_fault,
    says_something,
    with_taken_over,
)
from triage.rules.codes import ClassStatus, Outcome, Urgency
from triage.rules.due import due_after_change
from triage.rules.lanes import Lane
from triage.rules.safety_net import BetterBy, SafetyNet, Where, net_of
from triage.rules.second_looks import Again, How, Why
from triage.rules.states import State, Step
from triage.rules.urgency import SCAN_FLOOR, check_may_change_class, raise_only


def change_class(
    *,
    reference: str,
    urgency: Urgency,
    reason: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Case:
    """The case has the class: signed when a clinician who may triage says so, else only raised."""
    case = lock_case(reference, version=version)
    current = Urgency(f"P{case.urgency}")
    signs = may_sign(by)
    check_may_change_class(current, urgency, by_clinician=signs, reason=reason)
    if urgency.rank >= current.rank:
        check_may_sign_over(case, by=by, at=at)
    told = {} if signs else heard(case, reason, at=at)
    urgency = raise_only(urgency, SCAN_FLOOR) if told else urgency
    due_at = due_after_change(
        current,
        urgency,
        case.due_at,
        submitted_at=case.submitted_at,
        core=core_hours(bank_holidays()),
        hub=hub_hours(case.hub_id, holidays=bank_holidays()),
    )
    note = write_note(case, Note.Kind.REASON, reason, by=by, at=at)
    changes: dict[str, Any] = {"urgency": urgency.rank, "due_at": due_at} | told
    if signs:
        changes |= signed_by(by)
    elif urgency is not current:
        changes |= {
            "urgency_status": ClassStatus.PROVISIONAL.value,
            "bookable_now": False,
            "bookable_because": "The class was raised: a clinician looks first",
        }
    step = Step.SIGN_CLASS if signs else Step.RAISE_CLASS
    take_step(case, step, by=by, at=at, code=urgency.value, note=note, **changes)
    return promise_reading(case, at=at) if told else case


@dataclass(frozen=True, slots=True)
class OutcomeWish:
    """How a case ends, who elsewhere took over, and what the patient was told to watch for."""

    code: Outcome
    note: str = ""
    taken_by: str = ""
    safety_net: str = ""
    record_viewed: str = ""
    contact: Contact | None = None
    duplicate_of: str = ""
    again: Again | None = None
    better_by: BetterBy | None = None
    where: Where = Where.PRACTICE


def close(
    *,
    reference: str,
    wish: OutcomeWish,
    by: Actor,
    at: datetime,
    version: int | None = None,
    happened_at: datetime | None = None,
) -> Case:
    """The case is closed with its outcome, its class signed; a booking kept is a logged contact."""
    case = lock_case(reference, version=version)
    check_may_end(case, by=by, at=at)
    _check_may_close(case, wish, by=by, at=at)
    signature = sign_with_end(case, by=by, at=at)
    tried = _spoken_with(case, wish, by=by, at=at, happened_at=happened_at)
    done_at = happened_at or at
    noted = with_taken_over(wish.note, wish.taken_by)
    note = write_note(case, Note.Kind.CLINICAL, noted, by=by, at=done_at)
    said = _net_of(wish, at=done_at)
    net = write_note(case, Note.Kind.SAFETY_NET, _net_words(wish, said), by=by, at=done_at)
    ends: dict[str, Any] = signature | {"note": note, "closed_at": done_at}
    take_step(case, Step.CLOSE, by=by, at=at, code=wish.code, happened_at=happened_at, **ends)
    CaseOutcome.objects.create(
        case=case,
        code=wish.code,
        at=done_at,
        by_id=by.user_id,
        record_viewed=wish.record_viewed,
        safety_net=net,
        note=note,
        attempt=tried,
        duplicate_of=other_case(case, wish.code, wish.duplicate_of),
        step=last_step(case, Step.CLOSE),
    )
    open_handover(case, wish.code, taken_by=wish.taken_by, by=by, at=at)
    if case.booking is not None:
        settle_booking(case, case.booking, wish.code, by=by, at=at, done_at=done_at)
    _look_again(case, wish, by=by, at=at)
    tell_closed(case, wish.safety_net, said, by=by, at=at)
    return case


def _check_pharmacy(case: Case, wish: OutcomeWish, *, at: datetime) -> None:
    """A pharmacy treats what it treats on the list of places; else the clinician says why."""
    if wish.code is not Outcome.PHARMACY or says_something(wish.note):
        return
    why_not = pharmacy_line(case.reference, at=at).why_not
    if why_not:
        raise Refused(
            f"{why_not}. If you send them there all the same, write why in the note",
            code="pharmacy",
            field="note",
        )


def _net_words(wish: OutcomeWish, said: SafetyNet | None) -> str:
    """What was written, and the sentence that was chosen."""
    return "\n".join(filter(None, [wish.safety_net, said.sentence if said else ""]))


def _spoken_with(
    case: Case, wish: OutcomeWish, *, by: Actor, at: datetime, happened_at: datetime | None
) -> ContactAttempt | None:
    """The contact that is said with the end. Whoever was seen at an appointment was met there."""
    visit = case.booking if case.state == State.BOOKED else None
    is_seen = visit is not None and not is_ahead(visit.state, visit.starts_at, at=happened_at or at)
    asks = needs_contact(Urgency(f"P{case.urgency}"), wish.code) and not is_seen
    # Somebody went to a patient whom nobody reached, and took them over from there.
    asks = asks and not (wish.code in HANDED_OVER_NOW and is_help_decided(case))
    if wish.contact is None and not asks:
        return None
    return keep_contact(case, wish.contact, by=by, at=at, happened_at=happened_at)


def _look_again(case: Case, wish: OutcomeWish, *, by: Actor, at: datetime) -> None:
    """Who closes it and wants to look again owns that; else nobody sees the patient for long."""
    settle_looks(case, How.DONE, by=by, at=at)
    if wish.again is None:
        end_disclosures(because=case.reference, by=by, at=at)
        return
    why = Why.ADVICE if wish.code is Outcome.ADVICE else Why.PLANNED
    open_look(case, why, wish.again, owner_id=by.user_id, by=by, at=at)


def _net_of(wish: OutcomeWish, *, at: datetime) -> SafetyNet | None:
    """By when it is better and where to turn, where there is a safety net that says so."""
    if wish.better_by is None or not says_something(wish.safety_net):
        return None
    return net_of(wish.better_by, wish.where, today=local_day(at))


def keep_booking(*, reference: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """A clinician looked again after a repeat contact: the appointment stays as it is."""
    case = lock_case(reference, version=version)
    check_mine(case, by=by, at=at)
    if not is_still_to_come(case, at=at):
        raise Refused("This case has no appointment to keep.", code="stale")
    return take_step(
        case,
        Step.KEEP_BOOKING,
        by=by,
        at=at,
        bookable_now=True,
        bookable_because="A clinician has looked again",
    )


def reopen(
    *, reference: str, reason: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """A closed case waits again in the hub's queue; a clinician looks anew."""
    case = lock_case(reference, version=version)
    if case.lane == Lane.HUB:
        disclose(patient=case.patient, organisation_id=case.hub_id, because=reference, by=by, at=at)
    note = write_note(case, Note.Kind.REASON, reason, by=by, at=at)
    settle_looks(case, How.RAISED, by=by, at=at)
    leave_unsaid("closed", case=reference, nor_told=True, by=by, at=at)
    return take_step(
        case,
        Step.REOPEN,
        by=by,
        at=at,
        note=note,
        closed_at=None,
        booking=None,
        urgency_status=ClassStatus.PROVISIONAL.value,
        bookable_now=False,
        bookable_because="Reopened: a clinician looks first",
    )


def _check_may_close(case: Case, wish: OutcomeWish, *, by: Actor, at: datetime) -> None:
    """Invariant 7: P0-P5 close safely by a clinician; so does who was not brought."""
    is_clinical = by.is_one_of(CLINICAL_ROLES)
    needs = {*case.patient.access_needs, *case.access_needs}
    is_brought = must_be_brought(case.patient.born_on, needs, on=local_day(at))
    missed = wish.code in {Outcome.NO_CONTACT, Outcome.NOT_BROUGHT}
    if (case.urgency <= 5 or (missed and is_brought)) and not is_clinical:
        raise Forbidden("Only a clinician can close this case.")
    at_practice = by.role is Role.DUTY and by.organisation_id == case.practice_id
    check_not_met(wish.code, is_met=wish.contact is not None)
    check_fits(wish.code, is_booked=case.booking_id is not None, at_practice=at_practice)
    check_all(
        record_fault(wish.code, wish.record_viewed),
        safety_fault(
            Urgency(f"P{case.urgency}"),
            wish.code,
            safety_net=wish.safety_net,
            taken_by=wish.taken_by,
            has_declined=last_step(case, Step.DECLINE_HELP) is not None,
        ),
    )
    check_appointment(case, wish.code, at=at)
    _check_pharmacy(case, wish, at=at)
