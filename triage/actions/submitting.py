"""A request comes in: classed, owned and due from its first second."""

from dataclasses import replace
from datetime import date, datetime

from hubs.queries import agreement_ended_on, hub_hours, hub_of_practice
from hubs.rules.opening import core_hours
from practices.actions import disclose, keep_email, keep_hub_wish
from practices.clock import bank_holidays, local_day
from practices.models import Patient
from practices.rules.access import AccessNeed
from practices.rules.london import day_words
from practices.rules.person_names import age_on
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Refused
from triage.actions.asking_flags import card_asked
from triage.actions.callers import contact_facts, linked_case, note_caller
from triage.actions.calling_again import call_again, earlier_case, is_same_call
from triage.actions.case_wish import CaseWish
from triage.actions.preferring import wish_facts
from triage.actions.reading_words import promise_reading
from triage.actions.references import new_reference
from triage.actions.shut_hub import read_by_hub
from triage.actions.stepping import call_while_shut, take_step, write_note
from triage.actions.telling import tell_received
from triage.actions.words import check_words
from triage.models import Case, Note
from triage.queries.protocols import protocols_of
from triage.rules.callers import check_caller, in_emergency, is_confidential
from triage.rules.codes import ClassStatus, Need, Sex
from triage.rules.lanes import Lane, lane_of
from triage.rules.reading import read_due
from triage.rules.red_flags import Card, scan
from triage.rules.request import Request
from triage.rules.states import State, Step
from triage.rules.urgency import Assessment, assess


def submit(*, wish: CaseWish, by: Actor, at: datetime, reference: str = "") -> Case:
    """The case waits with a class, an owner and a due time, and the patient is told.

    Paperwork waits in the practice's own lane, everything else in the hub's queue.

    The same patient with the same need within 24 hours is a repeat contact: the open case is
    raised, never doubled. The very same wish within a minute is the same call, sent twice. Only a
    simulation brings a reference of its own: the last word in a queue of equals is the reference,
    and the same seed is to live the same day.
    What was asked on paper counts from when it was asked.
    """
    since, is_now = wish.happened_at or at, wish.happened_at is None
    check_words(wish.words, is_asked=wish.need is not Need.ADMIN, is_flagged=bool(wish.red_flags))
    patient = Patient.objects.select_for_update().filter(pk=wish.patient_id).first()
    if patient is None:
        raise Absent
    wish = _with_caller(wish, patient, on=local_day(at))
    hub = _hub_of(patient, at=at)
    read_from = read_by_hub(hub, at=at)
    _keep_on_record(wish, patient, by=by, at=at)
    card = card_asked(wish, hub, of=patient, on=local_day(since))
    assessment = _assess(wish, patient, hub, card, at=since)
    earlier = earlier_case(wish, patient, at=since)
    if earlier is not None and is_now and is_same_call(earlier, wish, assessment, by=by, at=at):
        return earlier
    if earlier is not None:
        again = call_again(earlier, wish, assessment, card, by=by, at=at)
        return promise_reading(call_while_shut(again, read_from, by=by, at=at), at=at)
    reference = reference or new_reference("HR")
    case = _create(wish, patient, hub, assessment, card, reference, by=by, at=since)
    write_note(case, Note.Kind.WORDS, wish.words, by=by, at=since)
    note_caller(case, wish, by=by, at=at)
    if case.lane == Lane.HUB:
        disclose(patient=patient, organisation_id=hub, because=case.reference, by=by, at=at)
    case.read_due_at = read_due(None, is_hit=assessment.has_words_to_read, at=at)
    take_step(case, Step.SUBMIT, by=by, at=at, code=wish.channel, happened_at=wish.happened_at)
    promise_reading(call_while_shut(case, read_from, by=by, at=at), at=at)
    if is_now or case.due_at > at:
        tell_received(case, read_from=read_from, is_unasked=wish.asked_by_nobody, by=by, at=at)
    return case


def _with_caller(wish: CaseWish, patient: Patient, *, on: date) -> CaseWish:
    """The wish, of a caller who may be one; a ticked flag waits for nothing said of them."""
    if wish.red_flags:
        return replace(wish, caller=in_emergency(wish.caller, patient.born_on, today=on))
    check_caller(wish.caller, patient.born_on, today=on)
    return wish


def _hub_of(patient: Patient, *, at: datetime) -> int:
    hub = hub_of_practice(patient.practice_id, on=local_day(at))
    if hub is None:
        why = "This practice has no agreement with a hub today"
        if ended_on := agreement_ended_on(patient.practice_id, on=local_day(at)):
            name = patient.practice.organisation.name
            why = f"{name}’s agreement with the hub ended on {day_words(ended_on)}"
        raise Refused(f"{why}. Ask your practice manager.", code="agreement")
    return hub


def _keep_on_record(wish: CaseWish, patient: Patient, *, by: Actor, at: datetime) -> None:
    """What was said of the hub joins the record; an address does unless home may not know.

    A caller without a right says nothing of how the patient is reached.
    """
    if wish.not_the_hub is not None:
        keep_hub_wish(patient=patient, declines=wish.not_the_hub, by=by, at=at)
    age = age_on(patient.born_on, local_day(at))
    has_right = wish.caller is None or wish.caller.has_right
    if wish.email is not None and has_right and not is_confidential(age, wish.reaching):
        keep_email(patient=patient, email=wish.email, by=by, at=at)


def _assess(
    wish: CaseWish, patient: Patient, hub_id: int, card: Card, *, at: datetime
) -> Assessment:
    request = Request(
        need=wish.need,
        words=wish.words,
        flags=frozenset(wish.red_flags),
        flags_asked=wish.red_flags_asked,
        born_on=patient.born_on,
        sex=Sex(patient.sex),
        access_needs=frozenset(wish.access_needs) | {AccessNeed(n) for n in patient.access_needs},
        external_code=wish.external_code,
        raised_to=wish.raised_to,
        identity=wish.reaching.identity,
        born_estimated=patient.born_estimated,
    )
    return assess(
        request,
        at=at,
        core=core_hours(bank_holidays()),
        hub=hub_hours(hub_id, holidays=bank_holidays()),
        protocols=protocols_of(hub_id),
        card=card,
    )


def _create(
    wish: CaseWish,
    patient: Patient,
    hub_id: int,
    found: Assessment,
    card: Card,
    reference: str,
    *,
    by: Actor,
    at: datetime,
) -> Case:
    needs = {*patient.access_needs, *(need.value for need in wish.access_needs)}
    return Case.objects.create(
        reference=reference,
        practice_id=patient.practice_id,
        hub_id=hub_id,
        patient=patient,
        channel=wish.channel,
        need=wish.need,
        **_asked_by(wish, card),
        urgency=found.urgency.rank,
        urgency_status=ClassStatus.PROVISIONAL,
        bookable_now=found.bookable.now,
        bookable_because=found.bookable.reason,
        submitted_at=at,
        due_at=found.due_at,
        state=State.NEW,
        lane=lane_of(wish.need, found.urgency),
        access_needs=sorted(needs),
        available=list(wish.available),
        external_code=wish.external_code,
        points=found.points,
        submitted_by_id=by.user_id,
        linked_to=linked_case(wish.linked_to, patient, at=at),
        **wish_facts(patient, wish.asked_for_id),
        **contact_facts(patient, wish, may_text=wish.safe_to_text, on=local_day(at)),
    )


def _asked_by(wish: CaseWish, card: Card) -> dict[str, object]:
    """What was said to the card, and what the card's words find in the patient's own."""
    return {
        "card_id": card.id,
        "red_flags": sorted(wish.red_flags),
        "red_flags_asked": wish.red_flags_asked,
        "scan_hits": [hit.code for hit in scan(wish.words, card)],
    }
