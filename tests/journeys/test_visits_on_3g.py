"""The first page of visits on a phone with a poor signal, served as a live system serves it (U33).

The wire is Chromium's own slow one: 750 kilobits a second, 100 milliseconds there and back.
"""

from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from practices import clock
from tests.journeys.conftest import PHONE
from tests.pages.browser import PATIENCE
from tests.pages.test_visits import MOST_BYTES, VISITS, visit
from tests.processes import web_server

__all__ = ["visit"]
BY_3G = {"offline": False, "latency": 100, "downloadThroughput": 750_000 / 8}
LONGEST = 3.0
# A busy machine is slow now and then; the wire is the same each time.
TRIES = 3
# When there was something to read, and when all had come, by the browser's own clock.
TIMES = """() => [
  performance.getEntriesByName("first-contentful-paint")[0].startTime,
  performance.getEntriesByType("navigation")[0].loadEventEnd,
]"""


@dataclass(frozen=True, slots=True)
class Look:
    """Bytes on the wire, in how many files; seconds until it could be read, and was all there."""

    size: int
    files: int
    painted: float
    whole: float


@pytest.fixture
def world(committed_world):
    """The pages' own fixtures work on what a browser can see."""
    return committed_world


@pytest.fixture
def served(committed, now, tmp_path, monkeypatch):
    monkeypatch.setenv("HEADROOM_STATIC_ROOT", str(tmp_path / "static"))
    with web_server(
        committed, now, tmp_path / "web.log", application="tests.journeys.packed:application"
    ) as found:
        yield found


@pytest.fixture
def looking(chromium, world, now, monkeypatch):
    """`looking(served)` opens the page in a browser that was never there."""
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(world.users["gp_oak"])
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value

    def looked(served):
        with chromium.new_context(viewport=PHONE, base_url=served.url) as context:
            context.set_default_timeout(PATIENCE)
            context.add_cookies([{"name": name, "value": value, "url": served.url}])
            page = context.new_page()
            session = context.new_cdp_session(page)
            sizes = []
            session.on(
                "Network.loadingFinished", lambda one: sizes.append(one["encodedDataLength"])
            )
            session.send("Network.enable")
            session.send(
                "Network.emulateNetworkConditions",
                {**BY_3G, "uploadThroughput": BY_3G["downloadThroughput"] / 3},
            )
            page.goto(VISITS, wait_until="networkidle")
            expect(page.get_by_role("button", name="Call 07700 900123")).to_be_visible()
            painted, whole = page.evaluate(TIMES)
            return Look(sum(sizes), len(sizes), painted / 1000, whole / 1000)

    return looked


def test_u33_the_first_page_is_small_and_soon_there(visit, served, looking):
    looks = [looking(served) for _ in range(TRIES)]

    print("", *looks, sep="\n")
    assert max(look.size for look in looks) <= MOST_BYTES
    assert min(look.painted for look in looks) <= LONGEST
    assert min(look.whole for look in looks) <= LONGEST


def test_u33_control_files_that_are_not_packed_are_too_much(
    visit, committed, now, tmp_path, looking
):
    with web_server(committed, now, tmp_path / "plain.log") as plain:
        look = looking(plain)

    assert look.size > MOST_BYTES
