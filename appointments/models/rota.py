"""When: a clinician's sessions and the slots made from them."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Func, Q

from appointments.rules.codes import Mode
from hubs.models import Hub
from practices.models import Clinician, Practice, Site

MODES = [(mode.value, mode.label) for mode in Mode]


class OfOneProvider:
    """A row of the rota belongs to a practice or to a hub, never both, never none."""

    practice_id: int | None
    hub_id: int | None

    @property
    def provider_id(self) -> int:
        """The organisation whose time it is."""
        provider = self.hub_id or self.practice_id
        assert provider is not None
        return provider


def instants() -> Func:
    return Func(F("starts_at"), F("ends_at"), function="tstzrange")


class Session(OfOneProvider, models.Model):
    """One clinician sees people at one site for a stretch of one day."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        CANCELLED = "cancelled"

    # The database names it, so that code from before it had a name still publishes.
    public_id = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="sessions")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, null=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    slot_minutes = models.PositiveSmallIntegerField(default=15)
    places = models.PositiveSmallIntegerField(default=1)
    mode = models.CharField(max_length=16, choices=MODES)
    category = models.CharField(max_length=60, default="General Consultation Acute")
    needs = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    audience = models.JSONField(null=True)
    reserve = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PUBLISHED)
    reason = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            ExclusionConstraint(
                name="clinician_in_one_session",
                expressions=[
                    ("clinician", RangeOperators.EQUAL),
                    (instants(), RangeOperators.OVERLAPS),
                ],
                condition=Q(status="published"),
            ),
            models.CheckConstraint(
                name="session_has_one_home",
                condition=Q(practice__isnull=True, hub__isnull=False)
                | Q(practice__isnull=False, hub__isnull=True),
            ),
            models.CheckConstraint(
                name="session_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="session_slot_minutes", condition=Q(slot_minutes__gte=5, slot_minutes__lte=120)
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "starts_at"], name="session_practice"),
            models.Index(fields=["hub", "starts_at"], name="session_hub"),
        ]


class Slot(OfOneProvider, models.Model):
    """A stretch of a session that can be booked. Its time and clinician never change."""

    class Status(models.TextChoices):
        OPEN = "open"
        WITHDRAWN = "withdrawn"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="slots")
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="slots")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    day = models.DateField(help_text="the local date its points count on")
    places = models.PositiveSmallIntegerField(default=1)
    mode = models.CharField(max_length=16, choices=MODES)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "starts_at"], condition=Q(status="open"), name="slot_once"
            ),
            models.UniqueConstraint(
                fields=["id", "starts_at", "ends_at", "clinician"], name="slot_as_booked"
            ),
            models.CheckConstraint(
                name="slot_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="slot_has_a_place", condition=Q(places__gte=1)),
        ]
        indexes = [
            models.Index(
                fields=["hub", "starts_at"], condition=Q(status="open"), name="slot_hub_open"
            ),
            models.Index(
                fields=["practice", "starts_at"],
                condition=Q(status="open"),
                name="slot_practice_open",
            ),
            models.Index(fields=["clinician", "day"], name="slot_clinician_day"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="slot_never_moves",
                fields=["session", "clinician", "practice", "hub", "starts_at", "ends_at", "day"],
            )
        ]
