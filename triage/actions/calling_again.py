"""Somebody calls about what they asked for already: the open case is raised, never doubled."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from practices import audit
from practices.actions import only_by_voice
from practices.clock import local_day
from practices.models import Patient
from practices.rules.reach import Actor
from triage.actions.callers import contact_after, note_caller
from triage.actions.case_wish import CaseWish
from triage.actions.preferring import wish_again
from triage.actions.stepping import lock_case, take_step, write_note
from triage.models import Case, Note
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.lanes import Lane, lane_of
from triage.rules.need_defaults import starting_class
from triage.rules.reading import read_due
from triage.rules.red_flags import Card, scan
from triage.rules.states import OPEN, Step
from triage.rules.urgency import Assessment, after_repeat

SAME_PROBLEM = timedelta(hours=24)
SAME_CALL = timedelta(seconds=60)


def earlier_case(wish: CaseWish, patient: Patient, *, at: datetime) -> Case | None:
    """The open case that is called about: the one that was named, else of the same problem.

    The desk names a case whatever its age and need, as long as the same people do the work
    (`is_same_work`). One that was closed meanwhile is none: what is said now is a request of its
    own.
    """
    open_now = Case.objects.filter(
        patient_id=patient.pk, state__in=[state.value for state in OPEN]
    ).order_by("submitted_at", "id")
    same = Q(need=wish.need, submitted_at__gt=at - SAME_PROBLEM)
    named = Q(reference=wish.again) & (Q(need=wish.need) | Q(lane=_lane(wish)))
    found = open_now.filter(named).first() if wish.again else None
    found = found or open_now.filter(same).first()
    return lock_case(found.reference) if found else None


def _lane(wish: CaseWish) -> Lane:
    """Whose work it is, as it was asked for."""
    return lane_of(wish.need, starting_class(wish.need))


def is_same_call(case: Case, wish: CaseWish, again: Assessment, *, by: Actor, at: datetime) -> bool:
    """Whether the wish says nothing that this person did not just say: a form sent twice."""
    said = (
        Note.objects.filter(case=case)
        .exclude(kind=Note.Kind.CALLER)
        .order_by("id")
        .values_list("kind", "text")
    )
    words = [(Note.Kind.WORDS.value, wish.words)] if wish.words.strip() else []
    return (
        at - case.submitted_at <= SAME_CALL
        and case.submitted_by_id == by.user_id
        and case.need == wish.need
        and case.red_flags == sorted(wish.red_flags)
        and case.red_flags_asked >= wish.red_flags_asked
        and case.urgency <= again.urgency.rank
        and wish.asked_for_id in {None, case.asked_for_id}
        and list(said) == words
        and all(getattr(case, name) == value for name, value in _reached(case, wish, at=at).items())
    )


def call_again(
    case: Case, wish: CaseWish, again: Assessment, card: Card, *, by: Actor, at: datetime
) -> Case:
    """The open case has the higher class and the earlier due time, and a clinician looks again."""
    urgency, due_at = after_repeat(Urgency(f"P{case.urgency}"), case.due_at, again)
    note = write_note(case, Note.Kind.AGAIN, _words(case, wish), by=by, at=wish.happened_at or at)
    note_caller(case, wish, by=by, at=at)
    facts = {"before": case.urgency, "after": urgency.rank}
    audit.write("case.called_again", entity="case", entity_id=case.reference, by=by, at=at, **facts)
    wrote = case.safe_to_text
    case = take_step(
        case,
        Step.REPEAT_CONTACT,
        by=by,
        at=at,
        happened_at=wish.happened_at,
        code=wish.channel,
        note=note,
        urgency=urgency.rank,
        urgency_status=ClassStatus.PROVISIONAL.value,
        due_at=due_at,
        bookable_now=False,
        bookable_because="The patient called again: a clinician looks first",
        red_flags=sorted({*case.red_flags, *wish.red_flags}),
        red_flags_asked=case.red_flags_asked or wish.red_flags_asked,
        scan_hits=sorted({*case.scan_hits, *(hit.code for hit in scan(wish.words, card))}),
        read_due_at=read_due(case.read_due_at, is_hit=again.has_words_to_read, at=at),
        card_id=card.id,
        points=max(case.points, again.points),
        **_reached(case, wish, at=at),
    )
    if wrote and not case.safe_to_text:
        only_by_voice(case=case.reference, phone=case.phone, by=by, at=at)
    return case


def _words(case: Case, wish: CaseWish) -> str:
    """What was said, with what it is about where that is something else than before."""
    about = f"About {wish.need.label.lower()}: " if wish.need != case.need else ""
    return f"{about}{wish.words}" if wish.words.strip() else about.rstrip(": ")


def _reached(case: Case, wish: CaseWish, *, at: datetime) -> dict[str, Any]:
    """How the patient may be reached, and whom they want to see, once this call counts too."""
    named: dict[str, Any] = {**wish_again(case.patient, wish.asked_for_id)}
    return named | contact_after(
        case,
        wish.reaching,
        wish.caller,
        phone=wish.phone,
        may_text=wish.safe_to_text,
        needs={*case.access_needs, *(need.value for need in wish.access_needs)},
        on=local_day(at),
    )
