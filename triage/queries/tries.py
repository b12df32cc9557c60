"""Why: how often somebody tried to reach the patient, and what was written to them meanwhile."""

from datetime import datetime

from django.db.models import Max, QuerySet

from practices.models import Message
from practices.queries import MessageRow
from practices.queries.messages import message_row
from practices.rules.message_words import News
from triage.models import Case, CaseStep, ContactAttempt
from triage.queries.ends import standing_attempts
from triage.rules.attempts import Delivered, Tried
from triage.rules.states import Step


def attempts_now(case: Case) -> QuerySet[ContactAttempt]:
    """The attempts since the case was opened last: it is a new story from then on."""
    found = standing_attempts().filter(case=case)
    again: datetime | None = CaseStep.objects.filter(case=case, step=Step.REOPEN).aggregate(
        at=Max("at")
    )["at"]
    return found if again is None else found.filter(at__gte=again)


def has_met_clinician(case: Case) -> bool:
    """Whether a clinician has spoken with the patient about it; a receptionist is none."""
    return attempts_now(case).filter(answered=True, by__clinician__isnull=False).exists()


def tries_of(case: Case) -> list[Tried]:
    """The same as the rules know them, oldest first. Two statements."""
    rows = attempts_now(case).order_by("id").values_list("at", "channel", "answered")
    return [Tried(*row) for row in rows]


def written_of(case_ref: str) -> tuple[MessageRow, ...]:
    """What told the patient that we tried and was not taken back, newest first. One statement."""
    found = Message.objects.filter(case_ref=case_ref, kind=News.TRIED).select_related("told_by")
    found = found.exclude(state=Message.State.SUPERSEDED)
    return tuple(message_row(row) for row in found.order_by("-id"))


def delivered_in(rows: tuple[MessageRow, ...]) -> list[Delivered]:
    """Those of them that arrived."""
    arrived = [row for row in rows if row.state == Message.State.DELIVERED]
    return [Delivered(row.queued_at, row.channel) for row in arrived]
