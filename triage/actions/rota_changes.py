"""Changing a session with patients in it: whoever is displaced is in the queue again at once."""

from datetime import datetime

from appointments.actions import rota_changes
from appointments.models import Booking
from appointments.queries.rota_changes import LIVE, Affected, ChangeWish, Effect
from practices.rules.reach import Actor
from practices.rules.refusals import VersionMoved
from triage.actions.placing import tell_of
from triage.actions.stepping import take_step
from triage.actions.submitting import CaseWish, submit
from triage.models import Case
from triage.rules.codes import Channel, Need
from triage.rules.states import State, Step

WORDS = "The session of an appointment planned ahead was changed: needs another place."


def change_session(
    *, session_id: int, wish: ChangeWish, version: int | None = None, by: Actor, at: datetime
) -> Effect:
    """The session is as wished; every case in it stays, moves with its booking, or waits again."""
    cases = _locked_cases(session_id)
    effect = rota_changes.change_session(
        session_id=session_id, wish=wish, version=version, by=by, at=at
    )
    _check_all_locked(effect, cases)
    for moved in effect.moves:
        _follow(moved, cases.get(moved.case_ref), by=by, at=at)
    for gone in effect.displaced:
        if gone.state != "held":
            _requeue(gone, cases.get(gone.case_ref), by=by, at=at)
    return effect


def _locked_cases(session_id: int) -> dict[str, Case]:
    """The cases booked into the session by reference, locked in order before any slot is."""
    booked = Booking.objects.filter(slot__session_id=session_id, state__in=LIVE)
    found = Case.objects.select_for_update(of=("self",)).select_related("patient", "booking")
    rows = found.filter(reference__in=booked.values("case_ref")).order_by("pk")
    return {case.reference: case for case in rows}


def _check_all_locked(effect: Effect, cases: dict[str, Case]) -> None:
    """Somebody booked in between our look at the cases and our lock on the slots is not lost."""
    named = {one.case_ref for one in (*effect.moves, *effect.displaced) if one.state != "held"}
    if named - {""} - cases.keys():
        raise VersionMoved("Somebody was booked into this session just now. Look again.")


def _follow(moved: Affected, case: Case | None, *, by: Actor, at: datetime) -> None:
    """The case goes where its booking went, and the patient is told."""
    assert moved.to is not None, "what moved has a new time"
    old = Booking.objects.get(pk=moved.booking_id)
    new = Booking.objects.get(
        case_ref=old.case_ref,
        patient_id=old.patient_id,
        slot__session_id=old.slot.session_id,
        state="booked",
        starts_at=moved.to,
    )
    if case is not None and case.state == State.BOOKED and case.booking_id == old.pk:
        take_step(case, Step.MOVE_BOOKING, by=by, at=at, code="session_changed", booking=new)
    tell_of(new, case, "changed", by=by, at=at)


def _requeue(gone: Affected, case: Case | None, *, by: Actor, at: datetime) -> None:
    """The case waits with its old due time; an appointment planned ahead becomes a case."""
    booking = Booking.objects.select_related("patient").get(pk=gone.booking_id)
    if case is None:
        need = Need(booking.reason)
        wish = CaseWish(booking.patient_id, need, channel=Channel.OTHER, words=WORDS)
        submit(wish=wish, by=by, at=at)
    elif case.state == State.BOOKED and case.booking_id == booking.pk:
        take_step(case, Step.UNBOOK, by=by, at=at, code="displaced", booking=None)
    tell_of(booking, case, "displaced", by=by, at=at)
