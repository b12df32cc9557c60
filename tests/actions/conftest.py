"""The recording carrier, and whoever hands messages to it."""

import pytest

from practices import clock, tasks
from tests.notify import notify_server
from tests.posting import Hands, Hour, office


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
