"""Every page, as each role that may open it: no barrier, nothing off the side, no payload runs.

The patient's name, the words, the practice and its people all carry markup. Each page is looked at
wide, narrow (which is also 400 % of a desk's screen), dark and in forced colours.
"""

import os
import time

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from practices import clock
from practices.doors import everywhere
from practices.models import Organisation, User
from practices.rules.roles import Role
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.forced_colours import lost_in_forced_colours
from tests.journeys.people import PICTURES, barriers, keep_picture
from tests.pages.browser import width_of
from tests.walls import two_networks
from tests.walls.pictured import (
    answers,
    doors,
    leads_on,
    outside,
    picture_name,
    without_picture,
)

PAYLOAD = "<b data-ran>'\"><img src=x onerror=document.body.dataset.ran=1>"
RAN = "document.querySelectorAll('[data-ran], img[src=x]').length"
SCREEN = "document.documentElement.clientWidth"
# The library that draws the contract for programmers is not ours to mend.
NOT_OURS = {"docs"}
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


class Album:
    """The pages that were looked at, and what every door of the house answered."""

    def __init__(self, locality, since) -> None:
        self.target, self.people = locality
        self.since = since
        self.doors = doors()
        self.seen: set[str] = set()
        self.pages: set[str] = set()
        self.lead_on: set[str] = set()

    def pages_of(self, client):
        """The name and address of each page that opens for whoever asks, if not yet looked at."""
        for name, address, answer in answers(client, self.doors, self.target):
            if leads_on(answer):
                self.lead_on.add(name)
            elif answer.status_code == 200 and address not in self.seen:
                self.seen.add(address)
                self.pages.add(name)
                yield name, address

    def missing(self):
        """The pages without a picture, and the doors that nobody could open to take one."""
        shut = set(self.doors) - self.pages - self.lead_on
        return without_picture(self.pages, PICTURES, since=self.since) + [
            f"{name}: nobody opens it" for name in sorted(shut)
        ]


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


def _sits_down(page, served, client):
    """The browser is whoever the client is; the page of who was there before asks no more."""
    page.goto("about:blank")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": served.url}]
    )


def _faults_outside(page, album, addresses):
    """What is wrong with the pages that nobody has to sign in to."""
    page.goto("about:blank")
    page.context.clear_cookies()
    faults = []
    for name, address in addresses.items():
        album.pages.add(name)
        if name in NOT_OURS:
            page.goto(address)
            for look, size in (("wide", DESK), ("narrow", PHONE)):
                page.set_viewport_size(size)
                keep_picture(page, f"page-{picture_name(name, 'outside')}-{look}")
        else:
            faults += faults_of(page, picture_name(name, "outside"), address)
    return faults


def test_no_page_has_a_barrier_or_runs_what_was_typed(
    locality, committed_world, acting, page: Page, served
):
    """U32: nothing sideways at 320 px, which is 400 %. U35: dark, and forced colours.

    Every page is in the folder of pictures afterwards, wide and narrow, to be looked at.
    """
    album = Album(locality, time.time())
    troubles = complaints_of(page)
    faults: list[str] = []

    for role in [role for role in Role if role is not Role.CLIENT]:
        client = _signed_in(album.people["own", role])
        _sits_down(page, served, client)
        for name, address in list(album.pages_of(client)):
            faults += faults_of(page, picture_name(name, role), address)
    by = acting(committed_world, "supervisor")
    faults += _faults_outside(page, album, outside(committed_world, album.target, by))

    assert len(album.seen) >= 40
    assert album.missing() == []
    if faults + troubles:
        pytest.fail("\n".join(faults + troubles))


def test_control_a_page_without_a_picture_is_found(tmp_path):
    for name, made_at in (("triage-duty-duty", 200), ("triage-done-duty", 100)):
        for look in ("wide", "narrow"):
            picture = tmp_path / f"page-{name}-{look}.png"
            picture.touch()
            os.utime(picture, (made_at, made_at))
    (tmp_path / "page-triage-queue-duty-wide.png").touch()
    album = Album((None, None), 200)
    album.pages = set(album.doors) - {"triage:visits"}
    pages = {"triage:duty", "triage:done", "triage:queue", "triage:rules"}

    found = without_picture(pages, tmp_path, since=150)

    assert found == [
        "triage:done: no wide picture",
        "triage:done: no narrow picture",
        "triage:queue: no narrow picture",
        "triage:rules: no wide picture",
        "triage:rules: no narrow picture",
    ]
    assert album.missing()[-1] == "triage:visits: nobody opens it"


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
