"""Who: the organisations, and where they stand."""

from django.db import models
from django.db.models import Q


class Organisation(models.Model):
    """A practice, a hub or a network, under its ODS code."""

    class Kind(models.TextChoices):
        PRACTICE = "practice"
        HUB = "hub"
        NETWORK = "network"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Practice(models.Model):
    """An independent GP practice. It does not know which network it is in."""

    class LimitMode(models.TextChoices):
        SHADOW = "shadow"
        WARN = "warn"
        ENFORCE = "enforce"

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="practice"
    )
    list_size = models.PositiveIntegerField(null=True)
    list_size_on = models.DateField(null=True)
    status = models.CharField(max_length=10, default="active")
    commissioner = models.CharField(max_length=12, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    limit_mode = models.CharField(
        max_length=10, choices=LimitMode.choices, default=LimitMode.SHADOW
    )
    paused_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["organisation__name", "organisation_id"]


class Site(models.Model):
    """A building where an organisation sees people."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    is_main = models.BooleanField(default=True)
    step_free = models.BooleanField(default=True)

    class Meta:
        ordering = ["organisation_id", "-is_main", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_main=True), name="one_main_site"
            )
        ]
