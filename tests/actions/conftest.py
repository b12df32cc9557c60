"""The clinician with a case in hand; the recording carrier, and whoever hands messages to it."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from practices import clock, tasks
from practices.clock import local_day
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.conftest import MONDAY
from tests.mischief.day import Day
from tests.mischief.post import Post
from tests.notify import notify_server
from tests.posting import Hands, Hour, office
from triage import actions
from triage.models import Case
from triage.rules.codes import Need

# No carrier of a day is silent, and a slow machine is no silence.
PATIENCE = 60.0


@pytest.fixture
def clinician(world, acting):
    return acting(world, "clinician")


@pytest.fixture
def claimed(world, acting, clinician, now):
    """A case the clinician has, of a patient with a number to ring."""
    wish = {"at": now, "phone": "07700 900123"}
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, **wish)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(voicemail_allowed=True)
    return perform(actions.claim, by=clinician, at=now, reference=case.reference)


@pytest.fixture
def notify(now):
    """GOV.UK Notify on a free port, recording."""
    with notify_server(now) as server:
        yield server


@pytest.fixture
def hands(notify, monkeypatch):
    """The tasks hand their messages to this one."""
    found = Hands(office(notify))
    monkeypatch.setattr(tasks, "post_office", lambda: found)
    return found


@pytest.fixture
def hour(now, monkeypatch):
    """The hour of the application, moved by hand."""
    found = Hour(now)
    monkeypatch.setattr(clock, "now", lambda: found.at)
    return found


@contextmanager
def _undone():
    """What is done inside is gone after it."""
    connection.check_constraints()
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


@pytest.fixture
def undone():
    return _undone


@pytest.fixture
def begun(db, hands, notify, monkeypatch):
    """A day of this seed at eight in the morning; the application's clock is the day's."""
    hands.post.client.timeout = PATIENCE

    def beginning(seed: int) -> Day:
        day = Day(seed, local_day(MONDAY), Post(notify, hands))
        monkeypatch.setattr(clock, "now", lambda: day.at)
        return day

    return beginning
