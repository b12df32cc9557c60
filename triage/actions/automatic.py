"""A place found by the planner is taken without a person's click: explained, on record, undoable.

Everything is asked again under lock, as if a receptionist had chosen it, and the receiving
clinician's limit binds whatever the practice's mode.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from appointments import actions as appointments
from appointments.actions import Terms
from appointments.models import Booking
from practices.rules.professions import Profession
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict
from triage.actions.placing import cancel_booking, case_and_booking, wanted_for
from triage.actions.settling import check_not_expected
from triage.actions.stepping import is_leased, lock_case, take_step
from triage.actions.telling import tell_of
from triage.models import Case, RouteDecision
from triage.queries.options import holds_of, live_hold, verdict
from triage.queries.untold import AUTOMATIC
from triage.queries.waiting_cases import arranged_by_people, told_by_people
from triage.rules.routing import Option
from triage.rules.states import State, Step

UNDO_FOR = timedelta(minutes=15)


def place_case(
    case: Case,
    *,
    slot_id: int,
    because: str,
    reasons: Sequence[dict[str, object]],
    replaces: Profession | None = None,
    method: str = AUTOMATIC,
    by: Actor,
    at: datetime,
) -> Booking:
    """The locked, waiting case is booked into the slot, or `Refused`; the caller tells.

    The method says who found the place: what a person agreed with the patient no machine moves.
    """
    _check_unowned(case, at=at)
    check_not_expected(case, at=at)
    _check_for_machines(arranged_by_people(case))
    line = verdict(case, slot_id, own_hold=None, replaces=replaces, at=at)
    if not isinstance(line, Option):
        raise Conflict(line.text if line else "There is no such appointment.")
    overflow = line.overflow.value if line.overflow else "own_full"
    terms = Terms(never_past_limit=True, overflow_reason=overflow, method=method)
    booking = appointments.book_slot(
        slot_id=slot_id, wanted=wanted_for(case), terms=terms, by=by, at=at
    )
    RouteDecision.objects.create(
        case=case,
        at=at,
        by_id=by.user_id,
        chosen={"slot": slot_id, "because": because, "reasons": list(reasons)},
        offered=[reason.code for reason in line.reasons],
    )
    take_step(case, Step.BOOK, by=by, at=at, code=because, booking=booking)
    return booking


def place_waiting(
    *,
    reference: str,
    slot_id: int,
    reasons: Sequence[dict[str, object]],
    by: Actor,
    at: datetime,
) -> Booking:
    """A case of the queue, whose patient was told of no time yet, is booked and told."""
    case = lock_case(reference)
    _check_for_machines(told_by_people(case))
    booking = place_case(case, slot_id=slot_id, because="planned", reasons=reasons, by=by, at=at)
    tell_of(booking, case, "confirmed", known_by=booking.starts_at, by=by, at=at)
    return booking


def undo_placement(*, public_id: str, by: Actor, at: datetime) -> Case:
    """The case waits again in its old place in the queue, for 15 minutes after it was placed."""
    _, booking = case_and_booking(public_id)
    if booking.method != AUTOMATIC or booking.state != "booked":
        raise Conflict("There is nothing to undo: cancel the booking instead.")
    if booking.booked_at is None or at > booking.booked_at + UNDO_FOR:
        raise Conflict("A placement can be undone for 15 minutes. Cancel the booking instead.")
    return cancel_booking(public_id=public_id, because="undone", by=by, at=at)


def _check_unowned(case: Case, *, at: datetime) -> None:
    """Nobody has the case, and nobody is finding it a place."""
    is_held = live_hold(holds_of(case), at=at) is not None
    if case.state != State.WAITING or is_leased(case, at=at) or is_held:
        raise Conflict("Somebody is looking after this case now.", code="claimed")


def _check_for_machines(why_not: str) -> None:
    """No person is needed for this patient's place."""
    if why_not:
        raise Conflict(f"A person finds this patient a place. {why_not}.", code="for_people")
