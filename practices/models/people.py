"""Who: the people who work here, what they may act as, and their safe working limits."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from practices.models.organisations import Organisation
from practices.rules.limits import Cause
from practices.rules.professions import Profession
from practices.rules.roles import Role


class User(AbstractUser):
    """A person who signs in. What they may do hangs on their memberships, not on them."""

    first_name = None  # type: ignore[assignment]  # Django's way to leave a base's field out
    last_name = None  # type: ignore[assignment]  # Django's way to leave a base's field out
    name = models.CharField(max_length=100)

    def get_full_name(self) -> str:
        return self.name


class Clinician(models.Model):
    """A person who treats patients, with one limit a day over all the places they work."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="clinician")
    home = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="clinicians")
    profession = models.CharField(max_length=24, choices=Profession.choices())
    stage = models.CharField(max_length=12, blank=True)
    prescribes = models.BooleanField(default=False)
    supervisor = models.ForeignKey("self", on_delete=models.PROTECT, null=True)

    class Meta:
        ordering = ["user__name", "id"]


class Membership(models.Model):
    """A user acts in a role at an organisation, from a day until before another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            ExclusionConstraint(
                name="membership_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (
                        Func(F("from_on"), F("until_on"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]


class ApiToken(models.Model):
    """A program's key to one membership; only its digest is kept."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class WorkingLimit(models.Model):
    """A dated limit on a day's points: who set it, of what kind, why, and on what basis."""

    class Layer(models.TextChoices):
        NETWORK = "network"
        PRACTICE = "practice"
        PERSON = "person"

    layer = models.CharField(max_length=10, choices=Layer.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, null=True)
    points = models.PositiveIntegerField(help_text="a day's limit in tenths of a point")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    cause = models.CharField(max_length=16, choices=Cause.choices(), default=Cause.AGREED)
    reason = models.CharField(max_length=200, blank=True, default="")
    basis = models.CharField(max_length=200)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="limit_names_its_target",
                condition=Q(layer="person", clinician__isnull=False, organisation__isnull=True)
                | Q(
                    layer__in=["network", "practice"],
                    clinician__isnull=True,
                    organisation__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="limit_is_plausible", condition=Q(points__gte=10, points__lte=600)
            ),
        ]
