"""Why: what a case still asks of somebody once it has left the desk."""

from django.db import models
from django.db.models import Q

from hubs.models import Hub
from practices.models import Membership, Practice, User, insert_only
from triage.models.cases import Case, CaseOutcome
from triage.rules.second_looks import How, Why


class RecordEntry(models.Model):
    """Somebody has written how the case ended into the patient's clinical record."""

    outcome = models.OneToOneField(CaseOutcome, on_delete=models.PROTECT, related_name="entry")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        triggers = insert_only()


class SecondLook(models.Model):
    """By this day somebody looks at the patient's case again; the owner is named until then."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="second_looks")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=12, choices=Why.choices())
    look_by = models.DateField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=12, choices=How.choices(), blank=True)

    class Meta:
        ordering = ["look_by", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(settled_at__isnull=True), name="one_open_second_look"
            ),
            models.CheckConstraint(
                name="settled_look_names_who",
                condition=Q(settled_at__isnull=True) | Q(settled_by__isnull=False) & ~Q(how=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["hub", "look_by"],
                condition=Q(settled_at__isnull=True),
                name="second_look_open",
            )
        ]


class SavedFilter(models.Model):
    """A list of the queue that somebody gave a name; seen by who saved it alone."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400, help_text="classes, states, a practice; no patient")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "name"], name="one_filter_a_name")
        ]
