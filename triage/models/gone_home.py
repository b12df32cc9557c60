"""Why: a clinician left in the middle of the day, and what became of every patient."""

import uuid

from django.db import models

from appointments.models import Booking
from practices.models import Clinician, Organisation, Practice, User
from triage.models.cases import Case


class GoneHome(models.Model):
    """Somebody said that a clinician has gone home: the rest of the list was given new homes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.JSONField(default=dict, help_text="the plan's certificate; no patients")
    settled_at = models.DateTimeField(null=True)
    ended = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        help_text="the sessions as they were, to bring them back; no patients",
    )
    foreseen = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        help_text="what was shown before the yes, by booking; no patients",
    )
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-said_at", "-id"]


class Rehoming(models.Model):
    """One patient of the list: nobody is left without a line here, nor a line without an end."""

    class Outcome(models.TextChoices):
        PENDING = "pending"
        PLACED = "placed"
        DUTY = "duty"
        QUEUE = "queue"
        TAKEN = "taken"
        BACK = "back"

    gone_home = models.ForeignKey(GoneHome, on_delete=models.PROTECT, related_name="patients")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    was = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="+")
    was_here = models.BooleanField(default=False, help_text="waits in the building")
    now = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.PENDING)
    why = models.JSONField(default=list)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["gone_home", "case"], name="one_line_a_patient"),
        ]
