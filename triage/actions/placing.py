"""Finding a case a place: hold, book, move and cancel, each with the case's own step."""

from datetime import datetime

from appointments import actions as appointments
from appointments.actions import OverrideWish, Terms, Wanted
from appointments.models import Booking
from appointments.queries import booking_row, practice_meter
from practices.clock import local_day
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Refused, VersionMoved
from practices.rules.roles import CLINICAL_ROLES
from triage.actions.booking_twice import check_only_one
from triage.actions.claiming import check_mine
from triage.actions.holding import let_other_holds_go, lock_with_holds, slot_wanted
from triage.actions.passing_over import check_line
from triage.actions.routes import is_at_hub, note_booking, overflow_of
from triage.actions.settling import check_not_expected
from triage.actions.stepping import is_leased, lock_case, take_step, write_note
from triage.actions.telling import tell_of
from triage.models import Case, Note
from triage.queries.facts import asked_by
from triage.queries.options import holds_of, judged, live_hold, verdict
from triage.rules.no_longer import SAID_BY_PATIENT, says, unbooked
from triage.rules.states import State, Step
from triage.rules.undoing import UNDO_FOR


def hold(
    *, reference: str, slot_id: int, override: OverrideWish | None = None, by: Actor, at: datetime
) -> Booking:
    """The slot's place is kept for the case for two minutes; again extends it, five at most.

    A case holds one place at a time: what it held elsewhere is free again.
    """
    case = _unplaced(reference, by=by, at=at)
    holds = holds_of(case)
    line = verdict(case, slot_id, own_hold=live_hold(holds, at=at), at=at)
    check_line(case, slot_id, line, override, by=by, at=at)
    lock_with_holds(case, slot_id, holds, at=at)
    held = appointments.hold_slot(
        slot_id=slot_id, wanted=wanted_for(case), by=by, at=at, override=override
    )
    let_other_holds_go(holds, held, by=by, at=at)
    return held


def let_go(*, reference: str, by: Actor, at: datetime) -> Case:
    """The case holds no place any more; twice is no trouble."""
    case = _placeable(reference, by=by, at=at)
    let_other_holds_go(holds_of(case), None, by=by, at=at)
    return case


def book(
    *,
    reference: str,
    hold_id: str | None = None,
    slot_id: int | None = None,
    overflow_reason: str = "",
    method: str = "phone",
    override: OverrideWish | None = None,
    overlap: OverrideWish | None = None,
    by: Actor,
    at: datetime,
    happened_at: datetime | None = None,
) -> Booking:
    """The case is booked into the held place, or into the slot at once; the patient is told."""
    case = _unplaced(reference, by=by, at=at)
    holds = holds_of(case)
    held = _held(case, holds, hold_id=hold_id, slot_id=slot_id, at=at)
    wanted_slot = slot_wanted(held, slot_id)
    found = judged(case, wanted_slot, own_hold=live_hold(holds, at=at), at=happened_at or at)
    line = found.line if found else None
    if held is None:
        check_line(case, wanted_slot, line, override, by=by, at=at)
    at_hub = held.hub_id is not None if held else line is not None and is_at_hub(line)
    terms = Terms(
        override=override,
        overlap=overlap,
        overflow_reason=overflow_of(line, overflow_reason) if at_hub else "",
        method=method,
        made_at=happened_at,
        meter=practice_meter(case.practice_id, day=local_day(at)).as_facts() if at_hub else {},
    )
    lock_with_holds(case, wanted_slot, holds, at=at)
    booking = _take(case, held, wanted_slot, terms, by=by, at=at)
    let_other_holds_go(holds, booking, by=by, at=at)
    note_booking(case, booking, found, by=by, at=at)
    why = booking.overflow_reason
    take_step(case, Step.BOOK, by=by, at=at, code=why, booking=booking, happened_at=happened_at)
    if booking.starts_at > at:
        tell_of(booking, case, "confirmed", by=by, at=at)
    return booking


def cancel_booking(
    *,
    public_id: str,
    because: str,
    words: str = "",
    version: int | None = None,
    by: Actor,
    at: datetime,
    told: bool = True,
) -> Case:
    """The booking is cancelled; its case goes back to the queue with its old due time."""
    case, booking = case_and_booking(public_id, version=version)
    write_note(case, Note.Kind.REASON, words, by=by, at=at)
    if case.state == State.BOOKED and case.booking_id == booking.pk:
        take_step(case, Step.UNBOOK, by=by, at=at, **unbooked(because, case.due_at, at=at))
    appointments.cancel(booking_id=booking.pk, because=because, by=by, at=at)
    if told:
        is_heard = because in SAID_BY_PATIENT
        read_by = case.due_at if says(because) else None
        tell_of(booking, case, "cancelled", is_heard=is_heard, read_by=read_by, by=by, at=at)
    return case


def move_booking(
    *,
    public_id: str,
    to_slot_id: int,
    because: str,
    words: str = "",
    version: int | None = None,
    override: OverrideWish | None = None,
    by: Actor,
    at: datetime,
    happened_at: datetime | None = None,
) -> Booking:
    """The patient's place is in another slot, in one step, and the patient is told of it."""
    case, booking = case_and_booking(public_id, version=version)
    write_note(case, Note.Kind.REASON, words, by=by, at=happened_at or at)
    line = verdict(
        case, to_slot_id, own_hold=live_hold(holds_of(case), at=at), at=happened_at or at
    )
    check_line(case, to_slot_id, line, override, by=by, at=at)
    made = appointments.move(
        booking_id=booking.pk,
        to_slot_id=to_slot_id,
        because=because,
        is_urgent=case.urgency <= 3,
        overflow_reason=overflow_of(line, "patient_choice"),
        override=override,
        made_at=happened_at,
        asked_by=asked_by(case),
        by=by,
        at=at,
    )
    new, then = made.to_booking, happened_at
    take_step(case, Step.MOVE_BOOKING, by=by, at=at, code=because, booking=new, happened_at=then)
    if new.starts_at > at:
        tell_of(new, case, "changed", not_before=at + UNDO_FOR, by=by, at=at)
    return new


def case_and_booking(public_id: str, *, version: int | None = None) -> tuple[Case, Booking]:
    """The case, locked first as the lock order wants, and its booking as it is then."""
    row = booking_row(public_id)
    if row is None:
        raise Absent
    case = lock_case(row.case_ref)
    booking = Booking.objects.select_related("slot").get(pk=row.id)
    if version is not None and version != booking.version:
        raise VersionMoved("Somebody changed this booking since you opened it. Look again.")
    return case, booking


def _placeable(reference: str, *, by: Actor, at: datetime) -> Case:
    """The locked case, if this person may find it a place now."""
    case = lock_case(reference)
    if by.is_one_of(CLINICAL_ROLES) and case.state == State.CLAIMED:
        check_mine(case, by=by, at=at)
    elif is_leased(case, at=at):
        raise Refused("A clinician is looking after this case now.", code="claimed")
    return case


def _unplaced(reference: str, *, by: Actor, at: datetime) -> Case:
    case = _placeable(reference, by=by, at=at)
    _check_one_place(case, at=at)
    return case


def _check_one_place(case: Case, *, at: datetime) -> None:
    """No second appointment beside a live one; a booked case is refused by the table of states."""
    if case.state != State.BOOKED:
        check_not_expected(case, at=at)


def wanted_for(case: Case) -> Wanted:
    """What a place for the case costs, and whose it is."""
    return Wanted(
        patient_id=case.patient_id,
        practice_id=case.practice_id,
        person_key=case.patient.person_key,
        case_ref=case.reference,
        need=case.need,
        points=case.points,
        is_urgent=case.urgency <= 3,
        is_double=case.is_double,
        asked_by=asked_by(case),
    )


def _held(
    case: Case, holds: list[Booking], *, hold_id: str | None, slot_id: int | None, at: datetime
) -> Booking | None:
    """The hold that was named, or the one the case has of the slot; None when it has none."""
    if hold_id is None:
        held = live_hold((hold for hold in holds if hold.slot_id == slot_id), at=at)
    else:
        held = Booking.objects.filter(case_ref=case.reference, public_id=hold_id).first()
        if held is None:
            raise Absent
    if held is not None and held.is_double != case.is_double:
        raise Conflict("The patient needs two appointments together now. Choose again.")
    return held


def _take(
    case: Case, held: Booking | None, slot_id: int, terms: Terms, *, by: Actor, at: datetime
) -> Booking:
    """The held place, or without a hold one of the slot, is booked.

    What was booked on paper happened already, whoever comes twice on that day.
    """
    if held is not None:
        booking = appointments.confirm(booking_id=held.pk, terms=terms, by=by, at=at)
    else:
        wanted = wanted_for(case)
        booking = appointments.book_slot(slot_id=slot_id, wanted=wanted, terms=terms, by=by, at=at)
    if terms.made_at is None:
        check_only_one(booking, at=at)
    return booking
