"""Why: cases, and every step, note and outcome in their lives."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from appointments.models import Booking
from hubs.models import Hub
from practices.models import Clinician, Patient, Practice, User, insert_only
from practices.rules.access import AccessNeed, takes_two
from triage.models.parameters import ParameterSet
from triage.models.released import RuleVersion
from triage.rules.callers import LONGEST_HEARD, Authority, Identity, Relation
from triage.rules.codes import Channel, ClassStatus, Need, Outcome
from triage.rules.lanes import Lane
from triage.rules.states import State


class Case(models.Model):
    """Somebody asked for help: what, how urgent, who owns it now and until when."""

    reference = models.CharField(max_length=20, unique=True)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="cases")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="cases")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="cases")
    channel = models.CharField(max_length=10, choices=Channel.choices())
    need = models.CharField(max_length=24, choices=Need.choices())
    red_flags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    red_flags_asked = models.BooleanField(default=False)
    card = models.ForeignKey(
        RuleVersion,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="the red-flag card it was asked and read by; none is the one of Headroom",
    )
    scan_hits = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    read_due_at = models.DateTimeField(
        null=True, help_text="a clinician has read the words by then; none: nothing is to read"
    )
    declined_at = models.DateTimeField(null=True, help_text="they said no to emergency help")
    urgency = models.PositiveSmallIntegerField(help_text="0 to 6, for P0 to P6")
    urgency_status = models.CharField(max_length=12, choices=ClassStatus.choices())
    signed_by = models.ForeignKey(Clinician, on_delete=models.PROTECT, null=True, related_name="+")
    bookable_now = models.BooleanField(default=False)
    bookable_because = models.CharField(max_length=200, blank=True)
    submitted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices())
    lane = models.CharField(
        max_length=8,
        choices=Lane.choices(),
        default=Lane.HUB.value,
        db_default=Lane.HUB.value,
    )
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(
        Clinician, on_delete=models.PROTECT, null=True, related_name="claimed_cases"
    )
    claimed_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    offered_to = models.ForeignKey(
        Clinician, on_delete=models.PROTECT, null=True, related_name="offered_cases"
    )
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, related_name="+")
    bounces = models.PositiveSmallIntegerField(default=0)
    handed_to = models.ForeignKey(Clinician, on_delete=models.PROTECT, null=True, related_name="+")
    phone = models.CharField(max_length=20, blank=True)
    heard_phone = models.CharField(
        max_length=LONGEST_HEARD,
        blank=True,
        default="",
        db_default="",
        help_text="as it was typed in an emergency; nobody can ring it",
    )
    safe_to_text = models.BooleanField(default=True)
    safe_to_call = models.BooleanField(default=True, db_default=True)
    voicemail_allowed = models.BooleanField(default=False, db_default=False)
    temporary_phone = models.BooleanField(default=False, db_default=False)
    is_confidential = models.BooleanField(default=False, db_default=False)
    identity = models.CharField(
        max_length=8,
        choices=Identity.choices(),
        default=Identity.STATED.value,
        db_default=Identity.STATED.value,
    )
    caller_name = models.CharField(max_length=80, blank=True, default="", db_default="")
    caller_relation = models.CharField(
        max_length=10, choices=Relation.choices(), blank=True, default="", db_default=""
    )
    caller_authority = models.CharField(
        max_length=10, choices=Authority.choices(), blank=True, default="", db_default=""
    )
    caller_authority_on = models.DateField(null=True)
    linked_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", help_text="the same call"
    )
    access_needs = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    continuity_with = models.ForeignKey(
        Clinician, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_for = models.ForeignKey(
        Clinician, on_delete=models.PROTECT, null=True, related_name="+", help_text="by name"
    )
    available = models.JSONField(default=list)
    external_code = models.CharField(max_length=10, blank=True)
    points = models.PositiveSmallIntegerField(default=10, help_text="tenths of a point")
    escalated = models.PositiveSmallIntegerField(default=0, help_text="per cent announced")
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["urgency", "due_at", "id"]
        constraints = [
            models.CheckConstraint(name="urgency_known", condition=Q(urgency__lte=6)),
            models.CheckConstraint(
                name="case_state_known", condition=Q(state__in=[state.value for state in State])
            ),
            models.CheckConstraint(
                name="case_access_needs_known",
                condition=Q(access_needs__contained_by=[need.value for need in AccessNeed]),
            ),
            models.CheckConstraint(
                name="case_lane_known", condition=Q(lane__in=[lane.value for lane in Lane])
            ),
            models.CheckConstraint(
                name="claimed_case_has_owner",
                condition=~Q(state="claimed")
                | Q(claimed_by__isnull=False, lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="booked_case_has_booking",
                condition=~Q(state="booked") | Q(booking__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_case_has_time",
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["hub", "urgency", "due_at", "id"],
                condition=~Q(state="closed"),
                name="case_queue",
            ),
            models.Index(fields=["practice", "submitted_at"], name="case_practice"),
            models.Index(
                fields=["patient"], condition=~Q(state="closed"), name="case_open_of_patient"
            ),
            models.Index(
                fields=["read_due_at"], condition=Q(read_due_at__isnull=False), name="case_unread"
            ),
        ]

    @property
    def is_double(self) -> bool:
        """Whether the patient needs two slots, one right after the other."""
        return takes_two(self.access_needs)

    @property
    def slots_needed(self) -> int:
        """How many slots an appointment for the case takes."""
        return 2 if self.is_double else 1


class Note(models.Model):
    """Free text about a case, kept apart so that it can be erased."""

    class Kind(models.TextChoices):
        WORDS = "words", "In the patient's own words"
        AGAIN = "again", "Said when calling again"
        REASON = "reason", "Reason"
        CLINICAL = "clinical", "Clinical note"
        SAFETY_NET = "safety_net", "Safety net"
        CALLER = "caller", "Who called for the patient"
        PAPER = "paper", "On a sheet of paper"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]


class CaseStep(models.Model):
    """One line of a case's history. Never changed; its words are in the note."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True, help_text="when it was typed in from paper")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    step = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    urgency = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24, blank=True, help_text="reason, outcome or channel")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, null=True, related_name="+")
    before = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        help_text="what an undo within seconds gives back; no words",
    )
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by"
    )

    class Meta:
        ordering = ["id"]
        triggers = insert_only()


class ContactAttempt(models.Model):
    """Somebody tried to reach the patient."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    answered = models.BooleanField()
    met = models.CharField(max_length=10, blank=True, default="", db_default="")
    number_end = models.CharField(
        max_length=3, blank=True, default="", db_default="", help_text="not all of the number"
    )
    step = models.OneToOneField(
        CaseStep, on_delete=models.PROTECT, null=True, related_name="attempt"
    )

    class Meta:
        ordering = ["id"]
        triggers = insert_only()


class CaseOutcome(models.Model):
    """How a case ended, who says so, and what the patient was told to watch for."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="outcomes")
    code = models.CharField(max_length=24, choices=Outcome.choices())
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    record_viewed = models.CharField(max_length=16, blank=True)
    safety_net = models.ForeignKey(Note, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, null=True, related_name="+")
    step = models.OneToOneField(
        CaseStep, on_delete=models.PROTECT, null=True, related_name="outcome"
    )
    attempt = models.ForeignKey(
        ContactAttempt,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="the contact that was said in the press that ended the case",
    )
    duplicate_of = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, related_name="+", help_text="it goes on there"
    )

    class Meta:
        ordering = ["id"]
        triggers = insert_only()


class RouteDecision(models.Model):
    """What was on the list when a patient was placed, what was chosen, and by whose numbers.

    Without `parameters` the usual numbers were in force. `weighed` are the best lines, counted.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    chosen = models.JSONField()
    offered = models.JSONField()
    parameters = models.ForeignKey(
        ParameterSet, on_delete=models.PROTECT, null=True, related_name="+"
    )
    weighed = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))

    class Meta:
        ordering = ["id"]
        triggers = insert_only()
