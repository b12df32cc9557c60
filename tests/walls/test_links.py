"""No page offers a way that its reader may not go: each link of each page is followed, per role."""

import pytest
from django.test import Client
from django.urls import reverse

from practices import clock
from practices.rules.roles import Role
from tests.pages.markup import elements
from tests.walls.matrix import PAGES
from tests.walls.two_networks import knockers, target_of

pytestmark = pytest.mark.long
FORBIDDEN = {403, 404}


@pytest.fixture
def target(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    return target_of(world, acting)


def _signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def _pages(client, target):
    """Each page that opens for whoever asks: its address, and what it says."""
    for name, knocks in PAGES.items():
        for knock in (one for one in knocks if one.method == "get"):
            address = reverse(name, kwargs=knock.filled(target)[0])
            answer = client.get(address)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                yield address, answer.content.decode()


def _links(markup):
    """Where the page leads within Headroom."""
    hrefs = [link.get("href", "") for link in elements(markup, "a")]
    return {href.partition("#")[0] for href in hrefs if href.startswith("/")} - {""}


def closed_ways(client, pages):
    """The links of the pages that do not open for the reader, or lead nowhere, as "page: link"."""
    answers = {}
    for address, markup in pages:
        if any(link.get("href") == "" for link in elements(markup, "a")):
            yield f"{address}: a link leads nowhere"
        for link in sorted(_links(markup)):
            if link not in answers:
                answers[link] = client.get(link).status_code
            if answers[link] in FORBIDDEN:
                yield f"{address}: {link} answers {answers[link]}"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CLIENT])
def test_every_link_opens_for_who_reads_it(world, target, role):
    client = _signed_in(knockers(world)["own", role])

    assert list(closed_ways(client, _pages(client, target))) == []


def test_control_a_link_to_a_page_of_others_is_found(world, target):
    client = _signed_in(world.users["practice_manager"])
    desk = reverse("triage:desk", args=[target.desk_case])

    found = list(
        closed_ways(client, [("/here/", f"<main><a href='{desk}'>their request</a></main>")])
    )

    assert found == [f"/here/: {desk} answers 403"]


def test_control_a_link_without_an_address_is_found(world, target):
    """A template's name set in one block is empty in the next, and so was "Do not change it"."""
    client = _signed_in(world.users["practice_manager"])

    found = list(closed_ways(client, [("/here/", "<main><a href=''>Do not change it</a></main>")]))

    assert found == ["/here/: a link leads nowhere"]
