"""How well: networks laid over independent practices, and what their days looked like."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from hubs.models import Hub
from networks.rules.automation import Automation
from practices.models import Organisation, Practice, User, insert_only


class Network(models.Model):
    """Practices that pool a team (a primary care network, in England)."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="network"
    )
    commissioner = models.CharField(max_length=12, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    is_live = models.BooleanField(default=False, help_text="opened in Headroom, not just imported")

    class Meta:
        ordering = ["organisation__name", "organisation_id"]


class NetworkMember(models.Model):
    """A practice belongs to a network from a day until before another; to one at a time."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="members")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            ExclusionConstraint(
                name="one_network_at_a_time",
                expressions=[
                    ("practice", RangeOperators.EQUAL),
                    (
                        Func(F("from_on"), F("until_on"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                name="member_leaves_after_joining",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
        ]


class NetworkHub(models.Model):
    """A hub is run, and rebalanced, by exactly one network."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="hubs")
    hub = models.OneToOneField(Hub, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]


class CapacitySnapshot(models.Model):
    """One organisation's day as counted at an instant: figures only, no patients, no names."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="snapshots")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    figures = models.JSONField()
    level = models.PositiveSmallIntegerField(default=1, help_text="pressure, 1 to 4")
    level_since = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation", "day", "at"], name="one_snapshot_an_instant"
            )
        ]
        indexes = [
            models.Index(fields=["network", "organisation", "day", "-at"], name="snapshot_latest")
        ]


class AutomationChoice(models.Model):
    """What the rebalancer may do without a click from then on; the newest row is in force."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=6, choices=Automation.choices())
    mutual_aid = models.BooleanField(
        default=False, db_default=False, help_text="asks, and is asked by, other networks"
    )
    reason = models.CharField(max_length=300)
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()

    class Meta:
        ordering = ["network_id", "-from_at", "-id"]
        triggers = insert_only()
