"""A message on its way to the recording carrier, at hours the test moves by hand."""

from contextlib import suppress
from datetime import timedelta

from practices.actions import tell
from practices.doors import everywhere
from practices.models import Message, OutboxItem
from practices.post.notify import Notify
from practices.tasks import sweep_outbox
from tests.notify import EMAIL_TEMPLATE, KEY, LARGE_PRINT_TEMPLATE, LETTER_TEMPLATE, TEMPLATE
from tests.world import SETUP

# Longer than the longest way to the last try, at the outbox's own pace.
LONG = timedelta(hours=2)
# A carrier that hangs up says so at once; one that says nothing costs a test so many seconds.
PATIENCE = 5.0
# The appointment is still to come, long enough for a carrier that is slow.
COMING = timedelta(days=2)
DELIVER = "practices.tasks.deliver_message"


class Killed(BaseException):
    """The process is gone: nothing catches this."""


class Hands:
    """A post office whose sender may be killed after the carrier's yes, before our mark."""

    def __init__(self, post):
        self.post = post
        self.kills = []

    def send(self, **message):
        self.post.send(**message)
        if self.kills and self.kills.pop(0):
            raise Killed

    def send_email(self, **message):
        self.post.send_email(**message)
        if self.kills and self.kills.pop(0):
            raise Killed

    def send_letter(self, **message):
        self.post.send_letter(**message)
        if self.kills and self.kills.pop(0):
            raise Killed

    def fate_of(self, *, reference):
        return self.post.fate_of(reference=reference)

    def fates(self, **question):
        return self.post.fates(**question)


class Forgetful(Hands):
    """It never asks what the carrier has already: the guard is off."""

    def fate_of(self, *, reference):
        return None


def office(notify):
    return Notify(
        api_key=KEY,
        template_id=TEMPLATE,
        email_template_id=EMAIL_TEMPLATE,
        letter_template_id=LETTER_TEMPLATE,
        large_print_template_id=LARGE_PRINT_TEMPLATE,
        base_url=notify.url,
        timeout=PATIENCE,
        silence=0,
    )


class Hour:
    """The clock of the test, moved by hand."""

    def __init__(self, at):
        self.at = at


def tell_patient(world, kind="confirmed", *, who="zoe", at=None, **how):
    how = {"phone": "07700 900123", "case": "HR-1", "starts_at": world.at + COMING, **how}
    with everywhere(because="the test tells", at=world.at):
        # What the test's set-up promised is not looked at here.
        OutboxItem.objects.exclude(task=DELIVER).update(done_at=world.at)
        patient = world.patients[who]
        return tell(kind, patient=patient, place="Oak Surgery", by=SETUP, at=at or world.at, **how)


def seen(world, reference):
    with everywhere(because="the test looks", at=world.at):
        return Message.objects.get(reference=reference)


def until_done(world, hour):
    """Sweeps at the moments that work falls due, until none is left; how many it took."""
    end = hour.at + LONG
    for sweeps in range(1, 60):
        with suppress(Killed):
            sweep_outbox()
        with everywhere(because="the test looks", at=world.at):
            due = OutboxItem.objects.filter(done_at=None).order_by("due_at").first()
        if due is None:
            return sweeps
        assert due.due_at < end
        hour.at = max(hour.at, due.due_at)
    raise AssertionError("work is left")
