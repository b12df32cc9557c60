"""Why: calls for help that need no patient, and what became of them."""

from django.db import models

from hubs.models import Hub, WalkUp
from practices.models import Patient, Practice, User
from triage.models.cases import Case
from triage.rules.codes import CallEnd


class Emergency(models.Model):
    """Somebody called for help now: a phone number is enough, or that they stand at a desk.

    Everybody's until a clinician has it, and theirs until it is said what became of it.
    """

    reference = models.CharField(max_length=20, unique=True)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, null=True)
    phone = models.CharField(max_length=20)
    # Without a limit: a call for help is never lost for what was typed of the place.
    where = models.TextField(blank=True)
    is_here = models.BooleanField(
        default=False, db_default=False, help_text="at the desk of the house that called"
    )
    at = models.DateTimeField()
    read_due_at = models.DateTimeField(
        null=True, help_text="by when their words are read, where these alone made somebody call"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    walk_up = models.ForeignKey(
        WalkUp, on_delete=models.PROTECT, null=True, related_name="emergencies"
    )
    patient = models.ForeignKey(
        Patient,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="whose page it was",
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="emergencies")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_as = models.CharField(
        max_length=10, choices=CallEnd.choices(), blank=True, default="", db_default=""
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "id"]
        indexes = [
            models.Index(
                fields=["at", "id"],
                condition=models.Q(ended_at__isnull=True),
                name="emergency_not_ended",
            ),
        ]
