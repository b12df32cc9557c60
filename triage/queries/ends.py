"""Why: the ends of cases that hold. One that was taken back within its seconds counts nowhere."""

from django.db.models import QuerySet

from triage.models import CaseOutcome, ContactAttempt


def standing() -> QuerySet[CaseOutcome]:
    """The ends that nobody has undone."""
    return CaseOutcome.objects.filter(step__undone_by=None)


def undone() -> QuerySet[CaseOutcome]:
    """The ends that somebody took back; what was written with them counts no more."""
    return CaseOutcome.objects.filter(step__undone_by__isnull=False)


def standing_attempts() -> QuerySet[ContactAttempt]:
    """The attempts to reach patients that nobody has undone."""
    return ContactAttempt.objects.filter(step__undone_by=None)
