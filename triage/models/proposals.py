"""Why: what the rebalancer proposes, and what people made of it."""

import uuid

from django.db import models
from django.db.models import Q

from appointments.models import Booking, Move, Slot
from practices.models import Organisation, Practice, User
from triage.models.cases import Case
from triage.models.parameters import ParameterSet


class RebalanceRun(models.Model):
    """One look at one network's day. The same look twice is one run."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    class Kind(models.TextChoices):
        OWN = "own", "the network's own places"
        AID = "aid", "mutual aid: places of other networks"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(
        max_length=3, choices=Kind.choices, default=Kind.OWN, db_default=Kind.OWN
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    apply = models.CharField(max_length=6, default="none")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict, help_text="levels, bounds, proved; no patients")
    parameters = models.ForeignKey(
        ParameterSet, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at", "-id"]


class Proposal(models.Model):
    """Move one booking to another slot: why, to what effect, and who decided."""

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        UNDONE = "undone"
        STALE = "stale"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey(RebalanceRun, on_delete=models.PROTECT, related_name="proposals")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=20)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="+")
    booking_version = models.PositiveIntegerField()
    to_slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="+")
    reasons = models.JSONField(default=list)
    effects = models.JSONField(default=dict)
    needs_consent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decline_reason = models.CharField(max_length=200, blank=True)
    move = models.ForeignKey(Move, on_delete=models.PROTECT, null=True, related_name="+")
    undo = models.ForeignKey(Move, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(state="open"), name="one_open_proposal_a_booking"
            ),
            models.UniqueConstraint(
                fields=["to_slot"], condition=Q(state="open"), name="one_open_proposal_a_slot"
            ),
        ]


class PlaceOffer(models.Model):
    """A place at another network for a waiting case; nothing is booked before a person accepts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey(RebalanceRun, on_delete=models.PROTECT, related_name="offers")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offers")
    case_version = models.PositiveIntegerField()
    to_slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="+")
    reasons = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=Proposal.State.choices, default=Proposal.State.OPEN
    )
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decline_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="open"), name="one_open_offer_a_case"
            ),
            models.UniqueConstraint(
                fields=["to_slot"], condition=Q(state="open"), name="one_open_offer_a_slot"
            ),
        ]
