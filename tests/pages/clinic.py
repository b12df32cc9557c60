"""A clinician at a browser without a browser: the test client on the tests' own Monday."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.world import World


@pytest.fixture
def clock(settings):
    """`clock(at)` makes the application read that instant."""

    def set_to(at):
        settings.CLOCK_SHIFT = (at - datetime.now(UTC)).total_seconds()

    return set_to


@pytest.fixture
def at_desk(world: World, clock, now):
    """`at_desk("clinician")` is a client signed in as that person of the world."""

    def signed_in(name: str, at: datetime = now) -> Client:
        clock(at)
        client = Client()
        client.force_login(world.users[name])
        return client

    return signed_in
