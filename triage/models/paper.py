"""Why: what a house has on paper for when the network goes, and what came back from paper."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from practices.models import Organisation, User, insert_only
from triage.models.cases import Case
from triage.rules.paper import Settled, SheetKind


class DowntimePack(models.Model):
    """One house's day as a file that opens without a network. Only the last few are kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateTimeField(help_text="the quarter of an hour it is the pack of")
    made_at = models.DateTimeField()
    text = models.TextField(help_text="the whole file")
    patient_ids = ArrayField(models.BigIntegerField(), default=list, help_text="whom it names")

    class Meta:
        ordering = ["-as_of", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "as_of"], name="one_pack_a_quarter_hour"
            )
        ]


class PaperLine(models.Model):
    """A line of a sheet was typed in, once: when it happened, when it was entered, by whom."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, help_text="as printed on the form")
    kind = models.CharField(max_length=8, choices=SheetKind.choices())
    happened_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled = models.CharField(max_length=10, choices=Settled.choices())
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="sheet_entered_once")
        ]
        triggers = insert_only()
