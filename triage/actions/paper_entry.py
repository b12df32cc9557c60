"""What was written on paper is typed in: with its own times, once, and beside what is there now.

The database's own guards stay in force: a place is sold once, a person is in one place. What a
sheet says and cannot be is shown to the person, who chooses; whatever they choose, the words of
the sheet are kept.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from appointments.actions import log_contact
from appointments.models import Booking, ContactEvent
from appointments.rules.codes import ContactKind
from practices import audit
from practices.models import Patient
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Conflict, Forbidden, Refused
from practices.rules.roles import CLINICAL_ROLES
from triage.actions.claiming import claim
from triage.actions.contacting import record_attempt
from triage.actions.deciding import OutcomeWish, close
from triage.actions.placing import book, move_booking
from triage.actions.requests import RequestWish, submit_request
from triage.actions.stepping import is_leased, lock_case, write_note
from triage.models import Case, Note, PaperLine
from triage.queries.paper_clash import OpenCase, came_later, entered_before, open_cases_of
from triage.rules.attempts import Met
from triage.rules.codes import Need
from triage.rules.lanes import is_same_work
from triage.rules.paper import Settled, SheetKind, check_after, check_happened
from triage.rules.states import State, Step, may

NEW, KEPT, ENDED = "new", "kept", "ended"
# The case can be ended as the sheet says, by somebody who has seen what came after.
LATER = "later"
# Both say that it is about a case that is there.
BESIDE = {"add": Settled.ADDED, KEPT: Settled.KEPT}
# The longest id of a bigserial column is well within this.
LONGEST_ID = 18


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet: its number, and when what it tells of happened."""

    number: str
    happened_at: datetime


class Clash(Conflict):
    """What the sheet says and what is there do not fit: a person looks at both and chooses."""


def enter_request(
    *, line: Line, wish: RequestWish, settle: str = "", by: Actor, at: datetime
) -> Case:
    """The request is a case from the time it was asked; beside an open case, as chosen.

    `settle` is "new", "add:<reference>" (the patient asked again) or "kept:<reference>" (it is
    the same request, and is there already). Either way there is no second case, and what the
    sheet says counts as a call about the case does: flags and words only ever raise it.
    """
    _check_line(line, by=by, at=at)
    how, _, reference = settle.partition(":")
    _check_fits_beside(wish, how, reference, at=at)
    case = submit_request(
        wish=replace(wish, again=reference, happened_at=line.happened_at), by=by, at=at
    )
    settled = BESIDE.get(how, Settled.ENTERED)
    _note_line(line, SheetKind.REQUEST, settled, case, by=by, at=at)
    return case


def _check_fits_beside(wish: RequestWish, how: str, reference: str, *, at: datetime) -> None:
    """The chosen case is the patient's and open, and stays so; or none is there to be chosen."""
    # Locked like a call's: the patient first, so that no case comes or goes from here on.
    whose = wish.patient or uuid.uuid4()
    patient = Patient.objects.select_for_update().filter(public_id=whose).first()
    if patient is None:
        raise Absent
    there = open_cases_of(patient.pk, at=at)
    if how in BESIDE:
        _check_chosen(there, wish.need, reference)
    elif there and how != NEW:
        raise Clash("This patient has an open case already. Choose what becomes of the sheet")
    elif any(one.need is wish.need for one in there):
        raise Clash("There is an open case about the same. Add the sheet to it, or keep the case")


def _check_chosen(there: tuple[OpenCase, ...], need: Need, reference: str) -> None:
    """What was chosen can still take the sheet; a colleague may have closed it meanwhile."""
    chosen = next((one for one in there if one.reference == reference), None)
    if chosen is None or not may(lock_case(reference).state, Step.REPEAT_CONTACT):
        raise Clash(
            "The case that was chosen is not open any more. Nothing is entered yet: choose again"
        )
    if not is_same_work(chosen.lane, chosen.need, need):
        raise Clash(
            "One of the two is paperwork, the other is for a clinician. Make a case of its own"
        )


def enter_booking(
    *,
    line: Line,
    reference: str,
    slot_id: int | None,
    written: str,
    settle: str = "",
    by: Actor,
    at: datetime,
) -> Case:
    """The appointment made on paper is booked, or what was chosen instead.

    `settle` is "slot:<id>" (another place), "move" (what is there is moved to the sheet's) or
    "kept" (the case stays as it is). `written` is what the sheet says, kept in words.
    """
    _check_line(line, by=by, at=at)
    case = lock_case(reference)
    check_after(line.happened_at, submitted_at=case.submitted_at)
    if settle == KEPT:
        return _keep(line, SheetKind.BOOKING, case, written, by=by, at=at)
    how, _, other = settle.partition(":")
    settled = Settled.ELSEWHERE if how == "slot" else Settled.ENTERED
    wanted = _slot_chosen(other) if how == "slot" else slot_id
    if wanted is None:
        raise Clash("Headroom has no such appointment. Choose what becomes of the sheet")
    if settle == "move" and case.booking is not None:
        _move(case.booking, wanted, line, written, by=by, at=at)
    else:
        book(reference=reference, slot_id=wanted, by=by, at=at, happened_at=line.happened_at)
    if settled is Settled.ELSEWHERE:
        write_note(case, Note.Kind.PAPER, written, by=by, at=line.happened_at)
    _note_line(line, SheetKind.BOOKING, settled, case, by=by, at=at)
    return case


def _move(
    booking: Booking, to_slot_id: int, line: Line, written: str, *, by: Actor, at: datetime
) -> None:
    move_booking(
        public_id=str(booking.public_id),
        to_slot_id=to_slot_id,
        because="from_paper",
        words=written,
        by=by,
        at=at,
        happened_at=line.happened_at,
    )


def enter_outcome(
    *,
    line: Line,
    reference: str,
    wish: OutcomeWish,
    written: str,
    settle: str = "",
    by: Actor,
    at: datetime,
) -> Case:
    """The case ended then, as a clinician wrote it; no colleague's later work is ended unseen.

    `settle` is "ended" (as the sheet says, whatever came after) or "kept" (the case stays as it
    is). `written` is what the sheet says, kept in words.
    """
    if not by.is_one_of(CLINICAL_ROLES):
        raise Forbidden("Only a clinician enters how a case ended.")
    _check_line(line, by=by, at=at)
    case = lock_case(reference)
    check_after(line.happened_at, submitted_at=case.submitted_at)
    if settle == KEPT:
        return _keep(line, SheetKind.OUTCOME, case, written, by=by, at=at)
    _check_can_end(case, line, has_looked=settle == ENDED, by=by, at=at)
    if case.state == State.CLAIMED and not is_leased(case, at=at):
        # While the network was gone nobody could say that they still had it.
        claim(reference=reference, by=by, at=at)
    closed = close(reference=reference, wish=wish, by=by, at=at, happened_at=line.happened_at)
    _note_line(line, SheetKind.OUTCOME, Settled.ENTERED, closed, by=by, at=at)
    return closed


def _check_can_end(case: Case, line: Line, *, has_looked: bool, by: Actor, at: datetime) -> None:
    """Nobody ended it, has it, or did something the sheet could not know of; else a clash."""
    state = State(case.state)
    if not may(state, Step.CLOSE):
        words = "closed" if state is State.CLOSED else "handed back to the practice"
        raise Clash(f"This case was {words} meanwhile. Choose what becomes of the sheet")
    if is_leased(case, at=at) and case.claimed_by_id != by.clinician_id:
        raise Clash("A colleague is looking after this case. Choose what becomes of the sheet")
    booked_at = case.booking.booked_at if case.booking and state is State.BOOKED else None
    if booked_at is not None and booked_at > line.happened_at:
        raise Clash("The patient was booked after that. Choose what becomes of the sheet")
    if not has_looked and came_later(case.pk, since=line.happened_at):
        raise Clash("More was done after that. Choose what becomes of the sheet", code=LATER)


def enter_attempt(
    *,
    line: Line,
    reference: str,
    channel: str,
    met: Met,
    number: str = "",
    by: Actor,
    at: datetime,
) -> Case:
    """Somebody tried to reach the patient then, and somebody or nobody answered."""
    _check_line(line, by=by, at=at)
    case = lock_case(reference)
    check_after(line.happened_at, submitted_at=case.submitted_at)
    done = record_attempt(
        reference=reference,
        channel=channel,
        met=met,
        number=number,
        by=by,
        at=at,
        happened_at=line.happened_at,
    )
    _note_line(line, SheetKind.CONTACT, Settled.ENTERED, done, by=by, at=at)
    return done


def enter_contact(
    *, line: Line, kind: ContactKind, note: str = "", by: Actor, at: datetime
) -> ContactEvent:
    """A contact without an appointment counts on my day, when it was."""
    _check_line(line, by=by, at=at)
    if by.clinician_id is None or by.organisation_id is None:
        raise Refused("Only a clinician logs their own contacts.", code="role")
    event = log_contact(
        clinician_id=by.clinician_id,
        organisation_id=by.organisation_id,
        kind=kind,
        contact_at=line.happened_at,
        note=note,
        by=by,
        at=at,
    )
    _note_line(line, SheetKind.CONTACT, Settled.ENTERED, None, by=by, at=at)
    return event


def _slot_chosen(typed: str) -> int | None:
    """The slot of the choice; None where what came is no number."""
    is_id = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_ID
    return int(typed) if is_id else None


def _check_line(line: Line, *, by: Actor, at: datetime) -> None:
    """A time that can be, and a line nobody has entered yet. The database holds the second too."""
    if by.user_id is None or by.organisation_id is None:
        raise Forbidden("Only a person enters what is on paper.")
    check_happened(line.happened_at, now=at)
    before = entered_before(by.organisation_id, line.number)
    if before is not None:
        raise Conflict(before.words, code="entered", field="number")


def _keep(line: Line, kind: SheetKind, case: Case, words: str, *, by: Actor, at: datetime) -> Case:
    """What is there stands; what staff wrote on the sheet is kept beside it, as theirs."""
    how_it_ended = kind is SheetKind.OUTCOME
    as_what = Note.Kind.CLINICAL if how_it_ended else Note.Kind.PAPER
    write_note(case, as_what, words, by=by, at=line.happened_at)
    _note_line(line, kind, Settled.KEPT, case, by=by, at=at)
    return case


def _note_line(
    line: Line, kind: SheetKind, settled: Settled, case: Case | None, *, by: Actor, at: datetime
) -> None:
    assert by.user_id is not None, "checked with the line"
    assert by.organisation_id is not None, "checked with the line"
    made = PaperLine.objects.create(
        organisation_id=by.organisation_id,
        number=line.number,
        kind=kind,
        happened_at=line.happened_at,
        entered_at=at,
        entered_by_id=by.user_id,
        settled=settled,
        case=case,
    )
    facts = {
        "kind": kind.value,
        "settled": settled.value,
        "happened_at": line.happened_at.isoformat(),
        "case": case.reference if case else "",
    }
    audit.write("paper.entered", entity="paper_line", entity_id=made.pk, by=by, at=at, **facts)
