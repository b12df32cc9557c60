"""One worker records what networks may do for each other while another ends a network's part.

A pass waits for the end, or the end for the pass; either way nothing of it stays open. In the
control nobody waits, and an offer to a network that has left stands.
"""

import importlib
import threading

import pytest

from networks.actions.automation import AutomationWish, choose_automation
from networks.rules.automation import Automation
from networks.tasks import end_aid, mutual_aid, rebalance_changed
from practices import clock
from practices.doors import everywhere, perform
from tests.hillside import two_networks
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once
from triage.actions import mutual_aid as recording
from triage.models import PlaceOffer, Proposal

pytestmark = pytest.mark.race
# The module, not the task of the same name.
passing = importlib.import_module("networks.tasks.mutual_aid")


@pytest.fixture
def leaving(committed_world, acting, now, monkeypatch):
    """Two networks take part, and one is about to say that it does no longer."""
    monkeypatch.setattr(clock, "now", lambda: now)
    two_networks(committed_world, acting)
    rebalance_changed()
    wish = AutomationWish(Automation.NONE, "We tried it", mutual_aid=False)
    manager = acting(committed_world, "manager")

    def leave():
        perform(choose_automation, by=manager, at=now, wish=wish)
        end_aid(network_id=committed_world.network.pk)

    return leave


def _race(leave, now, monkeypatch, meet, patience):
    """The network leaves once the pass knows that it takes part; how much is open after both.

    They meet when the pass has yet to write and the end has found what there is to withdraw.
    """
    asked, retire = threading.Event(), recording._retire

    def retiring(*what, **how):
        retire(*what, **how)
        asked.set()

    monkeypatch.setattr(recording, "_retire", retiring)
    meet(2, patience, after=[(recording, "_retire"), (recording, "_outdate_all")])

    def left():
        assert asked.wait(UNTIL_ALL)
        leave()

    wishes = (lambda: mutual_aid(region="", bucket=1), left)
    at_once(2, lambda index: wishes[index]())
    return _open(now)


def _open(now):
    with everywhere(because="the test looks", at=now):
        found = [model.objects.filter(state="open").count() for model in (Proposal, PlaceOffer)]
    return sum(found)


def test_nothing_stays_open_with_a_network_that_left(leaving, now, meet, monkeypatch):
    assert _race(leaving, now, monkeypatch, meet, IN_VAIN) == 0


def test_control_without_the_lock_an_offer_outlives_the_end(leaving, now, meet, monkeypatch):
    monkeypatch.setattr(recording, "one_at_a_time", lambda network_id: None)

    assert _race(leaving, now, monkeypatch, meet, UNTIL_ALL) == 2


@pytest.mark.parametrize(("is_asked_again", "stays"), [(True, 0), (False, 2)])
def test_a_pass_records_nothing_for_who_left_while_it_was_planned(
    leaving, now, monkeypatch, is_asked_again, stays
):
    """The control believes who took part when the pass began."""
    plan, left = passing.solved, []
    with everywhere(because="the test looks", at=now):
        before = passing.taking_part()

    def planned(instance):
        if not left:
            left.append(leaving())
        return plan(instance)

    monkeypatch.setattr(passing, "solved", planned)
    if not is_asked_again:
        record = passing.record_aid
        monkeypatch.setattr(
            passing, "record_aid", lambda **how: record(**how | {"who_takes_part": lambda: before})
        )

    mutual_aid(region="", bucket=1)

    assert _open(now) == stays
