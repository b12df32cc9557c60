"""A clinician at a browser without a browser: the test client on the tests' own Monday."""

from datetime import datetime

import pytest
from django.test import Client

from practices import clock as the_clock
from tests.world import World


@pytest.fixture
def clock(monkeypatch):
    """`clock(at)` makes the application read that instant, however long the test takes."""
    return lambda at: monkeypatch.setattr(the_clock, "now", lambda: at)


@pytest.fixture
def at_desk(world: World, clock, now):
    """`at_desk("clinician")` is a client signed in as that person of the world."""

    def seated(name: str, at: datetime = now) -> Client:
        clock(at)
        return signed_in(world, name)

    return seated


def signed_in(world: World, name: str) -> Client:
    """A client signed in as that person, whatever the clock reads."""
    client = Client()
    client.force_login(world.users[name])
    return client
