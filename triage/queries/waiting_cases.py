"""Why: cases that may be given a place without a person's click."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from practices.rules.london import day_of, midnight
from triage.models import Case
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.lanes import Lane
from triage.rules.states import State


def waiting_cases(
    *, practice_ids: Collection[int], hub_ids: Collection[int], at: datetime
) -> list[Case]:
    """Who waits, is due today, and may be booked: signed, or under a protocol. One statement.

    Emergencies are acted on, and planned care keeps away from today's places.
    """
    end = midnight(day_of(at) + timedelta(days=1))
    found = Case.objects.select_related("patient").filter(
        Q(bookable_now=True) | Q(urgency_status=ClassStatus.SIGNED),
        state=State.WAITING,
        lane=Lane.HUB,
        practice__in=practice_ids,
        hub__in=hub_ids,
        urgency__gt=Urgency.P0.rank,
        urgency__lt=Urgency.P6.rank,
        due_at__lt=end,
    )
    return list(found.order_by("urgency", "due_at", "id"))
