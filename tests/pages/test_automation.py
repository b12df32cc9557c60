"""What happens without a click: chosen by the network with a reason, and kept with its date."""

import pytest
from django.test import Client

from networks.models import AutomationChoice
from practices import clock
from practices.doors import everywhere
from tests.pages.markup import text_of

PAGE = "/networks/automation/"
WISH = {"mode": "safe", "reason": "Agreed at the board meeting"}


@pytest.fixture(autouse=True)
def monday(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


def _client(world, who):
    client = Client()
    client.force_login(world.users[who])
    return client


def _chosen(now):
    with everywhere(because="the test looks", at=now):
        return list(AutomationChoice.objects.values_list("mode", "chosen_by__username", "reason"))


def test_where_nobody_has_chosen_moves_are_proposed_only(world):
    assert "In force: Propose only" in text_of(_client(world, "manager").get(PAGE))


@pytest.mark.parametrize("who", ["manager", "clinical_lead"])
def test_it_is_chosen_with_a_reason_and_dated(world, now, who):
    client = _client(world, who)

    answer = client.post(PAGE, WISH)

    text = text_of(client.get(PAGE))
    assert answer.status_code == 302
    assert _chosen(now) == [("safe", who, WISH["reason"])]
    assert "In force: Place waiting cases" in text
    assert "since 30 November 2026" in text
    assert WISH["reason"] in text


def test_the_choice_before_is_kept(world, now):
    client = _client(world, "manager")

    client.post(PAGE, WISH)
    client.post(PAGE, {"mode": "none", "reason": "Too many surprises"})

    assert [mode for mode, _, _ in _chosen(now)] == ["none", "safe"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reason": ""}, "Enter why it changes"),
        ({"reason": "..."}, "Enter why it changes"),
        ({"reason": "x" * 301}, "Write 300 characters or fewer"),
        ({"mode": "all"}, "Choose what the rebalancer may do by itself"),
        ({"mode": "none"}, "This is in force already"),
    ],
)
def test_bad_input_is_told_at_the_field_and_stays(world, now, change, says):
    typed = WISH | change

    page = _client(world, "manager").post(PAGE, typed)

    assert says in text_of(page)
    assert typed["reason"] in page.content.decode()
    assert _chosen(now) == []


@pytest.mark.parametrize("who", ["practice_manager", "duty", "supervisor", "receptionist"])
def test_others_do_not_choose(world, now, who):
    assert _client(world, who).post(PAGE, WISH).status_code == 403
    assert _chosen(now) == []
