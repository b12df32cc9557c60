"""The practice's page of proposed moves: one by one, one clinician at a time, and undone."""

import pytest
from django.test import Client
from django.urls import reverse

from practices import clock
from practices.doors import everywhere
from tests.crowded import chain, crowd, proposed
from triage.models import Proposal


@pytest.fixture
def crowded(world, acting):
    return crowd(world, acting)


@pytest.fixture
def desk(crowded, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(crowded.users["practice_manager"])
    return client


def _states(world):
    with everywhere(because="the test looks", at=world.at):
        return sorted(Proposal.objects.values_list("state", flat=True))


def test_moves_of_one_clinician_are_read_out_and_made_together(desk, crowded):
    made, _ = proposed(crowded, **chain(crowded))
    page = desk.get(reverse("triage:proposals")).content.decode()
    address = reverse("triage:read_out", args=[made["zoe"]])
    read_out = desk.get(address).content.decode()

    answer = desk.post(address, {"yes": [made["zoe"], made["tam"]]}, follow=True)

    assert page.count("Read out all 2 moves from Gp Oak") == 1
    assert read_out.count('name="yes"') == 2
    assert "checked" not in read_out
    assert "2 patients moved. Each will get a message" in answer.content.decode()
    assert _states(crowded) == ["accepted", "accepted", "open"]


def test_nobody_is_moved_without_a_tick(desk, crowded):
    made, _ = proposed(crowded, **chain(crowded))

    answer = desk.post(reverse("triage:read_out", args=[made["zoe"]]), follow=True)

    assert "Tick each patient who said yes" in answer.content.decode()
    assert set(_states(crowded)) == {"open"}


def test_a_forged_tick_is_of_nothing(desk, crowded):
    made, _ = proposed(crowded, **chain(crowded))

    answer = desk.post(reverse("triage:read_out", args=[made["zoe"]]), {"yes": "1' OR 1"})

    assert answer.status_code == 404


def test_a_whole_plan_is_undone_by_one_button(desk, crowded):
    made, run = proposed(crowded, **chain(crowded))
    desk.post(reverse("triage:read_out", args=[made["zoe"]]), {"yes": list(made.values())})
    page = desk.get(reverse("triage:proposals")).content.decode()

    answer = desk.post(reverse("triage:undo_run", args=[run.public_id]), follow=True)

    assert "Undo all 3 moves of one plan" in page
    assert "3 patients moved back." in answer.content.decode()
    assert set(_states(crowded)) == {"undone"}


def test_a_decline_says_how_to_undo_it(desk, crowded):
    made, _ = proposed(crowded, **chain(crowded))
    declined = desk.post(
        reverse("triage:decline", args=[made["tam"]]), {"reason": "wrong line"}, follow=True
    )

    answer = desk.post(reverse("triage:undo_decline", args=[made["tam"]]), follow=True)

    assert "stays: wrong line" in declined.content.decode()
    assert "may be proposed again" in answer.content.decode()
    assert set(_states(crowded)) == {"open"}
