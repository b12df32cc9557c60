"""The one place where a case's state changes: by the table, with its history and its audit."""

from datetime import datetime, timedelta

from practices import audit, news
from practices.actions import disclose, leave_unsaid
from practices.news import Subject
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, VersionMoved
from triage.actions.shut_hub import read_by_any_hub
from triage.models import Case, CaseStep, Note
from triage.rules.codes import Need, Urgency
from triage.rules.held import is_held
from triage.rules.lanes import Lane, lane_of
from triage.rules.last_call import CALLED_FOR, LastCall, asks_anew, is_decided_today
from triage.rules.states import PLACED, READS, State, Step, after
from triage.rules.undoing import UNDOABLE

# What belongs to an owner ends when the case leaves the state that has one.
UNCLAIMED: dict[str, object] = {
    "claimed_by_id": None,
    "claimed_at": None,
    "lease_until": None,
    "offered_to_id": None,
}
LEASE = timedelta(minutes=15)
# What a step keeps of the appointment the case had before it, beside the case's own fields.
BOOKING_WAS = "booking_was"
# Who accepts a late hand-back has so long before everybody is called for it again (A).
ACCEPTED_FOR = timedelta(hours=1)
# News of somebody who has a case: within a lease they look, or everybody may.
WORSE = frozenset({Step.REPEAT_CONTACT, Step.RAISE_CLASS, Step.DECLINE_HELP})
# The alarm of a question to the supervisor goes with the case, and is back with it.
ENDS_A_QUESTION = frozenset({Step.CLOSE, Step.UNDO_CLOSE, Step.UNDO_SEEN})
UNTAKEN: dict[str, object] = {"taken_by_id": None, "taken_at": None}
# Whoever was called for a case that comes back has long been answered: it is called for anew.
CALLED_ANEW: dict[str, object] = {"escalated": 0}
# Who was heard from need not read that we could not reach them.
HEARD_FROM = frozenset({Step.REPEAT_CONTACT, Step.NUMBER, Step.DECLINE_HELP})
NOTHING_TO_READ: dict[str, object] = {"read_due_at": None, "declined_at": None}


def lock_case(reference: str, *, version: int | None = None) -> Case:
    """The case in reach, locked; a version that has moved on is refused."""
    found = (
        Case.objects.select_for_update(of=("self",))
        .select_related("patient", "booking")
        .filter(reference=reference)
        .first()
    )
    if found is None:
        raise Absent
    if version is not None and version != found.version:
        raise VersionMoved("Somebody changed this case since you opened it. Look again.")
    return found


def take_step(
    case: Case,
    step: Step,
    *,
    by: Actor,
    at: datetime,
    code: str = "",
    note: Note | None = None,
    undoes: CaseStep | None = None,
    happened_at: datetime | None = None,
    **changes: object,
) -> Case:
    """The step is done: state by the table, fields as given, one line of history, one audit row."""
    before, was, lane = State(case.state), case.urgency, case.lane
    case.state = after(before, step).value
    changes = _with_what_ends(case, before, step, at=at) | changes
    kept = _as_it_was(case, changes) if step in UNDOABLE else {}
    _change(case, changes, by=by, at=at)
    _follow_class(case, by=by, at=at)
    _tell(case, {was, case.urgency}, step)
    _never_told_to_wait(case, before, was, step, by=by, at=at)
    case.version += 1
    case.save()
    line = CaseStep(
        case=case,
        # What was on paper is in the history when it happened, on record when it was typed.
        at=happened_at or at,
        entered_at=at if happened_at else None,
        step=step.value,
        from_state=before.value,
        code=code,
        note=note,
        undoes=undoes,
        before=kept if case.lane == lane else {},
    )
    _on_record(line, by=by, at=at)
    if asks_anew(step, is_raised=case.urgency < was) and _is_called_for(case, at=at):
        return call_while_shut(case, read_by_any_hub(case.hub_id, at=at), by=by, at=at)
    return case


def _change(case: Case, changes: dict[str, object], *, by: Actor, at: datetime) -> None:
    """The fields are as given; whoever goes on with a case they have keeps it for a whole lease."""
    goes_on = is_leased(case, at=at) and case.claimed_by_id == by.clinician_id
    for name, value in changes.items():
        setattr(case, name, value)
    if goes_on and case.lease_until is not None and case.claimed_by_id == by.clinician_id:
        case.lease_until = max(case.lease_until, at + LEASE)


def last_step(case: Case, step: Step) -> CaseStep | None:
    """The line of history that was written when the step was done last."""
    return CaseStep.objects.filter(case=case, step=step).order_by("-id").first()


def call_while_shut(case: Case, read_from: datetime | None, *, by: Actor, at: datetime) -> Case:
    """What may not wait until the hub opens, and nobody has, is the duty clinician's at once.

    Every step that leaves a case to the hub asks by itself; who submits has asked before.
    """
    if read_from is None or not _is_called_for(case, at=at):
        return case
    news.changed(Subject.ALARMS, case.practice_id)
    called = max(case.escalated, CALLED_FOR)
    return take_step(
        case, Step.CALL_FOR_HELP, by=by, at=at, code=LastCall.SHUT.value, escalated=called
    )


def is_leased(case: Case, *, at: datetime) -> bool:
    """Somebody has the case and their lease lives."""
    return is_held(case.state, case.lease_until, at=at)


def _is_called_for(case: Case, *, at: datetime) -> bool:
    """Whether nobody has the case, and it is decided today."""
    is_urgent = case.lane == Lane.HUB and is_decided_today(Urgency(f"P{case.urgency}"))
    return is_urgent and State(case.state) not in PLACED and not is_leased(case, at=at)


def _with_what_ends(case: Case, before: State, step: Step, *, at: datetime) -> dict[str, object]:
    """What ends by itself when the case leaves the state it was in, is read, or gets worse."""
    unclaimed = UNCLAIMED if case.state != State.CLAIMED else {}
    is_back = before in PLACED and case.state == State.WAITING
    is_read = step in READS or case.state == State.CLOSED
    ended = unclaimed | (CALLED_ANEW if is_back else {}) | (NOTHING_TO_READ if is_read else {})
    if step in WORSE and case.state == State.CLAIMED and case.lease_until is not None:
        ended["lease_until"] = min(case.lease_until, at + LEASE)
    return ended


def _on_record(line: CaseStep, *, by: Actor, at: datetime) -> None:
    """One line of history, with how the case stands after it, and one audit row."""
    case = line.case
    line.by_id, line.role = by.user_id, by.role or by.name
    line.to_state, line.urgency = case.state, case.urgency
    line.save()
    audit.write(
        f"case.{line.step}",
        entity="case",
        entity_id=case.reference,
        by=by,
        at=at,
        before=line.from_state,
        after=line.to_state,
        urgency=line.urgency,
        code=line.code,
    )


def _as_it_was(case: Case, changes: dict[str, object]) -> dict[str, object]:
    """The fields a step changes, as they are before it; times as text, an appointment by its id."""
    names = ("booking_id" if name == "booking" else name for name in changes)
    values = {name: getattr(case, name) for name in names}
    kept = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }
    # Whose appointment ends with the case has it as it was, once the ending is undone.
    return kept if case.booking is None else kept | {BOOKING_WAS: case.booking.state}


def to_hub(case: Case, *, by: Actor, at: datetime) -> None:
    """The case is clinical from now on: nobody has it, and the hub sees whose it is."""
    case.lane = Lane.HUB.value
    for name, value in UNTAKEN.items():
        setattr(case, name, value)
    disclose(
        patient=case.patient, organisation_id=case.hub_id, because=case.reference, by=by, at=at
    )


def _follow_class(case: Case, *, by: Actor, at: datetime) -> None:
    """Paperwork that was raised is paperwork no longer, whoever raised it and how."""
    if case.lane != Lane.PRACTICE:
        return
    if lane_of(Need(case.need), Urgency(f"P{case.urgency}")) is Lane.HUB:
        to_hub(case, by=by, at=at)


def _tell(case: Case, urgencies: set[int], step: Step) -> None:
    """The pages that may show the case look again; one that calls for everybody, all of them."""
    asked = CaseStep.objects.filter(case=case, step=Step.ASK)
    if step in ENDS_A_QUESTION and asked.exists():
        news.changed(Subject.ALARMS, case.hub_id)
    news.changed(Subject.CASES, case.practice_id)
    if Urgency.P0.rank in urgencies:
        news.changed(Subject.ALARMS, case.practice_id)


def _never_told_to_wait(
    case: Case, before: State, was: int, step: Step, *, by: Actor, at: datetime
) -> None:
    """Who needs help now, or whom nobody will call, reads no more that they will hear from us."""
    is_over = case.state == State.CLOSED != before
    if step in HEARD_FROM:
        leave_unsaid("tried", case=case.reference, by=by, at=at)
    if is_over or case.urgency == Urgency.P0.rank != was:
        leave_unsaid("received", "tried", case=case.reference, by=by, at=at)


def write_note(case: Case, kind: str, text: str, *, by: Actor, at: datetime) -> Note | None:
    """The text is kept beside the case, word for word; blank text is no note."""
    if not text.strip():
        return None
    return Note.objects.create(case=case, kind=kind, text=text, by_id=by.user_id, at=at)
