"""Why: the ends of cases that hold. One that was taken back within its seconds counts nowhere."""

from django.db.models import Exists, OuterRef, QuerySet

from triage.models import CaseOutcome, CaseStep
from triage.rules.states import Step
from triage.rules.undoing import UNDO_FOR


def standing() -> QuerySet[CaseOutcome]:
    """The ends that nobody has undone: an undoing is of the end just before it, of no other."""
    later = CaseOutcome.objects.filter(
        case=OuterRef("case"),
        pk__gt=OuterRef(OuterRef("pk")),
        at__gte=OuterRef(OuterRef("at")),
        at__lt=OuterRef("at"),
    )
    undone = CaseStep.objects.filter(
        ~Exists(later),
        case=OuterRef("case"),
        step=Step.UNDO_CLOSE,
        at__gte=OuterRef("at"),
        at__lte=OuterRef("at") + UNDO_FOR,
    )
    return CaseOutcome.objects.filter(~Exists(undone))
