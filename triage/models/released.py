"""Why: clinical rules as one lead drafted them, and as a second one released them."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from practices.models import Organisation, User, insert_only
from triage.rules.released import Stage

# Once drafted, a change is released, declined or taken back as it stands.
DRAFTED = (
    "network",
    "kind",
    "code",
    "before",
    "after",
    "basis",
    "reason",
    "drafted_by",
    "drafted_at",
)


class RuleChange(models.Model):
    """One entry of a set of rules as it is to be. Kept also when it was declined or taken back."""

    network = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, help_text="which set of rules")
    code = models.CharField(max_length=40)
    before = models.JSONField(null=True, help_text="nothing, when the entry is new")
    after = models.JSONField()
    basis = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Stage.choices(), default=Stage.OPEN.value)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "code"],
                condition=Q(state="open"),
                name="one_open_change_a_rule",
            ),
            models.CheckConstraint(
                name="change_released_by_a_second_person",
                condition=~Q(state__in=["released", "declined"])
                | (Q(ended_by__isnull=False) & ~Q(ended_by=F("drafted_by"))),
            ),
            models.CheckConstraint(
                name="ended_change_says_when",
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="draft_stays", fields=list(DRAFTED)),
            pgtrigger.Protect(
                name="ended_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="open"),
            ),
            *[one for one in insert_only() if one.name != "never_updated"],
        ]


class RuleVersion(models.Model):
    """A whole set of rules from a moment on. The newest is in force; none means the usual ones.

    `hubs` are those the network ran when it was released, for the record: a hub that joins later
    goes by it too.
    """

    network = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, help_text="which set of rules")
    version = models.PositiveIntegerField()
    entries = models.JSONField()
    hubs = ArrayField(models.BigIntegerField())
    change = models.OneToOneField(RuleChange, on_delete=models.PROTECT, related_name="version")
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()

    class Meta:
        ordering = ["network_id", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "version"], name="one_rule_version_a_network"
            ),
            models.CheckConstraint(
                name="version_released_by_a_second_person",
                condition=~Q(released_by=F("drafted_by")),
            ),
        ]
        triggers = insert_only()
