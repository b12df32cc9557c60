"""Every page, as each role that may open it: no barrier, nothing off the side, no payload runs.

The patient's name, the words, the practice and its people all carry markup. Each page is looked at
wide, narrow (which is also 400 % of a desk's screen), dark and in forced colours.
"""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from practices import clock
from practices.doors import everywhere
from practices.models import Organisation, User
from practices.rules.roles import Role
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.forced_colours import lost_in_forced_colours
from tests.journeys.people import barriers, keep_picture
from tests.pages.browser import width_of
from tests.walls import two_networks
from tests.walls.matrix import PAGES

PAYLOAD = "<b data-ran>'\"><img src=x onerror=document.body.dataset.ran=1>"
RAN = "document.querySelectorAll('[data-ran], img[src=x]').length"
SCREEN = "document.documentElement.clientWidth"
# What is no page to look at: a part of one, a file, and what only answers a form.
NO_PAGE = {"home", "alarms", "calls", "practices:drafts", "triage:pack"}
# axe's rules whose answer changes with the width, and with the colours.
NARROW = ["scrollable-region-focusable"]
DARK = ["color-contrast"]


@pytest.fixture
def locality(committed_world, acting, now, monkeypatch):
    """Oak's patient, and a person of each role at home; whatever people type is markup."""
    monkeypatch.setattr(clock, "now", lambda: now)
    for name, text in (("NAME", "Leak<b data-ran>"), ("WORDS", PAYLOAD), ("WHERE", PAYLOAD)):
        monkeypatch.setattr(two_networks, name, text)
    target = two_networks.target_of(committed_world, acting)
    people = two_networks.knockers(committed_world)
    with everywhere(because="the test's set-up", at=now):
        for row in Organisation.objects.all():
            row.name = f"{row.name} <b data-ran>"
            row.save(update_fields=["name"])
        for user in User.objects.all():
            user.name = f"{user.name} <b data-ran>"
            user.save(update_fields=["name"])
    return target, people


def _signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def _pages_of(client, target, seen):
    """The name and address of each page that opens for whoever asks, and was not yet looked at."""
    for name, knocks in PAGES.items():
        for knock in (one for one in knocks if one.method == "get" and name not in NO_PAGE):
            parts, _ = knock.filled(target)
            address = reverse(name, kwargs=parts)
            answer = None if address in seen else client.get(address)
            if answer and answer.status_code == 200:
                seen.add(address)
                yield name.replace(":", "-"), address


def complaints_of(page: Page) -> list[str]:
    """What the browser complains of from now on: scripts that fail, what our policy refuses."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: found.append(f"{page.url}: {said.text}") if said.type == "error" else None,
    )
    return found


def _sideways(page: Page) -> int:
    return width_of(page) - page.evaluate(SCREEN)


def faults_of(page: Page, name, address):
    """What is wrong with one page in each look: a line each, with its address."""
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light", forced_colors="none")
    status = page.goto(address).status
    faults = [f"answers {status}"] if status != 200 else []
    faults += [f"wide: {one}" for one in barriers(page)]
    keep_picture(page, f"page-{name}-wide")
    faults += [f"sideways by {by} at 1366" for by in [_sideways(page)] if by > 0]
    page.set_viewport_size(PHONE)
    # The picture first: it waits until the page has its new width.
    keep_picture(page, f"page-{name}-narrow")
    faults += [f"sideways by {by} at 320" for by in [_sideways(page)] if by > 0]
    faults += [f"narrow: {one}" for one in barriers(page, only=NARROW)]
    page.emulate_media(color_scheme="dark")
    faults += [f"dark: {one}" for one in barriers(page, only=DARK)]
    faults += [f"forced colours: {one}" for one in lost_in_forced_colours(page)]
    faults += [f"{ran} payloads in the page" for ran in [page.evaluate(RAN)] if ran]
    return [f"{address}: {fault}" for fault in faults]


def test_no_page_has_a_barrier_or_runs_what_was_typed(locality, page: Page, served):
    """U32: nothing sideways at 320 px, which is 400 %. U35: dark, and forced colours."""
    target, people = locality
    troubles = complaints_of(page)
    seen: set[str] = set()
    faults: list[str] = []

    for role in [role for role in Role if role is not Role.CLIENT]:
        client = _signed_in(people["own", role])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": served.url}]
        )
        for name, address in list(_pages_of(client, target, seen)):
            faults += faults_of(page, f"{name}-{role}", address)

    assert len(seen) >= 40
    if faults + troubles:
        pytest.fail("\n".join(faults + troubles))


def test_control_a_style_that_our_policy_refuses_is_found(page: Page, served):
    complaints = complaints_of(page)
    page.goto("/practices/sign-in/")
    assert complaints == []

    with page.expect_console_message(lambda said: "inline style" in said.text):
        page.evaluate("document.body.setAttribute('style', 'color: red')")

    assert ["inline style" in one for one in complaints] == [True]


def test_control_a_page_that_does_not_escape_is_found(page: Page):
    page.set_content(f"<p>{PAYLOAD}</p>")

    # The mark, the image, and the body on which the image's script has run.
    assert page.evaluate(RAN) == 3


# What is fine in ordinary colours, and what goes with them: shadow, ground, hand-made boxes.
VANISHING = """
<style>
  html { background: #fff; }
  .flat { border: 0; background: #005eb8; color: #fff; }
  .glow:focus { outline: none; box-shadow: 0 0 0 4px #ffeb3b; }
  .ghost { position: absolute; opacity: 0; }
  .kept { forced-color-adjust: none; background: #fff; }
  .kept b { forced-color-adjust: auto; }
</style>
<button class="flat">No edge</button>
<a class="glow" href="#">No focus</a>
<input class="ghost" type="checkbox" id="box"><label for="box">No box, no focus</label>
<p class="kept"><b>No ink</b></p>
<button>Sound</button> <a href="#">Sound</a> <input aria-label="Sound"> <p>Sound</p>
"""


def test_control_what_vanishes_in_forced_colours_is_found(page: Page):
    page.set_content(VANISHING)
    page.emulate_media(color_scheme="dark")

    found = lost_in_forced_colours(page)

    assert [one.split(": ")[0] for one in found] == ["edge", "edge", "focus", "focus", "ink"]
    assert not [one for one in found if "Sound" in one]
