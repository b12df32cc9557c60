"""Whose page it is stands on every page of one patient, on the screen and on paper (U22, HZ2)."""

import pytest
from django.test import Client
from django.urls import reverse

from practices import clock
from practices.rules.nhs_number import spaced
from tests.journeys.conftest import DESK
from tests.pages.markup import words
from tests.pages.test_clinic_browser import drawn
from tests.walls.matrix import PAGES
from tests.walls.two_networks import NAME, NUMBER, knockers, target_of

__all__ = ["drawn"]
pytestmark = pytest.mark.long
# What an address names when the page is one patient's.
OURS = {"case", "desk_case", "booking", "planned", "patient", "message"}
NO_BANNER = {"triage:letter": "it is read by the patient, and begins with their name and address"}
FACTS = (f"{NAME}, Ada", "29 February 1980 (46 years)", spaced(NUMBER), "Oak Surgery")
# Another kind of request than the open ones: the desk asks, and is not sent to an open one.
ASKED = {"triage:new": "?other=1"}


@pytest.fixture
def target(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    return target_of(world, acting)


def pages_of_one(world, target):
    """Each page of our patient, for each role at home that may open it."""
    for (place, role), user in knockers(world).items():
        client = Client()
        client.force_login(user)
        for name, knocks in PAGES.items() if place == "own" else ():
            if name in NO_BANNER:
                continue
            for knock in (one for one in knocks if one.method == "get" and one.names() & OURS):
                address = reverse(name, kwargs=knock.filled(target)[0]) + ASKED.get(name, "")
                answer = client.get(address)
                if answer.status_code == 200:
                    yield f"{role} {name}", answer


def without_banner(pages):
    """The pages that leave out who the patient is."""
    for what, answer in pages:
        page = answer.content.decode()
        _, found, after = page.partition('<section class="app-patient"')
        said = words(f"{found}{after.partition('</section>')[0]}</section>") if found else ""
        missing = [fact for fact in FACTS if fact not in said]
        if missing:
            yield f"{what}: {missing}"


def test_u22_each_page_of_one_patient_says_whose_it_is(world, target):
    pages = list(pages_of_one(world, target))

    assert list(without_banner(pages)) == []
    assert {what.partition(" ")[2] for what, _ in pages} >= {
        "triage:case",
        "triage:desk",
        "triage:new",
        "triage:options",
        "triage:planned",
        "triage:raise",
        "triage:cancel",
        "triage:record_note",
        "triage:paper_case",
        "triage:paper_request",
        "triage:views_of",
    }


@pytest.mark.browser
def test_u22_the_banner_is_printed(world, target, chromium, drawn):
    addresses = {what.partition(" ")[2]: answer for what, answer in pages_of_one(world, target)}
    unseen = []
    with chromium.new_context(viewport=DESK) as context:
        page = context.new_page()
        page.emulate_media(media="print")
        for name, answer in addresses.items():
            page.goto(drawn(answer))
            if not page.locator(".app-patient").is_visible():
                unseen.append(name)
            if page.locator("header, .nhsuk-back-link, form").locator("visible=true").count():
                unseen.append(f"{name}: what is pressed is printed")

    assert unseen == []
