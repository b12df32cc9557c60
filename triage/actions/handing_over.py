"""What a closed case still owes: opened with the closing, owned until the practice accepts it."""

from datetime import datetime

from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden, Refused
from practices.rules.roles import HUB_ROLES, Role
from triage.actions.stepping import lock_case, take_step, write_note
from triage.models import Case, Handover, Note
from triage.rules.closing import says_something
from triage.rules.codes import Outcome
from triage.rules.handovers import is_owed
from triage.rules.states import Step

# Neither accepted nor taken back.
STANDING: dict[str, None] = {"accepted_at": None, "withdrawn_at": None}


def open_handover(
    case: Case, outcome: Outcome, *, note: str, by: Actor, at: datetime
) -> Handover | None:
    """Where the outcome leaves something to do, a line stands at the practice until it accepts."""
    if not is_owed(outcome, note=note):
        return None
    made, _ = Handover.objects.update_or_create(
        case=case,
        **STANDING,
        defaults={
            "practice_id": case.practice_id,
            "hub_id": case.hub_id,
            "what": outcome.value,
            "by_hub": by.is_one_of(HUB_ROLES),
            "opened_at": at,
            "opened_by_id": by.user_id,
        },
    )
    audit.write(
        "handover.opened",
        entity="case",
        entity_id=case.reference,
        by=by,
        at=at,
        what=outcome.value,
    )
    return made


def withdraw_handover(case: Case, *, by: Actor, at: datetime) -> None:
    """The closing was undone: nobody owes anything for it."""
    found = Handover.objects.select_for_update().filter(case=case, **STANDING).first()
    if found is None:
        return
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    audit.write(
        "handover.withdrawn", entity="case", entity_id=case.reference, by=by, at=at, what=found.what
    )


def accept_handover(*, reference: str, note: str, by: Actor, at: datetime) -> Handover:
    """The practice has it from now on: who there does what is kept in the case's history."""
    case = lock_case(reference)
    if by.role is not Role.DUTY or by.organisation_id != case.practice_id:
        raise Forbidden("Only the practice's duty clinician accepts this.")
    found = Handover.objects.select_for_update().filter(case=case, **STANDING).first()
    if found is None:
        raise Conflict("Nothing of this case waits to be accepted any more.")
    if not says_something(note):
        raise Refused("Enter who does this, and by when", code="required", field="note")
    found.accepted_at, found.accepted_by_id = at, by.user_id
    found.save(update_fields=["accepted_at", "accepted_by"])
    said = write_note(case, Note.Kind.REASON, note, by=by, at=at)
    take_step(case, Step.ACCEPT_HANDOVER, by=by, at=at, code=found.what, note=said)
    return found
