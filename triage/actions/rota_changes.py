"""Changing a session with patients in it: whoever is displaced is in the queue again at once."""

from collections.abc import Collection
from datetime import datetime

from appointments.actions import OverrideWish, rota_changes
from appointments.models import Booking
from appointments.queries.rota_changes import LIVE, Affected, ChangeWish, Effect
from practices.doors import everywhere
from practices.rules.reach import Actor
from practices.rules.refusals import VersionMoved
from triage.actions.case_wish import CaseWish
from triage.actions.stepping import take_step
from triage.actions.submitting import submit
from triage.actions.telling import tell_of
from triage.models import Case
from triage.rules.codes import Channel, Need
from triage.rules.states import State, Step

WORDS = "The session of an appointment planned ahead was changed: needs another place."


def change_session(
    *,
    session_id: int,
    wish: ChangeWish,
    version: int | None = None,
    override: OverrideWish | None = None,
    by: Actor,
    at: datetime,
) -> Effect:
    """The session is as wished; every case in it stays, moves with its booking, or waits again."""
    cases = lock_cases_in([session_id])
    effect = rota_changes.change_session(
        session_id=session_id, wish=wish, version=version, override=override, by=by, at=at
    )
    check_all_locked(effect, cases)
    for moved in effect.moves:
        _follow(moved, cases.get(moved.case_ref), by=by, at=at)
    for gone in effect.displaced:
        if gone.state != "held":
            case = cases.get(gone.case_ref)
            requeue(gone, case, by=by, at=at)
            booking = Booking.objects.select_related("patient").get(pk=gone.booking_id)
            tell_of(booking, case, "displaced", known_by=booking.starts_at, by=by, at=at)
    return effect


def lock_cases_in(session_ids: Collection[int]) -> dict[str, Case]:
    """The cases booked into the sessions by reference, locked in order before any slot is."""
    booked = Booking.objects.filter(slot__session__in=session_ids, state__in=LIVE)
    found = Case.objects.select_for_update(of=("self",)).select_related("patient", "booking")
    rows = found.filter(reference__in=booked.values("case_ref")).order_by("pk")
    return {case.reference: case for case in rows}


def check_all_locked(effect: Effect, cases: dict[str, Case]) -> None:
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
    tell_of(new, case, "changed", known_by=min(old.starts_at, new.starts_at), by=by, at=at)


def requeue(gone: Affected, case: Case | None, *, by: Actor, at: datetime) -> Case:
    """The case waits with its old due time; an appointment planned ahead becomes a case."""
    if case is None:
        # A hub sees what was planned with it; whose it is, it sees once there is a case.
        with everywhere(because="what was planned is a case of its practice", at=at):
            return _case_of_planned(gone.booking_id, by=by, at=at)
    if case.state == State.BOOKED and case.booking_id == gone.booking_id:
        take_step(case, Step.UNBOOK, by=by, at=at, code="displaced", booking=None)
    return case


def _case_of_planned(booking_id: int, *, by: Actor, at: datetime) -> Case:
    booking = Booking.objects.get(pk=booking_id)
    wish = CaseWish(
        booking.patient_id,
        Need(booking.reason),
        channel=Channel.OTHER,
        words=WORDS,
        asked_by_nobody=True,
    )
    return submit(wish=wish, by=by, at=at)
