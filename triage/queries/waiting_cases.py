"""Why: cases that may be given a place without a person's click."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from practices.rules.access import AccessNeed
from practices.rules.london import day_of, midnight
from triage.models import Case, CaseStep
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.for_people import cannot_be_arranged, cannot_be_texted
from triage.rules.lanes import Lane
from triage.rules.states import State, Step


def waiting_cases(
    *, practice_ids: Collection[int], hub_ids: Collection[int], at: datetime
) -> list[Case]:
    """Who waits, is due today, and may be booked: signed, or under a protocol. One statement.

    Emergencies are acted on, and planned care keeps away from today's places. Whose place has ended
    is a person's to place again: a patient who said no, or was told of a time, gets no other by
    machine, unless a clinician has signed the case since. Nor does who needs what only a person
    can arrange, or hears of it from a person alone.
    """
    end = midnight(day_of(at) + timedelta(days=1))
    found = (
        Case.objects.annotate(last=_last_word())
        .select_related("patient")
        .filter(
            Q(bookable_now=True) | Q(urgency_status=ClassStatus.SIGNED),
            state=State.WAITING,
            lane=Lane.HUB,
            practice__in=practice_ids,
            hub__in=hub_ids,
            urgency__gt=Urgency.P0.rank,
            urgency__lt=Urgency.P6.rank,
            due_at__lt=end,
        )
    )
    mine = found.exclude(last=Step.UNBOOK).order_by("urgency", "due_at", "id")
    return [case for case in mine if not (arranged_by_people(case) or told_by_people(case))]


def arranged_by_people(case: Case) -> str:
    """What only a person can arrange for the case; empty if there is nothing."""
    patient = case.patient
    return cannot_be_arranged(_needs(case), is_red=patient.continuity == patient.Continuity.RED)


def told_by_people(case: Case) -> str:
    """Why no text can tell the patient of a place; empty where one can."""
    return cannot_be_texted(
        _needs(case),
        phone=case.phone,
        may_text=case.safe_to_text and not case.is_confidential,
        training=settings.TRAINING,
    )


def _needs(case: Case) -> set[AccessNeed]:
    return {AccessNeed(need) for need in (*case.access_needs, *case.patient.access_needs)}


def _last_word() -> Coalesce:
    """The latest of a place ended, a place kept and a class signed; none of a new case."""
    said = CaseStep.objects.filter(
        case=OuterRef("pk"), step__in=(Step.UNBOOK, Step.KEEP_BOOKING, Step.SIGN_CLASS)
    )
    return Coalesce(Subquery(said.order_by("-id").values("step")[:1]), Value(""))
