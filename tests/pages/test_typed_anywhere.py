"""Whatever is typed into whichever box of any page: refused in words, kept, never a fault of ours.

Every form of every page is found as its reader finds it, and each of its boxes is filled in turn
(safety I21, I53); and what is on record is shown literally on every page that shows it (I23).
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.test.html import Element
from django.urls import reverse
from django.utils.html import escape

from hubs.models import WalkUp
from practices import clock
from practices.doors import everywhere, perform
from practices.models import Patient
from practices.rules.roles import Role
from tests.pages.markup import nodes
from tests.walls.matrix import PAGES
from tests.walls.two_networks import NAME, WORDS, knockers, target_of
from triage import actions
from triage.models import Note
from triage.rules.codes import Need

# Every page, as every role, and each of its boxes: a busy machine needs its time.
pytestmark = pytest.mark.long
LONG, NUL = "x" * 10_001, "Ann\0 Lee"
HOSTILE = "😀 O'Neil <script>alert(1)</script>{{7*7}}${jndi:x}"
SUMMARY = re.compile(r'class="nhsuk-error-summary.*?</ul>', re.DOTALL)
SENTENCE = re.compile(r"<a href[^>]*>(.*?)</a>", re.DOTALL)
# What Django says where nobody has said it in our words.
NOT_OURS = ("Ensure this value", "Enter a valid", "This field is required")


@pytest.fixture
def target(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    return target_of(world, acting)


@pytest.fixture
def paperwork(world, acting, target, now):
    """A request that the practice's own desk answers, in the same words."""
    with everywhere(because="the test looks", at=now):
        patient = Patient.objects.get(public_id=target.patient)
    wish = actions.CaseWish(patient_id=patient.pk, need=Need.ADMIN, words=WORDS)
    return perform(actions.submit, by=acting(world, "receptionist"), at=now, wish=wish)


@pytest.fixture
def readers(world):
    """Each role at home, at a browser that shows a fault as the page it is."""
    people, seated = knockers(world), {}
    for role in set(Role) - {Role.CLIENT}:
        seated[role] = Client(raise_request_exception=False)
        seated[role].force_login(people["own", role])
    return [seated[role] for role in Role if role in seated]


@dataclass(frozen=True, slots=True)
class Box:
    """A box to type in: where its form goes, and what the form holds as it stands."""

    action: str
    name: str
    form: dict[str, str]


def pages(readers, target) -> Iterator[tuple[Client, str, str]]:
    """Each page that opens: who reads it, its address, and what it says."""
    for client in readers:
        for name, knocks in PAGES.items():
            for knock in (one for one in knocks if one.method == "get"):
                address = reverse(name, kwargs=knock.filled(target)[0])
                answer = client.get(address)
                kind = answer.headers.get("Content-Type", "")
                if answer.status_code == 200 and kind.startswith("text/html"):
                    yield client, address, answer.content.decode()


def boxes(markup: str, address: str) -> Iterator[Box]:
    """Every box of every form of the page."""
    for form in (one for one in nodes(markup) if one.name == "form"):
        told = dict(form.attributes)
        if told.get("method", "").lower() == "post":
            holds, typed = _holds(form)
            yield from (Box(told.get("action") or address, name, holds) for name in typed)


def _holds(form: Element) -> tuple[dict[str, str], list[str]]:
    """What the form sends as it stands, a choice made in each list; and the boxes in it."""
    holds, typed = {}, []
    for node in nodes(form):
        told = dict(node.attributes)
        name, kind = told.get("name"), told.get("type", "text")
        if not name or node.name not in {"input", "textarea", "select", "button"}:
            continue
        if node.name == "button":
            holds[name] = holds.get(name) or told.get("value", "")
        elif node.name == "select":
            options = [dict(one.attributes) for one in nodes(node) if one.name == "option"]
            chosen = [one for one in options if "selected" in one] or options[-1:]
            holds[name] = chosen[0].get("value", "") if chosen else ""
        elif kind in {"radio", "checkbox"}:
            if "checked" in told or (kind == "radio" and name not in holds):
                holds[name] = told.get("value", "on")
        else:
            holds[name] = told.get("value", "")
            typed += [] if kind in {"hidden", "submit"} else [name]
    return holds, typed


def wrong_with(answer, typed: str) -> Iterator[str]:
    """What the answer to something nobody can want lacks."""
    said = answer.content.decode()
    sentences = [one.strip() for one in SENTENCE.findall("".join(SUMMARY.findall(said)))]
    if answer.status_code >= 500 or answer.status_code == 302:
        yield f"answers {answer.status_code}"
    elif answer.status_code != 403:
        if "<title>Error: " not in said or not sentences:
            yield "says nothing in a summary"
        yield from (f"not beside its box: {one}" for one in sentences if said.count(one) < 2)
        yield from (f"not our words: {one}" for one in sentences if one.startswith(NOT_OURS))
        if typed not in html.unescape(said):
            yield "what was typed is lost"
        if "\0" in typed and answer.status_code != 400:
            yield f"a NUL answers {answer.status_code}"


@pytest.mark.parametrize("typed", [pytest.param(LONG, id="I53"), pytest.param(NUL, id="I21")])
def test_no_box_takes_too_much_or_a_nul_and_each_says_so_beside_it(readers, target, typed):
    found, wrong = set(), []
    for client, address, markup in pages(readers, target):
        for box in boxes(markup, address):
            if (box.action, box.name) in found:
                continue
            found.add((box.action, box.name))
            before = transaction.savepoint()
            # A search leads on to the page that shows what was typed.
            answer = client.post(box.action, box.form | {box.name: typed}, follow=True)
            transaction.savepoint_rollback(before)
            wrong += [f"{box.action} {box.name}: {one}" for one in wrong_with(answer, typed)]

    assert wrong == []
    assert len(found) > 80


def test_i17_i18_i23_what_is_on_record_is_shown_literally_on_every_page(
    readers, target, paperwork, now
):
    """A family name and a patient's own words that try everything."""
    before = {at: page for at, page in _by_reader(readers, target) if _shows(page, NAME, WORDS)}
    # A pack is a file that was made before; test_downtime_packs.py reads one with such words.
    before = {at: page for at, page in before.items() if at[1] != reverse("triage:pack")}
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(public_id=target.patient).update(family_name=HOSTILE[:50])
        Note.objects.filter(text=WORDS).update(text=HOSTILE)
        WalkUp.objects.filter(words=WORDS).update(words=HOSTILE, name=HOSTILE[:50])

    after = dict(_by_reader(readers, target))

    whole, name = escape(HOSTILE), escape(HOSTILE[:50])
    assert len(before) > 20
    for at, page in before.items():
        assert "<script>alert(" not in after[at].casefold(), at
        assert not _shows(page, NAME) or _shows(after[at], name), at
        assert not _shows(page, WORDS) or _shows(after[at], whole), at


def _by_reader(readers, target):
    for client, address, markup in pages(readers, target):
        yield (readers.index(client), address), markup


def _shows(page: str, *texts: str) -> bool:
    """Whether one of them stands in the page, in capitals or not."""
    return any(text.casefold() in page.casefold() for text in texts)
