"""One acting membership at a time: choosing it, and what a refusal looks like (U23)."""

import pytest
from django.test import Client

from practices import clock
from practices.doors import everywhere
from practices.models import Membership
from tests.world import LONG_AGO

SWITCH = "/practices/acting-as/"
BROOK = {"sought": "brook"}


@pytest.fixture
def two_roles(world, now, monkeypatch):
    """The receptionist of Oak Surgery also works at Elm Surgery."""
    monkeypatch.setattr(clock, "now", lambda: now)
    with everywhere(because="the test's set-up", at=now):
        second = Membership.objects.create(
            user=world.users["receptionist"],
            role="receptionist",
            organisation_id=world.elm.pk,
            from_on=LONG_AGO,
        )
    client = Client()
    client.force_login(world.users["receptionist"])
    return client, second


def test_the_switcher_changes_whose_list_is_seen(two_roles):
    browser, second = two_roles

    before = browser.post("/triage/reception/", BROOK, follow=True).content.decode()
    chosen = browser.post(SWITCH, {"membership": second.pk})
    after = browser.post("/triage/reception/", BROOK, follow=True).content.decode()

    assert "Nobody on our list fits" in before
    assert chosen.status_code == 302
    assert "Brook, Ellen" in after
    assert "Elm Surgery" in after


def test_each_role_says_what_and_where_and_which_is_mine_now(two_roles):
    browser, _ = two_roles

    page = browser.get(SWITCH).content.decode()

    assert "<strong>Receptionist</strong>, Oak Surgery" in page
    assert "Act as this" in page
    assert page.count("Act as this") == 1


@pytest.mark.parametrize("wanted", ["", "x", "0", "999999"])
def test_a_role_that_is_not_mine_is_absent(two_roles, wanted):
    browser, _ = two_roles

    assert browser.post(SWITCH, {"membership": wanted}).status_code == 404


def test_a_refusal_no_form_caught_is_a_page_in_words(two_roles, world, acting, now):
    browser, _ = two_roles
    gone = f"/triage/desk/HR-{'2' * 4}-{'3' * 4}-44/"

    assert browser.get(gone).status_code == 404
    assert browser.post(f"{gone}let-go/").status_code == 404


@pytest.mark.parametrize("chosen", [True, False])
def test_a_role_that_ended_ends_the_session_not_its_care(two_roles, world, now, chosen):
    browser, second = two_roles
    if chosen:
        browser.post(SWITCH, {"membership": second.pk})
    browser.get("/triage/reception/")
    mine = second if chosen else world.memberships["receptionist"]
    with everywhere(because="the post has ended", at=now):
        Membership.objects.filter(pk=mine.pk).update(until_on=now.date())

    ended = browser.post("/triage/reception/", BROOK)

    assert (ended.status_code, "/sign-in/" in ended["Location"]) == (302, True)
    assert "_auth_user_id" not in browser.session
