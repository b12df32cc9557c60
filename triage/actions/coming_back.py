"""The clinician is back, or never left: what ending the list did is undone, as far as it can be.

For 15 minutes, and for each patient only while nothing about it has been said: who was told of a
new time keeps that time. Every place is taken again with the checks of any booking, under locks.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from appointments import actions as appointments
from appointments.actions import OverrideWish, Terms
from appointments.actions.cover import resume_cover
from appointments.actions.locks import lock_places
from appointments.actions.rota_changes import lock_sessions, reopen_session
from appointments.models import Booking, DayLoad
from practices import audit
from practices.actions import take_back
from practices.models import Message
from practices.queries import limits_on
from practices.rules.message_words import OF_AN_APPOINTMENT
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Forbidden, Refused
from triage.actions.automatic import UNDO_FOR
from triage.actions.gone_home import TELLERS, double_booking_refused
from triage.actions.placing import wanted_for
from triage.actions.settling import check_not_expected
from triage.actions.stepping import is_leased, take_step
from triage.actions.supervising import back_without_a_word
from triage.actions.telling import news_after, tell_of
from triage.models import Case, GoneHome, Rehoming
from triage.queries.may_return import heard_since
from triage.queries.options import holds_of, live_hold
from triage.rules.states import State, Step

CAME_BACK = OverrideWish("service_failure", "The clinician is back")
BECAUSE = "clinician_back"


def take_list_back(*, public_id: UUID | str, by: Actor, at: datetime) -> GoneHome:
    """The sessions go on; whoever was told nothing is in the old place; the others are listed."""
    found = GoneHome.objects.filter(public_id=public_id).first()
    if found is None:
        raise Absent
    _check_may_take_back(found, by=by, at=at)
    cases = _lock_cases(found)
    left = GoneHome.objects.select_for_update().get(pk=found.pk)
    if left.taken_back_at is not None:
        raise Conflict("This list was taken back already.")
    lines = list(
        Rehoming.objects.select_for_update(of=("self",))
        .select_related("was", "now")
        .filter(gone_home=left)
        .order_by("was__starts_at", "id")
    )
    _reopen(left, lines, by=by, at=at)
    for line in lines:
        _bring_back(line, cases[line.case_id], left, by=by, at=at)
    _resume_cover(left, by=by, at=at)
    if left.ended.get("paused"):
        whose = {"hub_id": left.organisation_id, "supervisor_id": left.clinician_id}
        back_without_a_word(**whose, by=by, at=at)
    left.taken_back_at, left.taken_back_by_id = at, by.user_id
    left.save(update_fields=["taken_back_at", "taken_back_by"])
    audit.write(
        "clinician.back",
        entity="clinician",
        entity_id=left.clinician_id,
        by=by,
        at=at,
        list=left.pk,
    )
    return left


def _reopen(left: GoneHome, lines: Collection[Rehoming], *, by: Actor, at: datetime) -> None:
    """The sessions go on; whatever slot is touched is locked before any of them is."""
    sessions = left.ended["sessions"]
    lock_sessions([one["session"] for one in sessions], queue=left.organisation_id)
    _lock_slots(lines, {pk for one in sessions for pk in one["slots"]}, at=at)
    for one in sessions:
        reopen_session(
            session_id=one["session"],
            ends_at=datetime.fromisoformat(one["ends_at"]),
            slot_ids=one["slots"],
            version=one["version"],
            by=by,
            at=at,
        )


def _check_may_take_back(left: GoneHome, *, by: Actor, at: datetime) -> None:
    if not by.is_one_of(TELLERS) or by.organisation_id != left.organisation_id:
        raise Forbidden("Only the clinician's own organisation takes their list back.")
    if at > left.said_at + UNDO_FOR:
        raise Conflict("A list can be taken back for 15 minutes. Publish a new session instead.")
    if not left.ended:
        raise Conflict("This list ended before lists could be taken back.")


def _lock_cases(left: GoneHome) -> dict[int, Case]:
    found = Case.objects.select_for_update(of=("self",)).select_related("patient", "booking")
    mine = found.filter(pk__in=left.patients.values("case")).order_by("pk")
    return {case.pk: case for case in mine}


def _lock_slots(lines: Collection[Rehoming], withdrawn: Collection[int], *, at: datetime) -> None:
    """Old and new, and the second ones of doubles, in order, before any of them is touched."""
    bookings = [one for line in lines for one in (line.was, line.now) if one is not None]
    ids = {pk for one in bookings for pk in (one.slot_id, one.second_slot_id) if pk is not None}
    lock_places({*ids, *withdrawn}, practice_ids={line.practice_id for line in lines}, at=at)


def _resume_cover(left: GoneHome, *, by: Actor, at: datetime) -> None:
    """The clinician answers for the queue again, as far as it was kept who did."""
    ends = {pk: datetime.fromisoformat(ends_at) for pk, ends_at in left.ended.get("cover", ())}
    resume_cover(ends, from_at=left.from_at, ended_at=left.said_at, by=by, at=at)


def _bring_back(line: Rehoming, case: Case, left: GoneHome, *, by: Actor, at: datetime) -> None:
    """The patient is in the old place again; or stays, and the line says why."""
    try:
        with transaction.atomic(), double_booking_refused():
            _check_unmoved(line, case, at=at)
            _check_not_spoken_with(case, left)
            _unsay(case, left, by=by, at=at)
            booking = _old_place(line, case, by=by, at=at)
            _check_no_fuller(left, booking)
    except Refused as refusal:
        line.why = [*line.why, {"code": "stays", "text": str(refusal)}]
        line.save(update_fields=["why"])
        case.refresh_from_db()
        return
    line.outcome, line.now, line.settled_at = Rehoming.Outcome.BACK, booking, at
    line.save()
    _tell_if_never_told(line, case, booking, left, by=by, at=at)
    audit.write(
        "rehomed.back", entity="case", entity_id=case.reference, by=by, at=at, was=line.was_id
    )


def _check_unmoved(line: Rehoming, case: Case, *, at: datetime) -> None:
    """The case is where ending the list has put it, and in nobody's hands."""
    if line.outcome == Rehoming.Outcome.PLACED:
        if case.state != State.BOOKED or case.booking_id != line.now_id:
            raise Conflict("Somebody has changed the new appointment since.")
        return
    is_held = live_hold(holds_of(case), at=at) is not None
    if case.state != State.WAITING or is_leased(case, at=at) or is_held:
        raise Conflict("Somebody is looking after this patient now.")
    check_not_expected(case, at=at)


def _check_not_spoken_with(case: Case, left: GoneHome) -> None:
    """Whoever heard on the phone that the list is over does not come at the old time."""
    if heard_since(case_ids=[case.pk], since=left.said_at).exists():
        raise Conflict("Somebody has spoken with this patient since, or written to them.")


def _unsay(case: Case, left: GoneHome, *, by: Actor, at: datetime) -> None:
    """Nothing of what was to be said about it leaves any more; it is refused once some has."""
    since = Message.objects.filter(case_ref=case.reference, queued_at__gte=left.said_at)
    if since.exclude(taken_at=None).exists():
        raise Conflict("Somebody is telling the patient this already, so it stands.")
    for kind in ("changed", "displaced"):
        take_back(kind, case=case.reference, since=left.said_at, by=by, at=at)


def _old_place(line: Rehoming, case: Case, *, by: Actor, at: datetime) -> Booking:
    """The old slot is booked again, the new one free."""
    was = line.was
    if line.now is not None:
        made = appointments.move(
            booking_id=line.now.pk,
            to_slot_id=was.slot_id,
            because="undone",
            is_urgent=case.urgency <= 3,
            overflow_reason=was.overflow_reason,
            override=CAME_BACK,
            by=by,
            at=at,
        )
        booking = made.to_booking
        take_step(case, Step.MOVE_BOOKING, by=by, at=at, code=BECAUSE, booking=booking)
        return booking
    terms = Terms(override=CAME_BACK, overflow_reason=was.overflow_reason, method=was.method)
    booking = appointments.book_slot(
        slot_id=was.slot_id, wanted=wanted_for(case), terms=terms, by=by, at=at
    )
    take_step(case, Step.BOOK, by=by, at=at, code=BECAUSE, booking=booking)
    if line.was_here:
        booking = appointments.mark_arrived(booking_id=booking.pk, by=by, at=at)
    return booking


def _check_no_fuller(left: GoneHome, booking: Booking) -> None:
    """The clinician's day is at most as full as it was; the booking has its row locked."""
    load = DayLoad.objects.get(clinician_id=left.clinician_id, day=booking.day)
    limit = limits_on([left.clinician_id], on=booking.day)[left.clinician_id]
    most = max(left.ended["used"], limit.effective.points)
    if load.held + load.booked + load.logged > most:
        raise Conflict("The clinician's day has filled up since.")


def _tell_if_never_told(
    line: Rehoming, case: Case, booking: Booking, left: GoneHome, *, by: Actor, at: datetime
) -> None:
    """Whoever knows the old time hears nothing; whose news of it never left hears it now.

    The newest decides: whose move had not been said before the list ended knows an older time.
    """
    if not line.was.case_ref:
        return
    earlier = Message.objects.filter(
        case_ref=case.reference, kind__in=OF_AN_APPOINTMENT, queued_at__lt=left.said_at
    )
    newest = earlier.order_by("pk").last()
    if newest is None or newest.state == Message.State.SUPERSEDED:
        tell_of(booking, case, news_after(earlier), known_by=booking.starts_at, by=by, at=at)
