"""Arrived, or did not come: pressed beside the wrong name, it is taken back for ten seconds."""

import re
from datetime import timedelta

import pytest

from appointments.models import Booking
from practices.doors import everywhere
from tests.full_day import planned_ahead
from tests.invariants import broken
from tests.pages.clinic import signed_in
from tests.pages.markup import text_of
from tests.pages.test_arrivals import booked_at_hub, hub_desk, read, reading
from tests.pages.test_undoing import undo_of
from triage.models import Case
from triage.rules.codes import Need

__all__ = ["hub_desk", "reading"]


def says(client, booking, what):
    wish = {"step": what}
    return client.post(f"/triage/arrivals/{booking.public_id}/", wish, follow=True)


def row_of(answer):
    """The one row of who is expected."""
    return answer.content.decode().split('id="arrival-')[1].split("</tr>")[0]


def states(now):
    with everywhere(because="the test looks", at=now):
        return list(Booking.objects.order_by("pk").values_list("state", flat=True))


@pytest.fixture
def zoe(world, acting, now):
    return booked_at_hub(world, acting, "zoe", now)


def test_who_is_not_here_is_expected_again(hub_desk, zoe, now):
    answer = says(hub_desk, zoe[1], "arrived")

    after = hub_desk.post(undo_of(answer), follow=True)

    assert "You can undo this for 10 seconds" in text_of(answer)
    assert "app-undo" not in after.content.decode()
    assert states(now) == ["booked"]
    assert broken(at=now) == []


@pytest.mark.parametrize("was", ["booked", "arrived"])
def test_who_is_here_after_all_has_the_appointment_again(hub_desk, zoe, reading, now, was):
    case, booking = zoe
    at = reading[0] = booking.starts_at
    if was == "arrived":
        says(hub_desk, booking, "arrived")
    answer = says(hub_desk, booking, "missed")
    between = read(case, now).state

    after = hub_desk.post(undo_of(answer), follow=True)

    assert between == "waiting"
    assert states(now) == ["moved", was]
    assert (read(case, now).state, read(case, now).bookable_now) == ("booked", True)
    row = row_of(after)
    assert f"State {was.title()}" in " ".join(re.sub("<[^>]+>", " ", row).split())
    assert ('value="arrived"' in row) is (was == "booked")
    assert broken(at=at) == []


def test_who_was_brought_after_all_is_looked_at_by_nobody(hub_desk, world, acting, reading, now):
    case, booking = booked_at_hub(world, acting, "child", now)
    before = read(case, now)
    reading[0] = booking.starts_at

    hub_desk.post(undo_of(says(hub_desk, booking, "missed")))

    after = read(case, now)
    facts = ("state", "urgency_status", "bookable_now", "bookable_because", "due_at", "escalated")
    assert [getattr(after, one) for one in facts] == [getattr(before, one) for one in facts]


def test_a_request_that_was_made_of_it_stays_and_the_page_says_so(hub_desk, world, reading, now):
    planned_ahead(world, "child", world.slots("clinician")[0], Need.WOUND_INJURY)
    with everywhere(because="the test looks", at=now):
        booking = Booking.objects.get()
    reading[0] = booking.starts_at

    said = text_of(hub_desk.post(undo_of(says(hub_desk, booking, "missed")), follow=True))

    assert "A request to look into why nobody brought them stays" in said
    assert states(now) == ["moved", "booked"]
    with everywhere(because="the test looks", at=now):
        assert Case.objects.get().state == "waiting"
    assert broken(at=reading[0]) == []


def test_not_later_and_not_once_more_was_done(hub_desk, zoe, reading, now):
    address = undo_of(says(hub_desk, zoe[1], "arrived"))
    reading[0] = now + timedelta(seconds=11)

    late = text_of(hub_desk.post(address, follow=True))
    reading[0] = zoe[1].starts_at
    says(hub_desk, zoe[1], "missed")
    changed = text_of(hub_desk.post(address, follow=True))

    assert "Not undone. The 10 seconds to undo this have passed." in late
    assert "Not undone. Something else has happened to this appointment." in changed
    assert states(now) == ["missed"]


def test_what_a_colleague_said_is_not_mine_to_take_back(hub_desk, world, zoe, now):
    address = undo_of(says(hub_desk, zoe[1], "arrived"))
    other = signed_in(world, "supervisor")

    shown = other.get(f"/triage/arrivals/?just={zoe[1].public_id}").content.decode()
    said = text_of(other.post(address, follow=True))

    assert "app-undo" not in shown
    assert "Not undone. Somebody else has said this." in said
    assert states(now) == ["arrived"]
