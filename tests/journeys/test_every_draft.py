"""No form of words is without a draft, and no two forms share one; who has none says why."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from practices import clock
from practices.rules.roles import Role
from tests.walls.matrix import PAGES
from tests.walls.pictured import NO_PAGE
from tests.walls.two_networks import knockers, target_of

# Each form that keeps no draft, and why; the list gets shorter, not longer.
WITHOUT = {
    "triage/reception/reception.html": "a search",
    "triage/paper/entry.html": "a search",
    "triage/who_viewed/find.html": "a search",
}
# What is typed on the page, how many forms keep it, and which of them share a draft.
LOOK = """() => {
  const untyped = ["hidden", "submit", "button", "checkbox", "radio", "select-one", "reset"];
  const written = [...document.querySelectorAll("input, textarea")].filter((one) =>
    !untyped.includes(one.type) && one.form?.getAttribute("method") !== "get");
  const places = [...document.querySelectorAll("[data-kept]")].map((one) => one.dataset.kept);
  return {
    unkept: written.filter((one) => one.form?.dataset.kept === undefined)
      .filter((one) => one.form?.dataset.noDraft === undefined).map((one) => one.name),
    kept: places,
    twice: places.filter((one, index) => places.indexOf(one) !== index),
  };
}"""


@pytest.fixture
def locality(committed_world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    return target_of(committed_world, acting), knockers(committed_world)


def _pages(client, target, seen):
    """Each page that opens for whoever asks and was not yet looked at."""
    for name, knocks in PAGES.items():
        for knock in (one for one in knocks if one.method == "get" and name not in NO_PAGE):
            address = reverse(name, kwargs=knock.filled(target)[0])
            if address not in seen and client.get(address).status_code == 200:
                seen.add(address)
                yield address


def _looked_at(locality, page, served):
    """What each page says of its forms, by role and address; the clinician has the case."""
    target, people = locality
    found = {}
    for role in [role for role in Role if role is not Role.CLIENT]:
        client = Client()
        client.force_login(people["own", role])
        if role is Role.CLINICIAN:
            client.post(reverse("triage:claim", args=[target.case]), {"once": "1"})
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": served.url}]
        )
        for address in _pages(client, target, set()):
            page.goto(address)
            found[role, address] = page.evaluate(LOOK)
    return found


def test_every_form_of_words_has_a_draft_of_its_own(locality, page: Page, served):
    found = _looked_at(locality, page, served)

    assert {where: one["unkept"] for where, one in found.items() if one["unkept"]} == {}
    assert {where: one["twice"] for where, one in found.items() if one["twice"]} == {}
    assert len({place for one in found.values() for place in one["kept"]}) >= 30


def test_who_has_no_draft_says_why():
    root = Path(settings.ROOT) / "templates"
    said = {
        str(path.relative_to(root)): reason
        for path in root.rglob("*.html")
        for reason in re.findall(r'data-no-draft="([^"]*)"', path.read_text())
    }

    assert said == WITHOUT
