"""What was done, what is still to do, what was said: audit, outbox, answers and messages."""

import uuid

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform

from practices.models.organisations import Organisation, Practice
from practices.models.patients import Patient
from practices.models.people import User


def insert_only() -> list[pgtrigger.Trigger]:
    """Rows that are never changed; only the retention role may delete them."""
    return [
        pgtrigger.Protect(name="never_updated", operation=pgtrigger.Update),
        pgtrigger.Trigger(
            name="deleted_by_retention",
            operation=pgtrigger.Delete,
            when=pgtrigger.Before,
            func="IF current_user <> 'headroom_retention' THEN"
            " RAISE EXCEPTION 'only retention may delete from %', TG_TABLE_NAME; END IF;"
            " RETURN OLD;",
        ),
    ]


class AuditEntry(models.Model):
    """One change of one entity: who, what, when, before and after. Ids and codes, no words."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(max_length=40)
    entity = models.CharField(max_length=30)
    entity_id = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["entity", "entity_id"], name="audit_of"),
            GinIndex(
                OpClass(KeyTransform("patients", "facts"), name="jsonb_path_ops"),
                condition=Q(verb="patient.viewed"),
                name="audit_of_views",
            ),
        ]
        triggers = insert_only()


class OutboxItem(models.Model):
    """Work promised in the transaction that made it necessary; done once it says so."""

    task = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    window = models.CharField(max_length=120, null=True, help_text="the same work is promised once")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "window"],
                condition=Q(window__isnull=False),
                name="outbox_window_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(done_at__isnull=True), name="outbox_waiting"
            )
        ]


class IdempotencyKey(models.Model):
    """The first answer to a wish, given again to whoever repeats it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_answer_a_key"),
        ]


class Message(models.Model):
    """What a patient is told, in which format, and whether it arrived."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        DELIVERED = "delivered"
        FAILED = "failed"
        SUPERSEDED = "superseded"
        STAFF_TELL = "staff_tell"
        TOLD = "told"

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="messages")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=20, blank=True)
    appointment = models.UUIDField(null=True, help_text="without a case: which one it is about")
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=10, default="text")
    send_to = models.CharField(max_length=100, blank=True, help_text="the only number for it")
    email = models.EmailField(
        max_length=254,
        blank=True,
        default="",
        db_default="",
        help_text="the only address for it; of a text, where it goes should the text fail",
    )
    is_large_print = models.BooleanField(
        default=False, db_default=False, help_text="as a letter: in large print"
    )
    body = models.TextField()
    window = models.CharField(max_length=80, null=True, help_text="the same news is told once")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    needed_by = models.DateTimeField(null=True, help_text="then it is too late to know it")
    news_until = models.DateTimeField(null=True, help_text="from then on nobody needs to say it")
    tried_at = models.DateTimeField(null=True, help_text="first handed to the carrier")
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text="delivered, failed, or told by staff")
    trouble = models.CharField(max_length=20, blank=True, help_text="why no text got through")
    to_tell_since = models.DateTimeField(null=True, help_text="a person has to tell the patient")
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True, help_text="somebody rings, or posts it")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["window"], name="message_window_once")]
        indexes = [
            models.Index(fields=["case_ref"], name="message_of_case"),
            models.Index(
                fields=["practice", "to_tell_since"],
                condition=Q(to_tell_since__isnull=False),
                name="message_to_tell",
            ),
            models.Index(
                fields=["queued_at"],
                condition=Q(state="sent") | Q(trouble="unclear"),
                name="message_on_its_way",
            ),
        ]
