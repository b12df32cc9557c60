"""Where: hubs, who staffs them, which practices agreed to send there, and other services."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from hubs.rules.walk_ups import SentTo
from practices.models import Clinician, Organisation, Practice, Site, User


class Hub(models.Model):
    """A place where member practices' overflow is triaged and seen; never a walk-in centre."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="hub"
    )
    phone = models.CharField(max_length=20, blank=True)
    rules_of = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="the network whose released rules its cases go by; the network writes it down",
    )

    class Meta:
        ordering = ["organisation__name", "organisation_id"]


class HubStaff(models.Model):
    """A clinician works at the hub, whoever employs them; a supervisor may answer for others."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="staff")
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="hub_posts")
    supervises = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "clinician"],
                condition=Q(until_on__isnull=True),
                name="one_post_at_a_hub",
            )
        ]


class Agreement(models.Model):
    """A practice may send patients to a provider: the share of its places, from a day until one."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="agreements")
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements_as_provider"
    )
    share_places = models.PositiveSmallIntegerField(
        help_text="places a day this practice may use for P4 to P6"
    )
    travel_minutes = models.PositiveSmallIntegerField(default=0)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            ExclusionConstraint(
                name="one_agreement_at_a_time",
                expressions=[
                    ("practice", RangeOperators.EQUAL),
                    ("provider", RangeOperators.EQUAL),
                    (
                        Func(F("from_on"), F("until_on"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]


class Service(models.Model):
    """Somewhere else a patient can be well looked after: pharmacy, community, urgent treatment."""

    class Kind(models.TextChoices):
        PHARMACY = "pharmacy"
        COMMUNITY = "community"
        URGENT_TREATMENT = "urgent_treatment"

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="services")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=250, blank=True)
    takes = ArrayField(models.CharField(max_length=24), default=list, help_text="needs")
    criteria = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        help_text="by need, where it differs from Pharmacy First: ages, sex, exclusions",
    )

    class Meta:
        ordering = ["kind", "name", "id"]


class Opening(models.Model):
    """The hours a hub is staffed on a weekday, in wall time (Monday is 0)."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="openings")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens", "id"]
        constraints = [
            models.CheckConstraint(
                name="hub_closes_after_opening", condition=Q(closes__gt=F("opens"))
            ),
            models.CheckConstraint(name="opening_weekday", condition=Q(weekday__lte=6)),
        ]


class HubClosing(models.Model):
    """Somebody closed the hub for the day: from then on it reads nothing until it opens again."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="closings")
    day = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["closed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "day"],
                condition=Q(reopened_at__isnull=True),
                name="hub_closed_once_a_day",
            )
        ]


class Room(models.Model):
    """A room at a site and whether a wheelchair gets in."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=40)
    step_free = models.BooleanField(default=True)

    class Meta:
        ordering = ["site_id", "name", "id"]


class WalkUp(models.Model):
    """Somebody came to the hub without an appointment and was sent on.

    Where it is their practice that calls them, it owns them until it says that it has. Words that
    may mean a red flag (`scan_hits`) have a clinician called to the desk first.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="walk_ups")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    # Without a limit: a number that nobody could read stands behind them.
    words = models.TextField()
    scan_hits = ArrayField(
        models.CharField(max_length=40),
        default=list,
        db_default=models.Value([], ArrayField(models.CharField(max_length=40))),
        blank=True,
    )
    sent_to = models.CharField(max_length=12, choices=SentTo.choices())
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="walk_up_sent_to_practice_names_it",
                condition=~Q(sent_to="practice") | Q(practice__isnull=False),
            )
        ]
