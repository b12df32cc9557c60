"""Clinicians taking cases: the most urgent one within my scope, for as long as a lease lasts."""

from datetime import datetime

from hubs.rules.scope import PatientFacts, for_whom_else, may_triage
from practices.clock import local_day
from practices.models import Clinician
from practices.rules.person_names import age_on
from practices.rules.professions import Profession
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden, Refused
from practices.rules.roles import CLINICAL_ROLES, Role
from triage.actions.stepping import LEASE, is_leased, lock_case, take_step
from triage.actions.supervised import check_supervised
from triage.models import Case
from triage.queries.next_up import claimable, ids_in_scope
from triage.queries.signers import is_triaged_by_gp
from triage.rules.closing import is_ahead
from triage.rules.codes import ClassStatus, Need
from triage.rules.lanes import OURS, Lane
from triage.rules.states import State, Step


def take_next(*, hub_id: int, by: Actor, at: datetime) -> Case | None:
    """The most urgent unlocked case of the hub's queue within my scope is mine; None if none.

    Candidates are read in queue order without locks, then locked one by one, skipping what a
    colleague is just taking.
    """
    me = clinician_of(by)
    check_supervised(me, hub_id=hub_id, at=at)
    for case_id in ids_in_scope(hub_id, Profession(me.profession), at=at):
        case = (
            claimable(hub_id, at=at)
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("patient", "booking")
            .filter(pk=case_id)
            .first()
        )
        if case is not None:
            return _claim(case, me, by=by, at=at)
    return None


def claim(*, reference: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """The case is mine until the lease ends; claiming my own case again renews the lease."""
    me = clinician_of(by)
    case = lock_case(reference, version=version)
    if is_leased(case, at=at) and case.claimed_by_id != me.pk:
        raise Conflict("A colleague is already looking after this case.", code="claimed")
    check_may_take(case, me, at=at)
    return _claim(case, me, by=by, at=at)


def check_may_take(case: Case, me: Clinician, *, at: datetime) -> None:
    """The patient is within this clinician's scope, and somebody supervises them if need be.

    Paperwork is taken among the practice's tasks: claimed here, the desk could not go on with it.
    """
    if case.lane == Lane.PRACTICE:
        raise Refused(OURS, code="lane")
    check_supervised(me, hub_id=case.hub_id, at=at)
    refusal = for_whom_else(Profession(me.profession), facts_of(case, at=at))
    if refusal is not None:
        raise refusal
    if case.urgency_status != ClassStatus.SIGNED and not may_triage(Profession(me.profession)):
        raise Refused("This case waits for somebody who may sign its class.", code="scope")


def heartbeat(*, reference: str, by: Actor, at: datetime) -> Case:
    """My lease on the case lasts `LEASE` from now, or as long as I accepted it for."""
    case = lock_case(reference)
    check_mine(case, by=by, at=at)
    case.lease_until = leased_on(case, at=at)
    case.save(update_fields=["lease_until"])
    return case


def leased_on(case: Case, *, at: datetime) -> datetime:
    """Until when the lease lasts for whoever goes on with the case: never shorter than it was."""
    until = at + LEASE
    return max(until, case.lease_until) if is_leased(case, at=at) and case.lease_until else until


def check_mine(case: Case, *, by: Actor, at: datetime) -> None:
    """The case is claimed by me and the lease lives, or a refusal says whose it is."""
    if case.state != State.CLAIMED or case.claimed_by_id != by.clinician_id:
        raise Conflict("This case is not with you. Claim it first.", code="not_claimed")
    if not is_leased(case, at=at):
        raise Conflict("Your hold on this case ran out. Claim it again.", code="lease_expired")


def check_may_sign_over(case: Case, *, by: Actor, at: datetime) -> None:
    """Nobody lowers or confirms the class of a case that a colleague has, or it says who has it.

    A supervising clinician of its hub may, and the duty clinician of its practice. Raising is
    never asked about: safety comes first.
    """
    if not is_leased(case, at=at) or case.claimed_by_id == by.clinician_id:
        return
    if by.role is Role.SUPERVISOR and by.organisation_id == case.hub_id:
        return
    if by.role is Role.DUTY and by.organisation_id == case.practice_id:
        return
    holder = Clinician.objects.select_related("user").get(pk=case.claimed_by_id or 0)
    raise Conflict(
        f"{holder.user.name} has this case. Ask them to change its class; to a more urgent one you"
        " may raise it yourself.",
        code="claimed",
        field="urgency",
    )


def check_may_end(case: Case, *, by: Actor, at: datetime) -> None:
    """A clinician ends a case they have, one they could take, or one they saw the patient of.

    A practice's own task is ended by whoever does it.
    """
    if case.state == State.CLAIMED:
        check_mine(case, by=by, at=at)
        return
    if case.lane == Lane.PRACTICE:
        return
    visit = case.booking if case.booking and case.booking.clinician_id == by.clinician_id else None
    has_seen = visit is not None and not is_ahead(visit.state, visit.starts_at, at=at)
    if by.clinician_id is not None and by.is_one_of(CLINICAL_ROLES) and not has_seen:
        check_may_take(case, clinician_of(by), at=at)


def facts_of(case: Case, *, at: datetime) -> PatientFacts:
    """What scope depends on, for a case with its patient loaded."""
    return PatientFacts(
        need=Need(case.need),
        age=age_on(case.patient.born_on, local_day(at)),
        triaged_by_gp=is_triaged_by_gp(case.reference),
    )


def _claim(case: Case, me: Clinician, *, by: Actor, at: datetime) -> Case:
    return take_step(
        case,
        Step.CLAIM,
        by=by,
        at=at,
        claimed_by_id=me.pk,
        claimed_at=at,
        lease_until=leased_on(case, at=at),
        offered_to_id=None,
    )


def clinician_of(by: Actor) -> Clinician:
    """The clinician who acts, or a refusal."""
    if by.clinician_id is None or not by.is_one_of(CLINICAL_ROLES):
        raise Forbidden("Only a clinician can take a case.")
    return Clinician.objects.get(pk=by.clinician_id)
