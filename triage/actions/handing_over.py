"""What a closed case still owes: opened with the closing, owned until the other side accepts it."""

from datetime import datetime
from typing import Any

from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden, Refused
from practices.rules.roles import CLINICAL_ROLES, HUB_ROLES, Role
from triage.actions.stepping import lock_case, take_step, write_note
from triage.models import Case, CaseStep, Handover, Note
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
    accepted: dict[str, Any] = {
        "accepted_at": at if is_taken else None,
        "accepted_by_id": by.user_id if is_taken else None,
    }
    made, _ = Handover.objects.update_or_create(
        case=case,
        what=outcome.value,
        **STANDING,
        # What was owed before stays with whom it was; a test that is ordered twice is one result.
        defaults=accepted,
        create_defaults=accepted
        | {
            "practice_id": case.practice_id,
            "hub_id": case.hub_id,
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
        accepted=is_taken,
    )
    return made


def withdraw_handover(case: Case, *, since: datetime, by: Actor, at: datetime) -> None:
    """The closing was undone: nobody owes anything for it, or took anything over."""
    ours = Handover.objects.select_for_update().filter(case=case, withdrawn_at=None)
    for found in ours.filter(accepted_at__gte=since, opened_at__lt=since).order_by("pk"):
        _stands(found, case, by=by, at=at)
    for found in ours.filter(opened_at__gte=since).order_by("pk"):
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        _note("handover.withdrawn", found, case, by=by, at=at)


def _stands(found: Handover, case: Case, *, by: Actor, at: datetime) -> None:
    """It waits to be accepted again."""
    found.accepted_at = found.accepted_by_id = None
    found.save(update_fields=["accepted_at", "accepted_by"])
    _note("handover.stands", found, case, by=by, at=at)


def _note(verb: str, found: Handover, case: Case, *, by: Actor, at: datetime) -> None:
    reference, what = case.reference, found.what
    audit.write(verb, entity="case", entity_id=reference, by=by, at=at, what=what)


def accept_handover(*, reference: str, note: str, what: str = "", by: Actor, at: datetime) -> Case:
    """The other side has it from now on: who there does what is kept in the case's history.

    The practice accepts for itself; for another service, who heard it from them records it.
    `what` names which of several things is meant; else it is the oldest.
    """
    case = lock_case(reference)
    standing = Handover.objects.select_for_update().filter(case=case, **STANDING)
    named = standing.filter(what=what) if what else standing
    found = named.order_by("opened_at", "pk").first()
    _check_may_accept(case, Outcome(found.what) if found else None, by=by)
    if found is None:
        raise Conflict("Nothing of this case waits to be accepted any more.")
    if not says_something(note):
        missing = ACCEPTED_BY if found.what in TO_SERVICE else "Enter who does this, and by when"
        raise Refused(missing, code="required", field="note")
    found.accepted_at, found.accepted_by_id = at, by.user_id
    found.save(update_fields=["accepted_at", "accepted_by"])
    said = write_note(case, Note.Kind.REASON, note, by=by, at=at)
    return take_step(
        case,
        Step.ACCEPT_HANDOVER,
        by=by,
        at=at,
        code=found.what,
        note=said,
        # Nothing of the case changes; that it can be undone is kept with it.
        lease_until=case.lease_until,
    )


def owe_again(case: Case, accepted: CaseStep, *, by: Actor, at: datetime) -> None:
    """Nobody had accepted it: whoever owned it owns it still, and it is due when it was."""
    ours = Handover.objects.select_for_update().filter(
        case=case, what=accepted.code, accepted_at=accepted.at, accepted_by_id=accepted.by_id
    )
    found = ours.filter(withdrawn_at=None).order_by("-opened_at", "-pk").first()
    assert found is not None, "the step has accepted one"
    _stands(found, case, by=by, at=at)


def _check_may_accept(case: Case, what: Outcome | None, *, by: Actor) -> None:
    """For a service any clinician who sees the case; for the practice its duty clinician alone."""
    if what in TO_SERVICE and by.is_one_of(CLINICAL_ROLES):
        return
    if by.role is not Role.DUTY or by.organisation_id != case.practice_id:
        raise Forbidden("Only the practice's duty clinician accepts this.")
