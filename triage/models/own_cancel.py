"""Why: what was tried at a patient's own link."""

from django.db import models

from appointments.models import Booking
from practices.models import insert_only


class OwnCancelTry(models.Model):
    """A wrong date of birth at the patient's own link; too many shut it for a while."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["booking", "at"], name="own_cancel_try_of")]
        triggers = insert_only()
