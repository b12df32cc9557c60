"""Answering for others: leaving, coming back, taking over, reviewing and countersigning."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from appointments import actions as appointments
from appointments.models import PausedList
from appointments.queries.supervision import unled
from appointments.rules.codes import ContactKind
from hubs.models import Hub
from hubs.queries import practices_served
from hubs.rules.supervision import check_may_supervise
from practices import news
from practices.clock import local_day
from practices.doors import everywhere
from practices.news import Subject
from practices.rules.professions import Profession
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden
from practices.rules.roles import Role
from triage.actions.stepping import LEASE, lock_case, take_step
from triage.models import Case, CaseStep
from triage.queries.asked import open_questions
from triage.queries.options import holds_of, live_hold
from triage.queries.other_supervisors import other_supervisors
from triage.queries.supervising import here_until, pauses, people_of
from triage.queries.to_sign import passed_over, to_talk_over
from triage.queries.unsupervised import supervisors_gone
from triage.rules.last_call import CALLED_FOR
from triage.rules.states import State, Step

SUPERVISOR_LEFT, SUPERVISOR_BACK = "supervisor_left", "supervisor_back"
# Whoever ends by the clock is here a little longer.
GRACE = timedelta(minutes=10)
# P0 to P3 are somebody's to call now (as when a clinician goes home).
CALLED_NOW = 3


@dataclass(frozen=True, slots=True)
class Left:
    """What leaving did: how many lists paused, how many cases wait in the queue again."""

    lists: int
    cases: int


def leave_supervision(*, by: Actor, at: datetime) -> Left:
    """I have left: my people's lists pause, and what they and I had in hand waits in its place.

    What is urgent among it is the duty clinician's to know of at once: whoever is left at the hub
    may not be allowed to take it. Nobody leaves a question behind.
    """
    hub_id, me = _check(by)
    _one_at_a_time(hub_id)
    _check_answered(hub_id, at=at)
    people = people_of(me, at=at)
    return _pause(hub_id, me, people, from_hands=[*people, me], by=by, at=at)


def gone_without_a_word(*, hub_id: int, supervisor_id: int, by: Actor, at: datetime) -> Left | None:
    """Somebody says that the supervisor has gone home: the same as if they had said it.

    Open questions keep nobody here: they stay open for whoever supervises next. None where nobody
    is supervised by them.
    """
    people = people_of(supervisor_id, at=at)
    if not people or not Hub.objects.filter(pk=hub_id).exists():
        return None
    _one_at_a_time(hub_id)
    hands = [*people, supervisor_id]
    return _pause(hub_id, supervisor_id, people, from_hands=hands, by=by, at=at)


def back_without_a_word(*, hub_id: int, supervisor_id: int, by: Actor, at: datetime) -> int:
    """It was a slip, or the supervisor is back: the lists that paused because of it go on."""
    _one_at_a_time(hub_id)
    people = _paused_for(hub_id, supervisor_id, at=at)
    return _resume(hub_id, supervisor_id, people, by=by, at=at) if people else 0


def end_supervision(*, hub_id: int, supervisor_id: int, by: Actor, at: datetime) -> Left | None:
    """The supervisor's session is over and nobody said so: the lists pause as if they had left.

    None where it was said meanwhile. What the supervisor has in hand stays there: they may be here.
    """
    _one_at_a_time(hub_id)
    gone = [
        one
        for one in supervisors_gone(before=at - GRACE, at=at)
        if (one.hub_id, one.supervisor_id) == (hub_id, supervisor_id)
    ]
    if not gone:
        return None
    people = gone[0].people
    return _pause(hub_id, supervisor_id, people, from_hands=people, by=by, at=at)


def _pause(
    hub_id: int,
    supervisor_id: int,
    people: Collection[int],
    *,
    from_hands: Collection[int],
    by: Actor,
    at: datetime,
) -> Left:
    """Nobody new comes to these people, what is in these hands waits, and all are told."""
    held = Case.objects.filter(
        claimed_by_id__in=from_hands, state=State.CLAIMED, hub_id=hub_id
    ).order_by("pk")
    references = list(held.values_list("reference", flat=True))
    released = [one for one in references if _release(one, from_hands, by=by, at=at)]
    paused = appointments.pause_lists(
        hub_id=hub_id, supervisor_id=supervisor_id, clinician_ids=people, by=by, at=at
    )
    news.changed(Subject.CASES, hub_id)
    news.changed(Subject.ALARMS, hub_id)
    for practice_id in practices_served(hub_id, on=local_day(at)):
        news.changed(Subject.ALARMS, practice_id)
    return Left(lists=len(paused), cases=len(released))


def come_back(*, by: Actor, at: datetime) -> int:
    """I am here again: the lists that paused because I left go on, how many.

    What was taken from them in the last 15 minutes is with its clinician again, with a fresh lease,
    unless somebody has touched it or keeps a place for it; what waits longer is anybody's.
    """
    hub_id, me = _check(by)
    _one_at_a_time(hub_id)
    return _resume(hub_id, me, _paused_for(hub_id, me, at=at), by=by, at=at)


def _paused_for(hub_id: int, supervisor_id: int, *, at: datetime) -> list[int]:
    """Whose list is paused because this supervisor left."""
    found = PausedList.objects.filter(
        hub_id=hub_id, supervisor_id=supervisor_id, day=local_day(at), until_at=None
    )
    return list(found.order_by("pk").values_list("clinician_id", flat=True))


def _resume(
    hub_id: int, supervisor_id: int, people: Collection[int], *, by: Actor, at: datetime
) -> int:
    _give_back(hub_id, {*people, supervisor_id}, by=by, at=at)
    ended = appointments.resume_lists(
        hub_id=hub_id, clinician_ids=people, taken_by=supervisor_id, by=by, at=at
    )
    news.changed(Subject.CASES, hub_id)
    return len(ended)


def take_over(*, clinician_id: int, by: Actor, at: datetime) -> PausedList:
    """I supervise this clinician from now on today, if that is not more than I may.

    Nobody supervises them, or whoever does has too many people.
    """
    hub_id, me = _check(by)
    if clinician_id == me:
        raise Forbidden("Nobody supervises themselves.")
    _one_at_a_time(hub_id)
    unseen = {one.clinician_id for one in pauses(hub_id, at=at)}
    mine = here_until(people_of(me, at=at), at=at).keys() - unseen
    check_may_supervise(len(mine - {clinician_id}))
    _let_go_of_too_many(hub_id, clinician_id, but=me, by=by, at=at)
    if unled(hub_id, at=at).filter(pk=clinician_id).exists():
        # Nobody was named at all: from now on the rows say who it is today.
        appointments.pause_lists(
            hub_id=hub_id, supervisor_id=me, clinician_ids=[clinician_id], by=by, at=at
        )
    (ended,) = appointments.resume_lists(
        hub_id=hub_id, clinician_ids=[clinician_id], taken_by=me, by=by, at=at
    )
    news.changed(Subject.CASES, hub_id)
    return ended


def _let_go_of_too_many(
    hub_id: int, clinician_id: int, *, but: int, by: Actor, at: datetime
) -> None:
    """A colleague with too many people supervises this one no longer; where none has, nothing."""
    for other in other_supervisors(hub_id, but=but, at=at):
        if other.has_too_many and any(one.clinician_id == clinician_id for one in other.people):
            appointments.pause_lists(
                hub_id=hub_id,
                supervisor_id=other.clinician_id,
                clinician_ids=[clinician_id],
                by=by,
                at=at,
            )


def review(*, reference: str, by: Actor, at: datetime) -> Case:
    """I talked the case over with who ended it; a trainee's counts as a debrief on my meter."""
    hub_id, me = _check(by)
    case = lock_case(reference)
    due = [
        one for one in to_talk_over(people_of(me, at=at), at=at) if one.row.reference == reference
    ]
    if not due:
        raise Conflict("This case waits for no review of yours.")
    if any(one.profession is Profession.REGISTRAR for one in due):
        appointments.log_contact(
            clinician_id=me,
            organisation_id=hub_id,
            kind=ContactKind.DEBRIEF,
            contact_at=at,
            by=by,
            at=at,
        )
    return take_step(case, Step.REVIEW, by=by, at=at)


def countersign(*, reference: str, by: Actor, at: datetime) -> int:
    """I answer, beside who did it, for every rule passed over for this case. How many."""
    hub_id, _ = _check(by)
    case = lock_case(reference)
    ids = [one.override_id for one in passed_over(hub_id, at=at, reference=case.reference)]
    return len(appointments.countersign(ids, on_case=case.reference, by=by, at=at))


def _release(reference: str, people: Collection[int], *, by: Actor, at: datetime) -> bool:
    """The case waits again, if one of these people has it still; whether it was so."""
    case = lock_case(reference)
    if case.state != State.CLAIMED or case.claimed_by_id not in people:
        return False
    take_step(case, Step.RELEASE, by=by, at=at, code=SUPERVISOR_LEFT)
    if case.urgency <= CALLED_NOW and not case.escalated:
        take_step(
            case, Step.CALL_FOR_HELP, by=by, at=at, code=SUPERVISOR_LEFT, escalated=CALLED_FOR
        )
    return True


def _check_answered(hub_id: int, *, at: datetime) -> None:
    """Whoever asked is waiting at the patient's side for the answer."""
    waiting = open_questions(hub_id)
    if waiting:
        one = waiting[0]
        raise Conflict(
            f"{one.by} waits for an answer about case {one.reference}. Answer it, or ask another"
            " supervisor to, before you leave."
        )


def _give_back(hub_id: int, people: Collection[int], *, by: Actor, at: datetime) -> None:
    """Each case that leaving took out of these hands, and nobody has had since, is in them."""
    left = CaseStep.objects.filter(
        step=Step.RELEASE, code=SUPERVISOR_LEFT, at__gt=at - LEASE, case__hub_id=hub_id
    )
    for reference in left.order_by("case_id").values_list("case__reference", flat=True).distinct():
        case = lock_case(reference)
        said = CaseStep.objects.filter(case=case).exclude(step=Step.CALL_FOR_HELP)
        last = said.order_by("-id").first()
        if case.state != State.WAITING or last is None or last.code != SUPERVISOR_LEFT:
            continue
        if _is_kept_a_place(case, at=at):
            continue
        held_by = last.before.get("claimed_by_id")
        if held_by in people:
            again = {"claimed_by_id": held_by, "claimed_at": at, "lease_until": at + LEASE}
            take_step(case, Step.UNDO_RELEASE, by=by, at=at, code=SUPERVISOR_BACK, **again)


def _is_kept_a_place(case: Case, *, at: datetime) -> bool:
    """Whether somebody is finding the case a place, be it at its practice, out of our reach."""
    with everywhere(because="a hold at a practice's own place", at=at):
        return live_hold(holds_of(case), at=at) is not None


def _one_at_a_time(hub_id: int) -> None:
    """Whoever leaves or takes over at the hub sees what the one before them did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('supervision'), %s)", [hub_id])


def _check(by: Actor) -> tuple[int, int]:
    """The hub and the clinician I am, as its supervisor."""
    if by.role is not Role.SUPERVISOR or by.organisation_id is None or by.clinician_id is None:
        raise Forbidden("Only a supervising clinician of the hub does this.")
    return by.organisation_id, by.clinician_id
