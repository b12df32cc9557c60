"""A refused form says so in its title, at its top and beside the field, with what to do (U17, U18).

Each address that takes a form is sent an empty one and one full of nonsense, as each role at home.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse

from practices import clock
from practices.rules.roles import CLINICAL_ROLES, Role
from tests.pages.markup import elements, words
from tests.walls.matrix import PAGES
from tests.walls.two_networks import knockers, target_of

pytestmark = pytest.mark.long
NONSENSE = "☃☃☃"
SUMMARY = re.compile(r'<div class="nhsuk-error-summary".*?</ul>', re.DOTALL)
MESSAGE = re.compile(r'<(?:span|p) class="nhsuk-error-message"[^>]*>(.*?)</(?:span|p)>', re.DOTALL)
FORM = re.compile(r"<form[^>]*>.*?</form>", re.DOTALL)
# Words of a machine: what a person should do is not in them.
MACHINE = re.compile(
    r"\binvalid\b|\bvalid\b|\bis required\b|\bmandatory\b|\bmust not be\b", re.IGNORECASE
)


@pytest.fixture
def target(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    return target_of(world, acting)


def refused(client, target, role):
    """Each page that comes back with errors, by the address and what was sent."""
    for name, knocks in PAGES.items():
        for knock in (one for one in knocks if one.method == "post"):
            parts, body = knock.filled(target)
            for what, sent in (("empty", {}), ("nonsense", dict.fromkeys(body, NONSENSE))):
                once = f"{role}-{name}-{what}"
                if role in CLINICAL_ROLES and "reference" in parts:
                    client.post(reverse("triage:claim", args=[target.case]), {"once": f"{once}-1"})
                answer = client.post(reverse(name, kwargs=parts), {**sent, "once": once})
                if "nhsuk-error-" in answer.content.decode():
                    yield f"{name}, {what}", answer.content.decode()


def faults_of(page):
    """What a person who was refused would miss on this page."""
    summary = (SUMMARY.search(page) or [""])[0]
    if not summary:
        return ["no summary"]
    faults = [] if "<title>Error: " in page else ["the title does not begin with Error:"]
    if page.index(summary) > page.index("<h1"):
        faults.append("the summary stands below the heading")
    if "data-module" not in summary:
        faults.append("the focus stays where it was")
    links = [link["href"].removeprefix("#") for link in elements(f"{summary}</div>", "a")]
    messages = MESSAGE.findall(page)
    # A form that is not on the page (the case is a colleague's now) has its sentence above alone.
    if messages and not any(f'id="{link}"' in page for link in links):
        faults.append(f"leads nowhere: {links}")
    said = [words(f"<p>{one}</p>") for one in messages] + [words(f"{summary}</div></div>")]
    faults += [f"a machine’s words: {one}" for one in said if MACHINE.search(one)]
    holders = [one for one in FORM.findall(page) if MESSAGE.search(one)]
    faults += ["the browser would check first" for one in holders if "novalidate" not in one]
    return faults


def test_u17_u18_a_refused_form_says_what_to_do(world, target):
    faults, pages = [], set()
    for (place, role), user in knockers(world).items():
        if place != "own" or role is Role.CLIENT:
            continue
        client = Client()
        client.force_login(user)
        for where, page in refused(client, target, role):
            pages.add(where)
            faults += [f"{role} {where}: {fault}" for fault in faults_of(page)]

    if faults:
        pytest.fail("\n".join(faults))
    assert len(pages) >= 50, sorted(pages)


GOOD = """<title>Error: Set a limit – Headroom</title>
<div class="nhsuk-error-summary" data-module="nhsuk-error-summary"><div role="alert"><h2>There is a
problem</h2><div><ul><li><a href="#limit">Enter the limit</a></li></ul></div></div></div>
<h1>Set a limit</h1><form method="post" novalidate><label for="limit">Limit</label>
<span class="nhsuk-error-message">Enter the limit</span><input id="limit"></form>"""


@pytest.mark.parametrize(
    ("sound", "worse", "fault"),
    [
        ("Error: Set", "Set", "the title does not begin with Error:"),
        ("<title>", "<h1>Before</h1><title>", "the summary stands below the heading"),
        (' data-module="nhsuk-error-summary"', "", "the focus stays where it was"),
        ('id="limit"', 'id="other"', "leads nowhere: ['limit']"),
        (" novalidate", "", "the browser would check first"),
        ("nhsuk-error-summary", "summary", "no summary"),
    ],
)
def test_u17_control_what_a_refused_form_leaves_out_is_found(sound, worse, fault):
    assert faults_of(GOOD) == []

    assert faults_of(GOOD.replace(sound, worse)) == [fault]


@pytest.mark.parametrize("words_of_a_machine", ["This field is required", "Enter a valid number"])
def test_u18_control_the_words_of_a_machine_are_found(words_of_a_machine):
    faults = faults_of(GOOD.replace("Enter the limit", words_of_a_machine))

    assert [fault.partition(":")[0] for fault in faults] == ["a machine’s words"] * 2
