"""Back to the practice: asked by the hub, owned by the hub until the practice has said yes."""

from dataclasses import dataclass
from datetime import datetime

from practices.doors import everywhere
from practices.models import Clinician
from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden, Refused
from practices.rules.roles import Role
from triage.actions.claiming import check_mine, clinician_of
from triage.actions.settling import check_not_expected
from triage.actions.stepping import ACCEPTED_FOR, lock_case, take_step, write_note
from triage.models import Case, CaseStep, Note
from triage.rules.closing import says_something, why_not_handed_back
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.returning import ANSWERS, returns
from triage.rules.states import Step


@dataclass(frozen=True, slots=True)
class Named:
    """A clinician of the practice who could be named."""

    id: int
    name: str


def clinicians_to_name(practice_id: int, *, at: datetime) -> tuple[Named, ...]:
    """The practice's own clinicians, for a hub that has to name one; names and nothing else."""
    with everywhere(because="a second bounce names a clinician", at=at):
        found = Clinician.objects.filter(home_id=practice_id, user__is_active=True)
        rows = list(found.order_by("user__name", "pk").values_list("pk", "user__name"))
    return tuple(Named(pk, name) for pk, name in rows)


def hand_back(
    *,
    reference: str,
    reason: str,
    to_clinician_id: int | None = None,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Case:
    """The practice is asked to take the case; the hub owns it until the practice accepts.

    Whoever has the case hands it back, once nothing is left of an appointment: who accepts could
    not settle that. A second bounce needs a named clinician of the practice, who stands on the
    case. An emergency is never handed back, and a P1 only once a clinician has signed it.
    """
    case = lock_case(reference, version=version)
    check_mine(case, by=by, at=at)
    check_not_expected(case, at=at)
    _check_can_wait(case)
    if not says_something(reason):
        raise Refused("Enter why the practice should take this", code="required", field="reason")
    named = {one.id for one in clinicians_to_name(case.practice_id, at=at)}
    if to_clinician_id not in named and (case.bounces >= 1 or to_clinician_id is not None):
        raise Refused(
            "This case was handed back before. Name the clinician who takes it."
            if case.bounces
            else "Name a clinician of the patient's own practice.",
            code="required",
            field="to_clinician",
        )
    note = write_note(case, Note.Kind.REASON, reason, by=by, at=at)
    return take_step(
        case,
        Step.HAND_BACK,
        by=by,
        at=at,
        note=note,
        bounces=case.bounces + 1,
        handed_to_id=to_clinician_id,
    )


def accept_back(
    *, reference: str, note: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Who accepts has the case, until it is due and it ends by an outcome; the note says who acts.

    The practice's duty clinician takes it for the practice; the hub's supervising GP keeps it at
    the hub. Past its time without an outcome, it calls for help like any case nobody has.
    """
    case = lock_case(reference, version=version)
    me = _check_accepts(case, by=by)
    check_not_expected(case, at=at)
    if case.urgency <= Urgency.P5.rank and not says_something(note):
        raise Refused("Enter who takes this, and by when", code="required", field="note")
    said = write_note(case, Note.Kind.REASON, note, by=by, at=at)
    return take_step(
        case,
        Step.ACCEPT_BACK,
        by=by,
        at=at,
        note=said,
        claimed_by_id=me.pk,
        claimed_at=at,
        lease_until=max(case.due_at, at + ACCEPTED_FOR),
        offered_to_id=None,
    )


def refuse_back(
    *, reference: str, reason: str, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """The practice cannot take it: the case waits in the hub's queue in its old place."""
    case = lock_case(reference, version=version)
    _check_duty(case, by=by)
    return _returned(case, reason, by=by, at=at)


def release(
    *, reference: str, reason: str = "", by: Actor, at: datetime, version: int | None = None
) -> Case:
    """The case waits in the queue again, in its old place.

    What the practice took from the hub it returns, and says why, whoever there has it.
    """
    case = lock_case(reference, version=version)
    check_mine(case, by=by, at=at)
    answers = CaseStep.objects.filter(case=case, step__in=ANSWERS, undone_by=None).order_by("-id")
    last = answers.first()
    if last is not None and returns(
        Step(last.step),
        last.role,
        is_ours=by.role is Role.DUTY and by.organisation_id == case.practice_id,
        is_named=case.handed_to_id is not None and case.handed_to_id == by.clinician_id,
    ):
        return _returned(case, reason, by=by, at=at)
    return take_step(case, Step.RELEASE, by=by, at=at)


def _returned(case: Case, reason: str, *, by: Actor, at: datetime) -> Case:
    if not says_something(reason):
        raise Refused("Enter why the practice cannot take this", code="required", field="reason")
    note = write_note(case, Note.Kind.REASON, reason, by=by, at=at)
    return take_step(case, Step.RETURN_REFUSED, by=by, at=at, note=note, handed_to_id=None)


def _check_can_wait(case: Case) -> None:
    """The practice may take its time to answer, so the class has to allow it."""
    urgency, is_signed = Urgency(f"P{case.urgency}"), case.urgency_status == ClassStatus.SIGNED
    why_not = why_not_handed_back(urgency, is_signed=is_signed)
    if why_not:
        raise Refused(why_not, code="emergency" if urgency is Urgency.P0 else "unsigned")


def _check_accepts(case: Case, *, by: Actor) -> Clinician:
    """The practice's duty clinician, or the supervising GP of the hub that hands it back."""
    at_home = {Role.DUTY: case.practice_id, Role.SUPERVISOR: case.hub_id}
    if by.role not in at_home or by.organisation_id != at_home[by.role]:
        raise Forbidden(
            "Only the practice's duty clinician, or the hub's supervising GP, can accept this."
        )
    return clinician_of(by)


def _check_duty(case: Case, *, by: Actor) -> None:
    if by.role is not Role.DUTY or by.organisation_id != case.practice_id:
        raise Forbidden("Only the practice's duty clinician can answer this.")
