"""A clinician has gone home: every patient of the rest of the list gets a new home, none is lost.

Two steps. Whoever says so ends the list: nobody can be booked into it any more, and everybody in it
waits in the queue again with the old due time. Then the planner places as many as it can; the rest
is called for at the duty clinician, or keeps waiting. Patients hear only what has happened.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from appointments.actions import rota_changes
from appointments.actions.cover import end_cover_of
from appointments.actions.moves import OVERLAPS
from appointments.models import Booking, DayLoad, Session, Slot
from practices import audit
from practices.actions.reading import log_seen
from practices.clock import local_day
from practices.models import Clinician
from practices.outbox import later
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Forbidden, Refused
from practices.rules.roles import Role
from triage.actions.automatic import place_case
from triage.actions.rota_changes import check_all_locked, lock_cases_in, requeue
from triage.actions.stepping import lock_case, take_step
from triage.actions.supervising import gone_without_a_word
from triage.actions.telling import tell_of
from triage.models import Case, GoneHome, Rehoming
from triage.queries.gone_home_preview import (
    Preview,
    is_there_until,
    preview_gone_home,
    sessions_left,
    wish_to_end,
)
from triage.queries.replaced import professions_replaced
from triage.queries.unsupervised import led_today
from triage.rules.foreseen import Foreseen
from triage.rules.states import State, Step

TELLERS = frozenset({Role.PRACTICE_MANAGER, Role.RECEPTIONIST, Role.SUPERVISOR})
# P0 to P3, and whoever sits in the waiting room, are somebody's to call now.
CALLED_NOW = 3
BECAUSE = "clinician_left"
# A slip is seen at once: until then no text has left, and the list can be taken back whole.
GRACE = timedelta(minutes=2)


def go_home(
    *,
    clinician_id: int,
    from_at: datetime,
    reason: str,
    foreseen: Mapping[int, Foreseen] | None = None,
    by: Actor,
    at: datetime,
) -> GoneHome:
    """The rest of the clinician's list is over, and every patient of it has a line of their own.

    `foreseen` is what the page showed before, by booking: what comes of it is compared with that.
    """
    sessions = _sessions_left(clinician_id, from_at, by=by, at=at)
    assert by.organisation_id is not None, "whoever may say so acts in an organisation"
    if not any(letter.isalnum() for letter in reason):
        raise Refused("Enter why the clinician has left", code="required", field="reason")
    paused = _pause_lists(clinician_id, from_at, by=by, at=at)
    cases = lock_cases_in([session.pk for session in sessions])
    rota_changes.lock_sessions([session.pk for session in sessions], queue=by.organisation_id)
    left = GoneHome.objects.create(
        organisation_id=by.organisation_id,
        clinician_id=clinician_id,
        from_at=max(from_at, at),
        reason=reason[:200],
        said_at=at,
        said_by_id=by.user_id,
        foreseen={str(pk): one.kept() for pk, one in (foreseen or {}).items()},
    )
    used, kept = _used(clinician_id, at=at), [_kept(session) for session in sessions]
    left.ended = {"used": used, "sessions": kept, "paused": paused}
    for session in sessions:
        _end(session, left, cases, by=by, at=at)
    left.ended["cover"] = _end_cover(left, by=by, at=at)
    left.save(update_fields=["ended"])
    later("triage.tasks.rehome", at=at, gone_home_id=left.pk)
    audit.write(
        "clinician.left", entity="clinician", entity_id=clinician_id, by=by, at=at, list=left.pk
    )
    return left


def _end_cover(left: GoneHome, *, by: Actor, at: datetime) -> list[list[object]]:
    """The clinician answers for the queue no longer; each row and its end as it was."""
    whose = {"clinician_id": left.clinician_id, "organisation_id": left.organisation_id}
    cover = end_cover_of(**whose, from_at=left.from_at, by=by, at=at)
    return [[pk, ends_at.isoformat()] for pk, ends_at in cover.items()]


def _pause_lists(clinician_id: int, from_at: datetime, *, by: Actor, at: datetime) -> bool:
    """Whom the clinician supervises at the hub nobody supervises now; whether that is so.

    First, in the order of the locks: what these people have in hand waits again. Who works there
    until a later time supervises until then, and the sweep sees their session end.
    """
    hub_id = by.organisation_id
    if hub_id is None or is_there_until(clinician_id, hub_id=hub_id, from_at=from_at, at=at):
        return False
    gone = gone_without_a_word(hub_id=hub_id, supervisor_id=clinician_id, by=by, at=at)
    return gone is not None


def _end(
    session: Session, left: GoneHome, cases: dict[str, Case], *, by: Actor, at: datetime
) -> None:
    """The session is over, and whoever was booked into the rest waits, with a line."""
    wish = wish_to_end(session, left.from_at)
    effect = rota_changes.change_session(
        session_id=session.pk, wish=wish, version=None, by=by, at=at
    )
    check_all_locked(effect, cases)
    for gone in effect.displaced:
        if gone.state != "held":
            case = requeue(gone, cases.get(gone.case_ref), by=by, at=at)
            _write_line(left, case, gone.booking_id, was_here=gone.state == "arrived")


def settle(
    *,
    rehoming_id: int,
    slot_id: int | None,
    reasons: Sequence[dict[str, object]],
    by: Actor,
    at: datetime,
) -> Rehoming:
    """The patient is placed, or with the duty clinician, or waits; done twice, it is done once."""
    reference = Rehoming.objects.values_list("case__reference", flat=True).get(pk=rehoming_id)
    case = lock_case(reference)
    line = (
        Rehoming.objects.select_for_update(of=("self",))
        .select_related("case", "was__clinician")
        .get(pk=rehoming_id)
    )
    if line.outcome != Rehoming.Outcome.PENDING:
        return line
    line.why, line.settled_at = list(reasons), at
    line.outcome = _settle(case, line, slot_id, by=by, at=at)
    line.save()
    audit.write(
        f"rehomed.{line.outcome}", entity="case", entity_id=reference, by=by, at=at, was=line.was_id
    )
    return line


def finish(*, gone_home_id: int, result: dict[str, object], by: Actor, at: datetime) -> GoneHome:
    """Every patient of the list has an outcome; the plan's certificate is kept beside it."""
    left = GoneHome.objects.select_for_update().get(pk=gone_home_id)
    if left.settled_at is None:
        pending = left.patients.filter(outcome=Rehoming.Outcome.PENDING)
        assert not pending.exists(), "a list is finished when nobody of it is left"
        left.settled_at, left.result = at, result
        left.save(update_fields=["settled_at", "result"])
    return left


def preview_list(*, clinician_id: int, from_at: datetime, by: Actor, at: datetime) -> Preview:
    """What saying so would do, with the same refusals; on record whose names it showed."""
    sessions = _sessions_left(clinician_id, from_at, by=by, at=at)
    found = preview_gone_home(
        clinician_id=clinician_id, sessions=sessions, from_at=max(from_at, at), at=at
    )
    log_seen(found.patient_ids, page="gone_home", by=by, at=at)
    hub_id = by.organisation_id or 0
    if is_there_until(clinician_id, hub_id=hub_id, from_at=from_at, at=at):
        return found
    return replace(found, pauses=tuple(led_today(hub_id, at=at).get(clinician_id, [])))


def _sessions_left(
    clinician_id: int, from_at: datetime, *, by: Actor, at: datetime
) -> Collection[Session]:
    if not by.is_one_of(TELLERS) or by.organisation_id is None:
        raise Forbidden("Only the clinician's own organisation ends their list.")
    if not Clinician.objects.filter(pk=clinician_id).exists():
        raise Absent
    if local_day(from_at) != local_day(at):
        raise Refused("Only today's list can be ended here.", code="not_today", field="from_at")
    sessions = sessions_left(
        clinician_id,
        organisation_id=by.organisation_id,
        from_at=from_at,
        at=at,
    )
    if not sessions and clinician_id not in led_today(by.organisation_id, at=at):
        raise Conflict("This clinician has no sessions left here today.")
    return sessions


def _used(clinician_id: int, *, at: datetime) -> int:
    """The clinician's points of today, before anybody leaves."""
    load = DayLoad.objects.filter(clinician=clinician_id, day=local_day(at)).first()
    return load.held + load.booked + load.logged if load else 0


def _kept(session: Session) -> dict[str, object]:
    """What brings the session back, while nobody else has changed it."""
    open_now = session.slots.filter(status=Slot.Status.OPEN).order_by("pk")
    return {
        "session": session.pk,
        "ends_at": session.ends_at.isoformat(),
        "version": session.version + 1,
        "slots": list(open_now.values_list("pk", flat=True)),
    }


def _write_line(left: GoneHome, case: Case, booking_id: int, *, was_here: bool) -> None:
    Rehoming.objects.create(
        gone_home=left,
        practice_id=case.practice_id,
        organisation_id=left.organisation_id,
        case=case,
        was_id=booking_id,
        was_here=was_here,
    )


def _settle(
    case: Case, line: Rehoming, slot_id: int | None, *, by: Actor, at: datetime
) -> Rehoming.Outcome:
    if case.state != State.WAITING:
        _tell_of_gone(case, line, by=by, at=at)
        return Rehoming.Outcome.TAKEN
    if slot_id is not None:
        try:
            with transaction.atomic(), double_booking_refused():
                line.now = place_case(
                    case,
                    slot_id=slot_id,
                    because=BECAUSE,
                    reasons=line.why,
                    replaces=professions_replaced([line]).get(line.pk),
                    by=by,
                    at=at,
                )
                _tell(line.now, case, "changed", line.was, by=by, at=at)
        except Refused as refusal:
            line.why = [{"code": refusal.code, "text": str(refusal)}]
        else:
            return Rehoming.Outcome.PLACED
    case = lock_case(case.reference)
    _tell(line.was, case, "displaced", line.was, by=by, at=at)
    if line.was_here or case.urgency <= CALLED_NOW:
        take_step(case, Step.CALL_FOR_HELP, by=by, at=at, code=BECAUSE, escalated=50)
        return Rehoming.Outcome.DUTY
    return Rehoming.Outcome.QUEUE


def _tell(
    booking: Booking, case: Case, kind: str, was: Booking, *, by: Actor, at: datetime
) -> None:
    """The patient hears after the grace, and before they set out for the old time or the new."""
    known_by = min(was.starts_at, booking.starts_at)
    tell_of(booking, case, kind, not_before=at + GRACE, known_by=known_by, by=by, at=at)


def _tell_of_gone(case: Case, line: Rehoming, *, by: Actor, at: datetime) -> None:
    """Whoever was not told of another appointment hears that the old one cannot go ahead."""
    if case.state == State.BOOKED:
        return
    # Nobody will contact the patient of a case that is closed.
    kind = "cancelled" if case.state == State.CLOSED else "displaced"
    tell_of(line.was, case, kind, known_by=line.was.starts_at, by=by, at=at)


@contextmanager
def double_booking_refused() -> Iterator[None]:
    """A place at a time when the patient is expected elsewhere is refused like any other."""
    try:
        yield
    except IntegrityError as clash:
        diagnosis = getattr(clash.__cause__, "diag", None)
        if diagnosis is None or diagnosis.constraint_name != "patient_in_one_place":
            raise
        raise Conflict(OVERLAPS, code="duplicate") from clash
