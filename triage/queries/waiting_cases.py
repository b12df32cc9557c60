"""Why: cases that may be given a place without a person's click."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from practices.rules.london import day_of, midnight
from triage.models import Case, CaseStep
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.lanes import Lane
from triage.rules.states import State, Step


def waiting_cases(
    *, practice_ids: Collection[int], hub_ids: Collection[int], at: datetime
) -> list[Case]:
    """Who waits, is due today, and may be booked: signed, or under a protocol. One statement.

    Emergencies are acted on, and planned care keeps away from today's places. Whose place has ended
    is a person's to place again: a patient who said no, or was told of a time, gets no other by
    machine, unless a clinician has signed the case since.
    """
    end = midnight(day_of(at) + timedelta(days=1))
    found = Case.objects.annotate(last=_last_word()).select_related("patient").filter(
        Q(bookable_now=True) | Q(urgency_status=ClassStatus.SIGNED),
        state=State.WAITING,
        lane=Lane.HUB,
        practice__in=practice_ids,
        hub__in=hub_ids,
        urgency__gt=Urgency.P0.rank,
        urgency__lt=Urgency.P6.rank,
        due_at__lt=end,
    )
    return list(found.exclude(last=Step.UNBOOK).order_by("urgency", "due_at", "id"))


def _last_word() -> Coalesce:
    """The latest of a place ended, a place kept and a class signed; none of a new case."""
    said = CaseStep.objects.filter(
        case=OuterRef("pk"), step__in=(Step.UNBOOK, Step.KEEP_BOOKING, Step.SIGN_CLASS)
    )
    return Coalesce(Subquery(said.order_by("-id").values("step")[:1]), Value(""))
