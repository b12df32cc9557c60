"""Why: the numbers a network's clinical lead has put in force, version after version."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from practices.models import Organisation, User, insert_only


class ParameterSet(models.Model):
    """A version of a network's weights. The newest is in force; none means the usual numbers.

    `hubs` are those the network ran when it was put in force, for the record: a hub that joins
    later goes by it too.
    """

    network = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    values = models.JSONField()
    hubs = ArrayField(models.BigIntegerField())
    basis = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    restores = models.PositiveIntegerField(null=True, help_text="the version it brings back")

    class Meta:
        ordering = ["network_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["network", "version"], name="one_version_a_network")
        ]
        triggers = insert_only()
