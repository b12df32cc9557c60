"""A list of the queue has a name, for who gave it alone (U14)."""

import re

import pytest

from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage.rules.saved_filters import MOST

__all__ = ["at_desk", "clock"]
ADDRESS = "/triage/queue/lists/"


def _save(client, name="Urgent here", query="class=P1&mine=1"):
    return client.post(ADDRESS, {"name": name, "query": query}, follow=True)


def test_a_list_is_saved_shown_and_removed_by_who_made_it(world, at_desk):
    client = at_desk("clinician")
    saved = _save(client)
    mine = client.get("/triage/queue/").content.decode()
    others = at_desk("supervisor")
    theirs = text_of(others.get("/triage/queue/"))
    forget = re.search(r'action="(/triage/queue/lists/\d+/forget/)"', mine)[1]

    others.post(forget)
    kept = text_of(client.get("/triage/queue/"))
    client.post(forget)
    gone = text_of(client.get("/triage/queue/"))

    assert saved.redirect_chain == [("/triage/queue/?class=P1&mine=1", 302)]
    assert "Saved as Urgent here" in text_of(saved)
    assert '<a href="?class=P1&amp;mine=1">Urgent here</a>' in mine
    assert "Urgent here" not in theirs
    assert "Urgent here" in kept
    assert "Urgent here" not in gone


@pytest.mark.parametrize(
    ("name", "query", "sentence"),
    [
        ("", "class=P1", "Enter a name for this list"),
        ("n" * 41, "class=P1", "Use 40 characters or fewer"),
        ("All", "", "Choose a filter first"),
        ("All", "patient=Smith&class=P9\0", "Choose a filter first"),
    ],
)
def test_what_cannot_be_saved_says_why(name, query, sentence, world, at_desk):
    assert sentence in text_of(_save(at_desk("clinician"), name, query))


def test_a_name_again_takes_the_newer_filter_and_there_is_an_end(world, at_desk):
    client = at_desk("clinician")
    for number in range(MOST):
        _save(client, f"List {number}")

    again = text_of(_save(client, "List 0", "class=P2"))
    more = text_of(_save(client, "One more"))

    assert '<a href="?class=P2" aria-current="page">List 0</a>' in again
    assert f"Remove one of your {MOST} lists first" in more
