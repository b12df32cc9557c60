"""Why: how many of a list that ended early could still have the old place again."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from practices.models import Message
from practices.rules.message_words import News
from triage.models import ContactAttempt, GoneHome, Rehoming
from triage.queries.ends import standing_attempts
from triage.rules.attempts import Met, TriedBy
from triage.rules.states import State

# What was written is read, though nobody answers.
WRITTEN = (TriedBy.TEXT.value, TriedBy.EMAIL.value, TriedBy.ONLINE.value)


def may_return(public_id: uuid.UUID | str, *, at: datetime) -> int:
    """How many were told nothing yet and are in nobody's hands. Four statements at most."""
    left = GoneHome.objects.get(public_id=public_id)
    found = Rehoming.objects.select_related("case").filter(gone_home=left)
    lines = [line for line in found.order_by("id") if _is_unmoved(line, at=at)]
    heard = _told(lines, since=left.said_at) | _spoken_with(lines, since=left.said_at)
    return sum(line.case.pk not in heard for line in lines)


def heard_since(*, case_ids: Collection[int], since: datetime) -> QuerySet[ContactAttempt]:
    """Attempts after which the patients know: somebody answered, or it was written."""
    tried = standing_attempts().filter(case__in=case_ids, at__gte=since)
    return tried.filter(~Q(met=Met.NOBODY.value) | Q(channel__in=WRITTEN))


def _is_unmoved(line: Rehoming, *, at: datetime) -> bool:
    if line.outcome == Rehoming.Outcome.PLACED:
        return line.case.state == State.BOOKED and line.case.booking_id == line.now_id
    return line.outcome != Rehoming.Outcome.BACK and line.case.state == State.WAITING


def _told(lines: Collection[Rehoming], *, since: datetime) -> set[int]:
    """Whose message has left already, or is being passed on by a person."""
    states = Message.State
    cases = {line.case.reference: line.case.pk for line in lines}
    news = Message.objects.filter(case_ref__in=cases, queued_at__gte=since)
    # That we tried says nothing of the place.
    news = news.exclude(kind=News.TRIED)
    unsaid = Q(state__in=(states.QUEUED, states.STAFF_TELL, states.SUPERSEDED), taken_at=None)
    said = news.exclude(unsaid).order_by("id").values_list("case_ref", flat=True)
    return {cases[reference] for reference in said}


def _spoken_with(lines: Collection[Rehoming], *, since: datetime) -> set[int]:
    heard = heard_since(case_ids=[line.case.pk for line in lines], since=since)
    return set(heard.order_by("id").values_list("case_id", flat=True))
