"""The page after a contact was logged offers to take it back, and the meter is as it was."""

import re
from datetime import timedelta

import pytest

from tests.pages.clinic import at_desk, clock
from tests.pages.markup import text_of
from tests.pages.test_undoing import undo_of

__all__ = ["at_desk", "clock"]
PAGES = {"duty": "/triage/duty/", "clinician": "/triage/queue/"}


def meter(client, who):
    return re.search(r"[\d.]+ of \d+ points, room for [\d.]+", text_of(client.get(PAGES[who])))[0]


@pytest.mark.parametrize("who", PAGES)
def test_one_press_logs_and_one_takes_it_back(at_desk, who):
    client = at_desk(who)
    before = meter(client, who)

    said = client.post("/triage/queue/contact/", {"kind": "phone", "once": "1"}, follow=True)
    between, address = meter(client, who), undo_of(said)
    after = client.post(address, {"once": address}, follow=True)

    assert said.redirect_chain[-1][0] == after.redirect_chain[-1][0] == PAGES[who]
    assert "Logged: phone" in text_of(said)
    assert "You can undo this for 10 seconds" in text_of(said)
    assert "Undone. Your meter is as it was before" in text_of(after)
    assert (meter(client, who), between != before) == (before, True)


def test_too_late_the_page_says_so_and_it_stands(at_desk, now):
    client = at_desk("duty")
    said = client.post("/triage/queue/contact/", {"kind": "phone", "once": "1"}, follow=True)
    between = meter(client, "duty")

    later = at_desk("duty", at=now + timedelta(seconds=11))
    late = later.post(undo_of(said), follow=True)

    assert "The 10 seconds to undo this have passed." in text_of(late)
    assert "Too late to undo. The contact stands: look at your day" in text_of(said)
    assert meter(later, "duty") == between


def test_pressed_twice_it_is_taken_back_once(at_desk):
    client = at_desk("duty")
    before = meter(client, "duty")
    said = client.post("/triage/queue/contact/", {"kind": "phone", "once": "1"}, follow=True)
    address = undo_of(said)

    client.post(address, {"once": address})
    again = text_of(client.post(address, {"once": address}, follow=True))
    anew = text_of(client.post(address, follow=True))

    assert "Undone. Your meter is as it was before" in again
    assert "This contact is taken back already." in anew
    assert meter(client, "duty") == before
    assert client.get(address).url == PAGES["duty"]
