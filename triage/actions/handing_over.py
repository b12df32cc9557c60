"""What a closed case still owes: opened with the closing, owned until the other side accepts it."""

from datetime import datetime

from django.db.models import Q

from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden, Refused
from practices.rules.roles import CLINICAL_ROLES, HUB_ROLES, Role
from triage.actions.stepping import lock_case, take_step, write_note
from triage.models import Case, Handover, Note
from triage.rules.closing import says_something
from triage.rules.codes import Outcome
from triage.rules.handovers import OWED, TO_SERVICE, is_accepted_now
from triage.rules.states import Step

# Neither accepted nor taken back.
STANDING: dict[str, None] = {"accepted_at": None, "withdrawn_at": None}
ACCEPTED_BY = "Enter who there has accepted, and when"


def open_handover(
    case: Case, outcome: Outcome, *, taken_by: str, by: Actor, at: datetime
) -> Handover | None:
    """Where the outcome leaves something to do, a line stands until the other side accepts.

    Who took over in the call itself has accepted, and that is on record with who heard it.
    """
    if outcome not in OWED:
        return None
    is_taken = is_accepted_now(outcome, taken_by=taken_by)
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
            "accepted_at": at if is_taken else None,
            "accepted_by_id": by.user_id if is_taken else None,
        },
    )
    audit.write(
        "handover.opened",
        entity="case",
        entity_id=case.reference,
        by=by,
        at=at,
        what=outcome.value,
        accepted=is_taken,
    )
    return made


def withdraw_handover(case: Case, *, since: datetime, by: Actor, at: datetime) -> None:
    """The closing was undone: nobody owes anything for it, or took anything over."""
    ours = Handover.objects.select_for_update().filter(case=case, withdrawn_at=None)
    found = ours.filter(Q(accepted_at=None) | Q(opened_at__gte=since)).order_by("-pk").first()
    if found is None:
        return
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    audit.write(
        "handover.withdrawn", entity="case", entity_id=case.reference, by=by, at=at, what=found.what
    )


def accept_handover(*, reference: str, note: str, by: Actor, at: datetime) -> Handover:
    """The other side has it from now on: who there does what is kept in the case's history.

    The practice accepts for itself; for another service, who heard it from them records it.
    """
    case = lock_case(reference)
    found = Handover.objects.select_for_update().filter(case=case, **STANDING).first()
    _check_may_accept(case, Outcome(found.what) if found else None, by=by)
    if found is None:
        raise Conflict("Nothing of this case waits to be accepted any more.")
    if not says_something(note):
        missing = ACCEPTED_BY if found.what in TO_SERVICE else "Enter who does this, and by when"
        raise Refused(missing, code="required", field="note")
    found.accepted_at, found.accepted_by_id = at, by.user_id
    found.save(update_fields=["accepted_at", "accepted_by"])
    said = write_note(case, Note.Kind.REASON, note, by=by, at=at)
    take_step(case, Step.ACCEPT_HANDOVER, by=by, at=at, code=found.what, note=said)
    return found


def _check_may_accept(case: Case, what: Outcome | None, *, by: Actor) -> None:
    """For a service any clinician who sees the case; for the practice its duty clinician alone."""
    if what in TO_SERVICE and by.is_one_of(CLINICAL_ROLES):
        return
    if by.role is not Role.DUTY or by.organisation_id != case.practice_id:
        raise Forbidden("Only the practice's duty clinician accepts this.")
