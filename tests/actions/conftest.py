"""The clinician with a case in hand; the recording carrier, and whoever hands messages to it."""

import pytest

from practices import clock, tasks
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.notify import notify_server
from tests.posting import Hands, Hour, office
from triage import actions
from triage.models import Case
from triage.rules.codes import Need


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
