"""Why: what a closed case still owes, until somebody at the practice has said that they have it."""

from django.db import models
from django.db.models import Q

from hubs.models import Hub
from practices.models import Practice, User
from triage.models.cases import Case
from triage.rules.codes import Outcome


class Handover(models.Model):
    """A test, a visit or a referral: whoever closed the case owns it until it is accepted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=24, choices=Outcome.choices())
    by_hub = models.BooleanField(help_text="the hub owns it until then, else the practice itself")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    withdrawn_at = models.DateTimeField(null=True, help_text="its closing was undone")

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "what"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_handover",
            ),
            models.CheckConstraint(
                name="accepted_handover_names_who",
                condition=Q(accepted_at__isnull=True) | Q(accepted_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "opened_at"],
                condition=Q(accepted_at__isnull=True),
                name="handover_open",
            )
        ]
