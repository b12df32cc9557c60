"""A page knows how long its session lasts, so that its end can be announced."""

from datetime import timedelta

from django.conf import settings

from tests.pages.clinic import at_desk, clock
from tests.pages.markup import elements

__all__ = ["at_desk", "clock"]


def test_a_page_says_how_many_seconds_of_the_twelve_hours_are_left(at_desk, clock, now):
    client, left = at_desk("receptionist"), []

    for minutes in (0, 10, 20):
        clock(now + timedelta(minutes=minutes))
        page = client.get("/triage/reception/").content.decode()
        left += [int(box["data-shift-seconds"]) for box in elements(page, "dialog")]

    whole = settings.SHIFT_SECONDS
    assert left == [whole, whole - 600, whole - 1200]
