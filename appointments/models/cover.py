"""When: who is named to answer for a queue where no session says it."""

import uuid

from django.db import models
from django.db.models import F, Q

from practices.models import Clinician, Organisation, User


class NamedCover(models.Model):
    """This clinician answers for the organisation's queue then, under this phone number.

    Never changed: it is withdrawn, and another one is made.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="cover_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "starts_at"],
                condition=Q(withdrawn_at__isnull=True),
                name="cover_in_force",
            )
        ]
