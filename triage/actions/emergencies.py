"""Emergency now: a phone number is enough, and every clinician on shift sees it."""

from datetime import datetime

from django.conf import settings

from hubs.models import Hub
from hubs.queries import hub_of_practice
from practices import audit, news
from practices.clock import local_day
from practices.models import Practice
from practices.news import Subject
from practices.outbox import later
from practices.rules.phones import parse_callback
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, BadInput, Conflict, Forbidden, Refused
from practices.rules.roles import CLINICAL_ROLES, HUB_ROLES, NETWORK_ROLES
from practices.rules.search_box import spelled
from triage.actions.references import new_reference
from triage.models import Case, Emergency
from triage.rules.at_desk import with_heard
from triage.rules.codes import CallEnd
from triage.rules.reading import ACKNOWLEDGED_IN, is_unread, read_due


def raise_emergency(
    *,
    phone: str,
    where: str,
    walk_up_id: int | None = None,
    is_here: bool = False,
    is_words: bool = False,
    by: Actor,
    at: datetime,
) -> Emergency:
    """The call is on every clinician's screen until somebody acknowledges it.

    A number that nobody can ring helps nobody: it is refused while the caller can still be asked.
    `walk_up_id` is of who stands at a hub's desk: their name and words go with the call. Who
    `is_here` needs no number: a clinician goes to them, and the desk's own is rung where there is
    one. A number of theirs that cannot be read then refuses nothing: it stands with the place.
    Where `is_words`, nothing but their words called: a clinician reads them in time.
    """
    if by.is_one_of(NETWORK_ROLES):
        raise Forbidden("A network has no clinicians on shift. Call 999 yourself.")
    rung, place = _at_my_desk(phone, where, by=by) if is_here else (_to_ring(phone), where)
    practice_id, hub_id = _houses(by, at=at)
    emergency = Emergency.objects.create(
        reference=new_reference("EM"),
        practice_id=practice_id,
        hub_id=hub_id,
        phone=rung,
        where=place,
        is_here=is_here,
        walk_up_id=walk_up_id,
        at=at,
        read_due_at=read_due(None, is_hit=is_words, at=at),
        by_id=by.user_id,
    )
    due = emergency.read_due_at or at + ACKNOWLEDGED_IN
    later("triage.tasks.tell_late_words", at=at, due_at=due, reference=emergency.reference)
    audit.write("emergency.raised", entity="emergency", entity_id=emergency.reference, by=by, at=at)
    _tell(emergency)
    return emergency


def tell_late_words(*, reference: str, by: Actor, at: datetime) -> Emergency | None:
    """Nobody has the call, or has read the words, in time: every banner says so, a manager's too.

    None when somebody has.
    """
    emergency = Emergency.objects.filter(reference=reference).first()
    if emergency is None or emergency.acknowledged_at is not None:
        return None
    if not is_unread(emergency.read_due_at or emergency.at + ACKNOWLEDGED_IN, now=at):
        return None
    _tell(emergency)
    hub = Hub.objects.filter(pk=emergency.hub_id or 0).values_list("pk", "rules_of_id").first()
    for house in hub or ():
        if house is not None:
            news.changed(Subject.ALARMS, house)
    return emergency


def _tell(emergency: Emergency) -> None:
    """Every banner that shows it looks again."""
    news.changed(Subject.ALARMS, emergency.practice_id or emergency.hub_id or 0)


def _houses(by: Actor, *, at: datetime) -> tuple[int | None, int | None]:
    """The practice that calls, and the hub that helps it; of a call from a hub only the hub."""
    if _is_at_hub(by):
        return None, by.organisation_id
    practice_id = by.organisation_id
    hub_id = hub_of_practice(practice_id, on=local_day(at)) if practice_id is not None else None
    return practice_id, hub_id


def _to_ring(phone: str) -> str:
    """The number of who is elsewhere: without it nobody can help."""
    if not any(digit.isdigit() for digit in phone):
        raise Refused("Enter a phone number to call back", code="required", field="phone")
    return parse_callback(phone, training=settings.TRAINING)


def _at_my_desk(phone: str, where: str, *, by: Actor) -> tuple[str, str]:
    """The number of who is here, else of my house; and the place, with what nobody can ring."""
    if number := _rung(phone):
        return number, where
    house = by.organisation_id or 0
    known = Hub.objects.filter(pk=house).values_list("phone", flat=True)
    known = known.union(Practice.objects.filter(pk=house).values_list("phone", flat=True))
    return _rung(next(iter(known), "")), with_heard(where, phone) if phone else where


def _rung(phone: str) -> str:
    """The number as it is rung; empty where nobody can ring it."""
    try:
        return parse_callback(phone, training=settings.TRAINING)
    except BadInput:
        return ""


def _is_at_hub(by: Actor) -> bool:
    """Whether the call comes from a hub: from its clinicians, or from its front desk."""
    if by.is_one_of(HUB_ROLES):
        return True
    return not by.reach.own and Hub.objects.filter(pk=by.organisation_id).exists()


def acknowledge_emergency(*, reference: str, by: Actor, at: datetime) -> Emergency:
    """A clinician has it; the banner goes from every screen. A second press changes nothing."""
    if not by.is_one_of(CLINICAL_ROLES):
        raise Forbidden("Only a clinician can acknowledge an emergency.")
    emergency = Emergency.objects.select_for_update().filter(reference=reference).first()
    if emergency is None:
        raise Absent
    if emergency.acknowledged_at is None:
        emergency.acknowledged_at, emergency.acknowledged_by_id = at, by.user_id
        emergency.save(update_fields=["acknowledged_at", "acknowledged_by_id"])
        audit.write("emergency.acknowledged", entity="emergency", entity_id=reference, by=by, at=at)
        _tell(emergency)
    return emergency


def end_emergency(
    *, reference: str, ended_as: CallEnd, case: str, by: Actor, at: datetime
) -> Emergency:
    """It is said what became of it, and it is nobody's any more. A second press changes nothing.

    `case` is the reference of the request that was made of it, as typed; else it is not read.
    """
    if not by.is_one_of(CLINICAL_ROLES):
        raise Forbidden("Only a clinician can say what became of an emergency.")
    emergency = Emergency.objects.select_for_update().filter(reference=reference).first()
    if emergency is None:
        raise Absent
    if emergency.acknowledged_at is None:
        raise Conflict("Nobody has this emergency yet. Press I have it first.")
    if emergency.ended_at is not None:
        return emergency
    if ended_as is CallEnd.REQUEST:
        emergency.case = _request_of(emergency, case)
    emergency.ended_as, emergency.ended_at, emergency.ended_by_id = ended_as.value, at, by.user_id
    emergency.save(update_fields=["case", "ended_as", "ended_at", "ended_by"])
    facts = {"as": ended_as.value} | ({"case": emergency.case.reference} if emergency.case else {})
    audit.write("emergency.ended", entity="emergency", entity_id=reference, by=by, at=at, **facts)
    _tell(emergency)
    return emergency


def _request_of(emergency: Emergency, typed: str) -> Case:
    """The request with this reference; of the practice that called, where one did."""
    if not typed.strip():
        raise Refused("Enter the reference of the request", code="required", field="case")
    found = Case.objects.filter(reference=spelled(typed))
    if emergency.practice_id is not None:
        found = found.filter(practice_id=emergency.practice_id)
    case = found.first()
    if case is None:
        words = "No request of this practice has this reference. Check it, like HR-7K3M-9QXT-2C"
        raise Refused(words, code="invalid", field="case")
    return case
