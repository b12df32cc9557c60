"""Why: words that may mean a red flag, and that nobody has read in time."""

from datetime import datetime

from django.db.models import Q

from triage.models import Case
from triage.queries.held import standing, stands_now
from triage.rules.codes import Urgency
from triage.rules.held import NOBODYS
from triage.rules.reading import is_unread
from triage.rules.states import State

# An emergency alarms by itself, from its first second.
BELOW_EMERGENCY = Q(urgency__gt=Urgency.P0.rank)


def late_words(*, at: datetime) -> Q:
    """Cases whose words are late and that nobody has: a lease that ran out holds nothing."""
    return BELOW_EMERGENCY & Q(read_due_at__lte=at) & standing(NOBODYS, at=at)


def said_no() -> Q:
    """Cases of people who say no to emergency help, until a clinician has read it."""
    is_open = ~Q(state=State.CLOSED)
    return is_open & Q(declined_at__isnull=False, read_due_at__isnull=False)


def late_to_read(*, at: datetime) -> tuple[str, ...]:
    """Their references, the longest late first. One statement."""
    found = Case.objects.filter(late_words(at=at)).order_by("read_due_at", "reference")
    return tuple(found.values_list("reference", flat=True))


def is_late(case: Case, *, at: datetime) -> bool:
    """The same of one case, which is locked."""
    is_nobodys = stands_now(case, at=at) in NOBODYS
    return is_unread(case.read_due_at, now=at) and is_nobodys and case.urgency > Urgency.P0.rank
