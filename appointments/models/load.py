"""When: how much of each clinician's day is used, event by event and in sum."""

from django.db import models
from django.db.models import Q

from appointments.models.bookings import Booking
from appointments.rules.codes import ContactKind
from hubs.models import Hub
from practices.models import Clinician, Organisation, Practice, User, insert_only


class DayLoad(models.Model):
    """The ledger of one clinician's local day, in tenths of a point."""

    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="loads")
    day = models.DateField()
    held = models.IntegerField(default=0)
    booked = models.IntegerField(default=0)
    logged = models.IntegerField(default=0)

    class Meta:
        ordering = ["day", "clinician_id"]
        constraints = [
            models.UniqueConstraint(fields=["clinician", "day"], name="one_ledger_a_day"),
            models.CheckConstraint(
                name="ledger_not_negative",
                condition=Q(held__gte=0, booked__gte=0, logged__gte=0),
            ),
        ]


class Contacts(models.QuerySet["ContactEvent"]):
    """What was logged."""

    def counted(self) -> "Contacts":
        """What counts: neither taken back, nor of a booking whose ending was undone."""
        return self.filter(undone=None).exclude(booking__state="moved")


class ContactEvent(models.Model):
    """A contact that cost a clinician something, booked or brief; never edited.

    One that has an `UndoneContact`, or whose booking was moved since, counts no more.
    """

    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="contacts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    day = models.DateField()
    kind = models.CharField(
        max_length=16, choices=[(kind.value, kind.label) for kind in ContactKind]
    )
    points = models.PositiveSmallIntegerField()
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = Contacts.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["clinician", "day"], name="contact_clinician_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"],
                condition=Q(booking__isnull=False),
                name="a_booking_is_one_contact",
            )
        ]
        triggers = insert_only()


class UndoneContact(models.Model):
    """The entry against a contact that was a slip of the hand; both stay."""

    contact = models.ForeignKey(ContactEvent, on_delete=models.PROTECT, related_name="undone")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["contact"], name="contact_undone_once")]
        triggers = insert_only()


class ContactNote(models.Model):
    """Words about a contact, kept apart so that they can be erased."""

    event = models.OneToOneField(ContactEvent, on_delete=models.PROTECT, related_name="note")
    text = models.CharField(max_length=500)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]


class ShareUse(models.Model):
    """Places of a hub one practice has used on a day."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    used = models.IntegerField(default=0)
    borrowed = models.IntegerField(default=0)

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "hub", "day"], name="one_share_a_day"),
            models.CheckConstraint(
                name="share_not_negative", condition=Q(used__gte=0, borrowed__gte=0)
            ),
        ]


class ChangedDay(models.Model):
    """Something changed on an organisation's day; the rebalancer looks, then lets the row go.

    A row a change, never an update: bookings of one hub do not queue up behind a shared row.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
