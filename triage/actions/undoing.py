"""Taking back the last step of a case, within seconds and by whose hand it was."""

from datetime import datetime
from typing import Any

from appointments import actions as appointments
from appointments.models import Booking
from practices.actions import disclose, take_back
from practices.models import Clinician
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict
from triage.actions.contacting import take_back_attempt, take_back_contact
from triage.actions.handing_over import owe_again, withdraw_handover
from triage.actions.reading_words import tell_unread
from triage.actions.second_looks import undo_looks
from triage.actions.settling import UNSETTLED
from triage.actions.stepping import BOOKING_WAS, LEASE, UNCLAIMED, lock_case, take_step
from triage.actions.supervised import check_supervised
from triage.actions.telling import tell_if_never_told, tell_received_after_all
from triage.actions.undoing_names import take_back_debrief
from triage.models import Case, CaseStep
from triage.queries.facts import asked_by
from triage.rules.last_call import LastCall
from triage.rules.states import MOVES, State, Step
from triage.rules.undoing import REOPENS, SAID_BY_HAND, STAYS, Done, undone_by

TIMES = frozenset(
    {"due_at", "read_due_at", "declined_at", "claimed_at", "lease_until", "closed_at"}
)

# Whoever has the case, these are undone by who did them.
STANDS_ALONE = frozenset(
    {
        Step.SIGN_CLASS,
        Step.ATTEMPT,
        Step.READ_WORDS,
        Step.ACCEPT_BACK,
        Step.ACCEPT_HANDOVER,
        Step.BOOK,
        Step.REVIEW,
    }
)


def undo_step(
    *,
    reference: str,
    version: int | None = None,
    only: Step | None = None,
    by: Actor,
    at: datetime,
) -> Case:
    """The case is as it was before my last step, and both steps stand in its history.

    What was written stays, marked as undone: the note, the safety net and the contact of a closing
    count no more (`queries/ends.py`), go into no record, and the patient is not sent them.

    `version` is the case's after that step: once anybody did anything else, nothing is undone.
    Without it `only` is the step that is meant, and has to be the last one.
    """
    case = lock_case(reference)
    last = _last_step(case, version=version, only=only)
    done = Done(
        step=Step(last.step),
        came_from=State(last.from_state),
        by_id=last.by_id,
        at=last.at,
        is_whole=bool(last.before) and _was_mine(last, by=by) and not _settled(case, last),
    )
    step = undone_by(done, by_id=by.user_id, now=at)
    if step in REOPENS:
        _unsay(case, last, by=by, at=at)
    if step is Step.UNDO_ATTEMPT:
        return take_back_attempt(case, last, by=by, at=at)
    fields = _as_before(case, last, step, by=by, at=at)
    undone = take_step(case, step, by=by, at=at, undoes=last, **fields)
    _follow(undone, last, step, by=by, at=at)
    return undone


def _follow(undone: Case, last: CaseStep, step: Step, *, by: Actor, at: datetime) -> None:
    """What the step had set going beside the case is as it was, too."""
    if step is Step.UNDO_READ:
        tell_unread(undone)
    if step is Step.UNDO_REVIEW:
        take_back_debrief(last, by=by, at=at)
    if step is Step.UNDO_ACCEPT_HANDOVER:
        owe_again(undone, last, by=by, at=at)
    if step in REOPENS:
        take_back_contact(undone, by=by, at=at)
    if step in {Step.UNDO_CLOSE, Step.UNDO_BOOK}:
        tell_received_after_all(undone, by=by, at=at)


def _last_step(case: Case, *, version: int | None, only: Step | None) -> CaseStep:
    # Calling for help while the hub is shut is part of the step that left the case to it.
    steps = CaseStep.objects.filter(case=case).exclude(code=LastCall.SHUT.value)
    last = steps.order_by("-id").first()
    if last is None or version not in {None, case.version} or only not in {None, last.step}:
        raise Conflict("Somebody has done something with this case since, so nothing was undone.")
    return last


def _as_before(
    case: Case, last: CaseStep, step: Step, *, by: Actor, at: datetime
) -> dict[str, Any]:
    """The fields the undoing gives back; whose case it is again, for a whole lease."""
    if step is Step.UNDO_BOOK:
        return _freed(case, last, by=by, at=at)
    if step is Step.UNDO_MOVE:
        return {"booking": _put_back(case, last, "changed", by=by, at=at)}
    before = {name: kept for name, kept in last.before.items() if name != BOOKING_WAS}
    fields: dict[str, Any] = {name: _value(name, kept) for name, kept in before.items()}
    if step is Step.UNDO_MISSED or (step in REOPENS and last.before.get(BOOKING_WAS) in UNSETTLED):
        fields["booking"] = _put_back(case, last, "cancelled", by=by, at=at)
    if MOVES[State(case.state), step] is not State.CLAIMED:
        return {name: value for name, value in fields.items() if name not in UNCLAIMED}
    if step in STAYS:
        return fields
    check_supervised(_me(by), hub_id=case.hub_id, at=at)
    kept_until = fields.get("lease_until") or at
    return fields | {"claimed_at": at, "lease_until": max(at + LEASE, kept_until)}


def _was_mine(last: CaseStep, *, by: Actor) -> bool:
    """Whether undoing gives me back my own case, or leaves me one that I took by mistake."""
    held = last.before.get("claimed_by_id")
    if last.step in STANDS_ALONE or last.from_state == State.BOOKED:
        known = SAID_BY_HAND.get(Step(last.step))
        return known is None or last.code in known
    if last.step in {Step.CLAIM, Step.ACCEPT_OFFER}:
        return bool(held != by.clinician_id)
    return held is not None and bool(held == by.clinician_id)


def _settled(case: Case, last: CaseStep) -> bool:
    """What became of an appointment out of my reach, with the closing, stands."""
    is_kept = BOOKING_WAS in last.before
    return last.step == Step.CLOSE and case.booking_id is not None and not is_kept


def _put_back(case: Case, last: CaseStep, news: str, *, by: Actor, at: datetime) -> Booking:
    """The patient has the old place again, and hears nothing of what was a slip."""
    was_id = last.before.get("booking_id", case.booking_id)
    assert was_id is not None, "the case was booked before"
    back = appointments.put_back(
        booking_id=case.booking_id or was_id,
        was_id=was_id,
        since=last.at,
        asked_by=asked_by(case),
        is_urgent=case.urgency <= 3,
        by=by,
        at=at,
    )
    if last.before.get(BOOKING_WAS) == "arrived":
        back = appointments.mark_arrived(booking_id=back.pk, by=by, at=at)
    take_back(news, case=case.reference, since=last.at, by=by, at=at)
    if back.starts_at > at:
        tell_if_never_told(back, case, since=last.at, known_by=back.starts_at, by=by, at=at)
    return back


def _freed(case: Case, last: CaseStep, *, by: Actor, at: datetime) -> dict[str, Any]:
    """The place is free for others, and the patient, who was on the line, reads of it nowhere."""
    assert case.booking is not None, "a booked case has its booking"
    if case.booking.state != "booked":
        raise Conflict("The patient is at the appointment already, so nothing was undone.")
    take_back("confirmed", case=case.reference, since=last.at, by=by, at=at)
    appointments.cancel(booking_id=case.booking.pk, because="undone", by=by, at=at)
    # Who was called for the case while it waited has been called.
    return {"booking_id": last.before["booking_id"], "escalated": case.escalated}


def _me(by: Actor) -> Clinician:
    return Clinician.objects.get(pk=by.clinician_id or 0)


def _unsay(case: Case, last: CaseStep, *, by: Actor, at: datetime) -> None:
    """What the closing set going outside the case: the text, what is owed, who may see."""
    take_back("closed", case=case.reference, since=last.at, by=by, at=at)
    withdraw_handover(case, since=last.at, by=by, at=at)
    undo_looks(case, since=last.at, by=by, at=at)
    disclose(
        patient=case.patient, organisation_id=case.hub_id, because=case.reference, by=by, at=at
    )


def _value(name: str, kept: object) -> object:
    """The field's value from what the step kept."""
    return datetime.fromisoformat(kept) if name in TIMES and isinstance(kept, str) else kept
