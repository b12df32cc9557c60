"""Why: displays on a hub's wall, each with a link of its own that shows counts and nothing else."""

import uuid

from django.db import models

from hubs.models import Hub
from practices.models import User


class Wallboard(models.Model):
    """A display of a hub. Of its link only a digest is kept; revoked, it shows nothing any more."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
