"""A case as the desk follows it: what to say, what was booked, what was sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from appointments.queries import BookingRow
from appointments.rules.codes import BookingState, Mode, OverflowReason
from practices.clock import local_day
from practices.presenters import clock_words
from practices.rules.access import AccessNeed
from triage.actions.automatic import UNDO_FOR
from triage.actions.own_links import own_address
from triage.presenters import telling
from triage.presenters.contact import contact_facts, must_know, who_they_are
from triage.presenters.declining import Declined, declined
from triage.presenters.flags import AskAgain, FlagLine, ask_again, flag_lines, instruction
from triage.presenters.interpreters import FACT, interpreter_action, interpreter_facts
from triage.presenters.reception import seen_first, state_words, who_has, with_call
from triage.presenters.signs import Banner, Left, Sign, banner, left, status_words
from triage.presenters.slot_links import session_action
from triage.presenters.told import MessageLine, message_lines
from triage.queries.case_page import CasePage
from triage.queries.case_rows import StepRow
from triage.queries.queue_rows import QueueRow
from triage.queries.reception import DeskCase
from triage.queries.untold import AUTOMATIC
from triage.rules.codes import OptionKind, Urgency
from triage.rules.lanes import Lane
from triage.rules.no_longer import may_close_unseen
from triage.rules.second_looks import first_look
from triage.rules.states import State, Step
from triage.rules.urgency import may_be_raised

LIVE = ("booked", "arrived")
# Steps whose words the desk reads too.
SAID = frozenset({Step.REPEAT_CONTACT, Step.NUMBER, Step.CALLER})
JUST: dict[str, str] = {
    "booked": "The appointment is booked",
    "sent": "The request is on its way",
    "cancelled": "The appointment is cancelled, and the request waits for a clinician again",
    "closed": "The appointment is cancelled, and the request is closed",
    "raised": "The request is raised, and a clinician reads it sooner",
    "undone": "The automatic placement is undone, and the request waits in its old place again",
    "number": "The number is kept, and what still waits to be sent goes to it",
    "caller": "Kept. Check the phone number too: it may be the caller’s own",
    "ours": "This is with our own practice team",
}


@dataclass(frozen=True, slots=True)
class DeskCasePage:
    """One case."""

    reference: str
    heading: str
    just: str
    banner: Banner
    priority: Sign
    status: str
    due: Left
    state: str
    who: str
    say: str
    say_to_them: str
    flags: tuple[FlagLine, ...]
    declined: Declined | None
    ask_again: AskAgain | None
    is_emergency: bool
    seen_first: str
    is_open: bool
    is_rung: bool
    number_words: str
    may_place: bool
    facts: tuple[dict[str, object], ...]
    messages: tuple[MessageLine, ...]
    history: tuple[str, ...]
    again: str
    other: str
    same_call: str
    own_link: str
    cancel: str
    move: str
    undo: str
    may_raise: bool


def desk_case_page(found: DeskCase, *, now: datetime, just: str = "") -> DeskCasePage:
    """The case in words."""
    case, row = found.case, found.case.row
    booking = _booking(case)
    new = reverse("triage:new", args=[case.patient.public_id])
    is_open = row.state is not State.CLOSED
    say, say_to_them = _said(found, booking, now=now)
    return DeskCasePage(
        reference=row.reference,
        heading=_heading(row, booking, now=now),
        just=_called_again(case) if just == "again" else JUST.get(just, ""),
        banner=case_banner(case, now=now),
        priority=instruction(case),
        status=status_words(row.status),
        due=left(row.due_at, now=now),
        state=state_words(row),
        who=who_has(row) if booking is None else f"{booking.place_name}, {booking.clinician}",
        say=say,
        say_to_them=say_to_them,
        flags=flag_lines(case.flags),
        declined=declined(case, now=now),
        ask_again=ask_again(case, now=now),
        is_emergency=is_open and row.urgency is Urgency.P0,
        seen_first=seen_first(row),
        is_open=is_open,
        is_rung=bool(case.contact.rung_on) and not case.contact.heard_phone,
        number_words="Correct the phone number" if case.phone else "Add a phone number",
        may_place=_may_place(case, booking),
        facts=_facts(case, booking, now=now),
        messages=message_lines(found.messages, now=now),
        history=tuple(_step(step) for step in case.history),
        again=f"{new}?again={row.reference}" if is_open else "",
        other=f"{new}?other=1",
        same_call=with_call(reverse("triage:reception"), row.reference) if is_open else "",
        own_link=_own_link(booking),
        cancel=reverse("triage:cancel", args=[booking.public_id]) if booking else "",
        move=reverse("triage:options", args=[row.reference]) if booking else "",
        undo=_undo(booking, now=now),
        may_raise=may_be_raised(row.state, row.lane, row.urgency),
    )


def _own_link(booking: BookingRow | None) -> str:
    """Where the patient cancels by themselves; an appointment that has begun has none."""
    if booking is None or booking.state != "booked":
        return ""
    return own_address(booking)


def _undo(booking: BookingRow | None, *, now: datetime) -> str:
    """Where a place that nobody's click gave is given back, while it may be."""
    if booking is None or booking.method != AUTOMATIC or booking.state != "booked":
        return ""
    if booking.booked_at is None or now > booking.booked_at + UNDO_FOR:
        return ""
    return reverse("triage:undo_placement", args=[booking.public_id])


def _may_place(case: CasePage, booking: BookingRow | None) -> bool:
    """Whether the desk finds the case a place: it is clinical, and nobody has it yet."""
    row = case.row
    is_waiting = row.state is not State.CLOSED and booking is None and row.holder is None
    return is_waiting and row.urgency is not Urgency.P0 and row.lane is Lane.HUB


@dataclass(frozen=True, slots=True)
class CancelPage:
    """Which appointment would be cancelled."""

    banner: Banner
    words: str
    is_live: bool
    may_close: bool
    back: str


def cancel_page(found: DeskCase, *, public_id: UUID, now: datetime) -> CancelPage:
    """The appointment in words, whatever has become of it."""
    case = found.case
    row = next(one for one in case.bookings if one.public_id == public_id)
    state = "" if row.state in LIVE else f" It is {BookingState(row.state).label.lower()} now."
    return CancelPage(
        banner=case_banner(case, now=now),
        words=f"{clock_words(row.starts_at)}, {row.clinician}, {row.site}.{state}",
        is_live=row.state in LIVE,
        may_close=may_close_unseen(case.row.urgency),
        back=reverse("triage:desk", args=[case.row.reference]),
    )


def case_banner(case: CasePage, *, now: datetime) -> Banner:
    """Whose case it is, with what must be arranged."""
    patient = case.patient
    needs = [AccessNeed(need).label for need in case.row.access_needs]
    alert = ", ".join(filter(None, [*needs, patient.access_detail]))
    known = who_they_are(patient.standing, born_estimated=patient.born_estimated)
    alerts = [*must_know(case.contact), *known, f"Needs: {alert}" if alert else ""]
    return banner(
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        nhs_number=patient.nhs_number,
        practice=case.row.practice,
        now=now,
        alert=". ".join(filter(None, alerts)),
    )


def booking_to_move(case: CasePage) -> str:
    """The public id of the appointment a booked case has; empty where it has none."""
    booking = _booking(case)
    return str(booking.public_id) if booking and case.row.state is State.BOOKED else ""


def _booking(case: CasePage) -> BookingRow | None:
    """The appointment the patient has now, if any."""
    return next((row for row in reversed(case.bookings) if row.state in LIVE), None)


def _heading(row: QueueRow, booking: BookingRow | None, *, now: datetime) -> str:
    if row.urgency is Urgency.P0 and row.state is not State.CLOSED:
        return "Emergency: act now"
    if booking is not None:
        when = clock_words(booking.starts_at)
        again = f"A clinician looks again: {when}"
        return f"Booked: {when}" if row.state is State.BOOKED else again
    return state_words(row)


def _said(found: DeskCase, booking: BookingRow | None, *, now: datetime) -> tuple[str, str]:
    """What is said to whoever is on the line, and what to the patient alone."""
    said = _say(found, booking, now=now)
    if said and found.case.contact.tells_nothing:
        return telling.heard_only(due_at=found.case.row.due_at, now=now), said
    return said, ""


def _say(found: DeskCase, booking: BookingRow | None, *, now: datetime) -> str:
    case, row = found.case, found.case.row
    if row.state is State.CLOSED or row.urgency is Urgency.P0:
        return ""
    if booking is not None:
        return telling.booked(booking, phone=case.contact.rung_on, now=now)
    if row.no_longer is not None:
        return telling.no_longer(due_at=row.due_at, now=now)
    if row.lane is Lane.PRACTICE:
        return telling.paperwork(practice=row.practice, due_at=row.due_at, now=now)
    words = _way_words(found, now=now)
    shut = telling.shut(case.read_from, urgency=row.urgency, now=now)
    return " ".join(filter(None, [words, shut, telling.WORSE]))


def _facts(
    case: CasePage, booking: BookingRow | None, *, now: datetime
) -> tuple[dict[str, object], ...]:
    words = next((note.text for note in reversed(case.notes) if note.kind == "words"), "")
    facts = [("Need", case.row.need.label), ("In the patient’s words", words or "None kept")]
    again = [note for note in case.notes if note.kind == "again" and note.text]
    facts += [(f"Said again, {clock_words(note.at)}", note.text) for note in again]
    sheets = [note for note in case.notes if note.kind == "paper" and note.text]
    facts += [(f"On a sheet of paper, {clock_words(note.at)}", note.text) for note in sheets]
    if booking is not None:
        where = ", ".join(filter(None, [booking.site, booking.address]))
        when, how = clock_words(booking.starts_at), Mode(booking.mode).label.lower()
        facts.append(("Appointment", f"{when}, {how}, {booking.clinician}, {where}"))
        facts.append(("State", BookingState(booking.state).label))
        facts += interpreter_facts(case.row.access_needs, booking)
        if booking.overflow_reason:
            facts.append(("Why at the hub", OverflowReason(booking.overflow_reason).label))
    facts += contact_facts(case)
    more = {"Appointment": session_action(booking.session, booking.slot_id)} if booking else {}
    more |= {FACT: interpreter_action(booking.public_id)} if booking else {}
    return tuple({"key": key, "value": value} | more.get(key, {}) for key, value in facts)


def _called_again(case: CasePage) -> str:
    """Whether calling again changed the class, or was the same form sent twice."""
    steps = case.history
    last = next((i for i, step in enumerate(steps) if step.step is Step.REPEAT_CONTACT), None)
    if last is None:
        return "This request was sent a moment ago: nothing was added"
    before = steps[last + 1].urgency if last + 1 < len(steps) else steps[last].urgency
    raised = "raised" if steps[last].urgency < before else "not raised, as urgent as before"
    return f"They called again: the open request is {raised}, and a clinician looks again"


def _step(step: StepRow) -> str:
    label = "Submitted" if step.step is Step.SUBMIT else step.step.label
    by = f", {step.by}" if step.by else ""
    said = f": “{step.reason}”" if step.step in SAID and step.reason else ""
    paper = f" (from paper, entered {clock_words(step.entered_at)})" if step.entered_at else ""
    return f"{clock_words(step.at)}: {label}{by}{paper}{said}"


def _way_words(found: DeskCase, *, now: datetime) -> str:
    """What was promised at the desk, as long as the case still goes that way."""
    row, way = found.case.row, found.way
    phone, due_at = found.case.contact.rung_on, row.due_at
    if way is None or (way.kind is OptionKind.DUTY and not _is_at_duty(row)):
        return telling.waiting(due_at=due_at, phone=phone, now=now)
    if way.kind is OptionKind.DUTY:
        return telling.duty(row, on_duty=found.on_duty, phone=phone, now=now)
    look_by = first_look(local_day(way.at))
    return telling.way(
        way.kind, name=way.name, due_at=due_at, phone=phone, look_by=look_by, now=now
    )


def _is_at_duty(row: QueueRow) -> bool:
    """Whether the case stands on the duty clinician's page, and nobody has it yet."""
    return row.state is State.WAITING and bool(row.escalated)
