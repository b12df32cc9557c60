"""When: lists that nobody supervises any more, because the supervisor has left."""

from django.db import models
from django.db.models import Q

from hubs.models import Hub
from practices.models import Clinician


class PausedList(models.Model):
    """Nobody new comes to this clinician at the hub on this day, until somebody supervises them.

    `taken_by` is who does from `until_at` on: the same supervisor, back again, or another.
    """

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Clinician, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["from_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "clinician", "day"],
                condition=Q(until_at__isnull=True),
                name="one_pause_at_a_time",
            ),
            models.CheckConstraint(
                name="ended_pause_names_a_supervisor",
                condition=Q(until_at__isnull=True) | Q(taken_by__isnull=False),
            ),
        ]
