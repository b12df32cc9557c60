"""Handing a case over to a named colleague: it stays mine until they have said yes."""

from datetime import datetime

from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Refused
from triage.actions.claiming import check_may_take, check_mine, clinician_of, facts_of, leased_on
from triage.actions.stepping import lock_case, take_step, write_note
from triage.models import Case, Note
from triage.queries.colleagues import Colleague, colleagues
from triage.rules.codes import ClassStatus
from triage.rules.states import State, Step


def offer(
    *,
    reference: str,
    to_clinician_id: int | None,
    note: str = "",
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Case:
    """The colleague sees the case on their page; I have it and answer for it until they accept."""
    case = lock_case(reference, version=version)
    check_mine(case, by=by, at=at)
    if to_clinician_id not in {one.id for one in who_may_take(case, by=by, at=at)}:
        raise Refused(
            "Choose a colleague who is on shift now and may see this patient",
            code="required",
            field="to_clinician",
        )
    said = write_note(case, Note.Kind.REASON, note, by=by, at=at)
    return take_step(case, Step.OFFER, by=by, at=at, note=said, offered_to_id=to_clinician_id)


def accept_offer(*, reference: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """The case is mine from now on, for a whole lease."""
    case = lock_case(reference, version=version)
    me = clinician_of(by)
    if case.state != State.CLAIMED or case.offered_to_id != me.pk:
        raise Conflict("This case is not offered to you any more.", code="offer_over")
    check_may_take(case, me, at=at)
    return take_step(
        case,
        Step.ACCEPT_OFFER,
        by=by,
        at=at,
        claimed_by_id=me.pk,
        claimed_at=at,
        lease_until=leased_on(case, at=at),
        offered_to_id=None,
    )


def end_offer(*, reference: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """It was taken back, or the colleague cannot; who has the case keeps it."""
    case = lock_case(reference, version=version)
    me = by.clinician_id
    if case.offered_to_id is None or me not in {case.offered_to_id, case.claimed_by_id}:
        raise Conflict("This case is not offered to anybody any more.", code="offer_over")
    return take_step(case, Step.END_OFFER, by=by, at=at, offered_to_id=None)


def who_may_take(case: Case, *, by: Actor, at: datetime) -> tuple[Colleague, ...]:
    """The colleagues whom I could offer the case now."""
    return colleagues(
        by.organisation_id,
        facts=facts_of(case, at=at),
        is_signed=case.urgency_status == ClassStatus.SIGNED,
        but=by.clinician_id,
        at=at,
    )
