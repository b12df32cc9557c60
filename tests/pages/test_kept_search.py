"""A search is found again by Back and by a reload, and no address says who was sought."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from tests.pages.clinic import at_desk, clock

__all__ = ["at_desk", "clock"]
DESK = "/triage/reception/"
OVER = "That search is no longer kept. Find the patient again."


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def sought(browser, typed, address=DESK):
    return browser.post(address, {"sought": typed})["Location"]


def test_the_list_has_an_address_of_its_own_that_names_nobody(at_desk):
    desk = at_desk("receptionist")

    address = sought(desk, "oneil", f"{DESK}?with=HR-7K3M-9QXT-2C")

    assert "neil" not in address
    assert address.endswith("&with=HR-7K3M-9QXT-2C")
    first, again = (desk.get(address).content.decode() for _ in range(2))
    assert "2 patients fit." in first
    assert "2 patients fit." in again
    assert 'value="oneil"' in again


def test_two_tabs_do_not_mix(at_desk):
    desk = at_desk("receptionist")
    one, other = sought(desk, "oneil"), sought(desk, "nguyen")

    assert 'value="oneil"' in desk.get(one).content.decode()
    assert 'value="nguyen"' in desk.get(other).content.decode()


def test_what_cannot_be_read_has_an_address_too(at_desk):
    desk = at_desk("receptionist")

    page = desk.get(sought(desk, "oneil 31/2/1990")).content.decode()

    assert page.count("Date must be a real date") == 2
    assert 'value="oneil 31/2/1990"' in page


def test_after_half_an_hour_it_is_asked_for_again(at_desk, now):
    desk = at_desk("receptionist")
    address = sought(desk, "oneil")
    later = at_desk("receptionist", now + timedelta(minutes=31))

    page = later.get(address, follow=True).content.decode()

    assert OVER in page
    assert "neil" not in page


@pytest.mark.parametrize("name", ["receptionist_elm", "duty"])
def test_nobody_else_reads_what_was_sought(at_desk, name):
    address = sought(at_desk("receptionist"), "oneil")

    page = at_desk(name).get(address, follow=True).content.decode()

    assert OVER in page
    assert "oneil" not in page


@pytest.mark.parametrize("key", ["", "x", "é", "x" * 400, "a b", "%00"])
def test_a_key_that_is_none_finds_nothing(at_desk, key):
    assert OVER in at_desk("receptionist").get(f"{DESK}?found={key}", follow=True).content.decode()


def test_what_comes_while_somebody_types_leaves_the_address_alone(at_desk):
    """One patient who is surely meant would open again and again, and nobody come back."""
    part = at_desk("receptionist").post(DESK, {"sought": "oneil"}, headers={"hx-request": "true"})

    assert "HX-Replace-Url" not in part.headers
