"""The same wish fifty times at once is one booking and fifty equal answers (promise F05)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from appointments.models import Booking
from practices import clock
from practices.actions import issue_token
from practices.doors import everywhere
from tests.api.conftest import Caller
from tests.api.test_cases import asking
from tests.conftest import as_owner
from tests.world import SETUP

pytestmark = pytest.mark.race
AT_ONCE = 50


@pytest.fixture
def desk(committed_world, now, monkeypatch):
    """The receptionist's program against real commits."""
    monkeypatch.setattr(clock, "now", lambda: now)
    with everywhere(because="the test's set-up", at=now):
        membership = committed_world.memberships["receptionist"].pk
        return Caller(issue_token(membership_id=membership, name="t", days=1, by=SETUP, at=now))


def at_once(desk, address, body, keys):
    """All answers of requests sent together, each on a connection of its own."""

    def ask(key):
        try:
            return Caller(desk.token).post(address, body, **{"idempotency-key": key})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(keys)) as pool:
        return list(pool.map(ask, keys))


def test_one_key_is_one_booking_and_equal_answers(desk, committed_world, now):
    reference = desk.post("cases", asking(committed_world)).json()["reference"]
    slot = committed_world.slots("gp_oak")[0].pk

    answers = at_once(desk, f"cases/{reference}/book", {"slot": slot}, ["one"] * AT_ONCE)

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert bookings(now) == 1


def test_a_wish_that_is_still_being_done_is_told_to_come_back(desk, committed_world, now, settings):
    settings.SAME_WISH_WAITS = "100ms"
    reference = desk.post("cases", asking(committed_world)).json()["reference"]
    wish = f"cases/{reference}/book", {"slot": committed_world.slots("gp_oak")[0].pk}
    first = as_owner(settings.DATABASES["default"]["NAME"])
    first.set_session(autocommit=False)
    try:
        kept = (
            "INSERT INTO practices_idempotencykey (user_id, key, fingerprint, created_at)"
            " VALUES (%s, 'one', 'x', now())"
        )
        first.cursor().execute(kept, [committed_world.users["receptionist"].pk])
        answer = desk.post(*wish, **{"idempotency-key": "one"})
    finally:
        first.close()

    again = desk.post(*wish, **{"idempotency-key": "one"})
    assert (answer.status_code, answer.json()["code"]) == (409, "in_progress")
    assert (again.status_code, bookings(now)) == (201, 1)


def test_without_the_key_only_the_first_wins(desk, committed_world, now):
    """The positive control: the same race without one key is many different wishes."""
    reference = desk.post("cases", asking(committed_world)).json()["reference"]
    slot = committed_world.slots("gp_oak")[0].pk

    answers = at_once(desk, f"cases/{reference}/book", {"slot": slot}, [str(n) for n in range(10)])

    codes = sorted(answer.status_code for answer in answers)
    assert codes == [201] + [409] * 9
    assert bookings(now) == 1


def bookings(now):
    with everywhere(because="the test looks", at=now):
        return Booking.objects.filter(state="booked").count()
