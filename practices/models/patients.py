"""Who: patients, and which other organisation may see one of them, why and until when."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from practices.models.organisations import Organisation, Practice
from practices.models.people import Clinician
from practices.rules.access import AccessNeed


class Patient(models.Model):
    """A person on one practice's list. `person_key` is equal wherever the person is listed."""

    class Continuity(models.TextChoices):
        NONE = "none"
        AMBER = "amber"
        RED = "red"

    class Standing(models.TextChoices):
        REGISTERED = "registered", "Registered"
        TEMPORARY = "temporary", "Temporary resident"
        NEWBORN = "newborn", "Newborn, not registered yet"
        UNREGISTERED = "unregistered", "Not registered here"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="patients")
    nhs_number = models.CharField(max_length=10, null=True)
    person_key = models.CharField(max_length=64)
    family_name = models.CharField(max_length=50)
    given_name = models.CharField(max_length=50)
    sort_name = models.CharField(max_length=110, help_text="folded: family name, given name")
    born_on = models.DateField()
    born_estimated = models.BooleanField(default=False, db_default=False)
    standing = models.CharField(
        max_length=12,
        choices=Standing.choices,
        default=Standing.REGISTERED,
        db_default=Standing.REGISTERED.value,
    )
    sex = models.CharField(max_length=10, default="unknown")
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(max_length=254, blank=True, default="", db_default="")
    address = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    access_needs = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    access_detail = models.CharField(max_length=200, blank=True)
    usual_clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, null=True)
    continuity = models.CharField(max_length=6, choices=Continuity.choices, default=Continuity.NONE)
    declines_hub = models.BooleanField(default=False)
    left_on = models.DateField(null=True)

    class Meta:
        ordering = ["sort_name", "born_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "nhs_number"],
                condition=Q(left_on__isnull=True, nhs_number__isnull=False),
                name="nhs_number_once_a_list",
            ),
            models.CheckConstraint(
                name="access_needs_are_known",
                condition=Q(access_needs__contained_by=[need.value for need in AccessNeed]),
            ),
        ]
        indexes = [
            GinIndex(fields=["sort_name"], name="patient_name", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["practice", "born_on"], name="patient_born"),
            models.Index(fields=["person_key"], name="patient_person"),
        ]


class Disclosure(models.Model):
    """A live case opens one patient to one organisation for a time."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="disclosures")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=60)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["patient", "organisation"], name="disclosure_of")]
