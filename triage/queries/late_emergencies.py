"""Why: emergencies that nobody had in time, for managers: which house, since when, and no more."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from triage.models import Case, CaseStep, Emergency
from triage.queries.emergencies import NOBODYS, RAISES, nobodys_p0
from triage.rules.codes import Urgency
from triage.rules.reading import ACKNOWLEDGED_IN


@dataclass(frozen=True, slots=True)
class LateEmergency:
    """A house whose emergency nobody has, and since when."""

    house: str
    since: datetime


def late_emergencies(where: Q, *, at: datetime) -> tuple[LateEmergency, ...]:
    """Calls and P0 cases of these houses that nobody had in time, oldest first. Two statements."""
    before = at - ACKNOWLEDGED_IN
    calls = Emergency.objects.filter(NOBODYS, where, at__lte=before, read_due_at=None)
    raised = CaseStep.objects.filter(
        case=OuterRef("pk"), step__in=RAISES, urgency=Urgency.P0.rank
    ).order_by("-at", "-id")
    since = Coalesce(Subquery(raised.values("at")[:1]), "submitted_at")
    cases = Case.objects.filter(nobodys_p0(at=at), where).annotate(since=since)
    found = [
        *(
            LateEmergency(house.organisation.name, one.at)
            for one in calls.select_related("practice__organisation", "hub__organisation")
            if (house := one.practice or one.hub)
        ),
        *(
            LateEmergency(one.practice.organisation.name, one.since)
            for one in cases.filter(since__lte=before).select_related("practice__organisation")
        ),
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.house)))
