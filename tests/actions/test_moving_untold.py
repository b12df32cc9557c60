"""Everything but told patients: a place nobody was told of is moved, one that was told never."""

from datetime import timedelta

import pytest

from appointments.models import Booking, DayLoad
from networks.actions.automation import AutomationWish, choose_automation
from networks.rules.automation import Automation
from networks.tasks import rebalance_changed
from practices import clock
from practices.doors import everywhere, perform
from practices.models import Message
from tests.full_day import overfill, rebalanced
from tests.invariants import broken, past_limit
from triage.models import Proposal, RebalanceRun


@pytest.fixture
def automatic(world, acting, now, monkeypatch):
    """Dr Oak is over the limit by one, with three patients whom a machine has placed."""
    monkeypatch.setattr(clock, "now", lambda: now)
    overfill(world, acting)
    with everywhere(because="the test's set-up", at=now):
        Booking.objects.update(method="automatic")
        _confirmations().update(state="queued", tried_at=None, channel="text")
    return world


def _confirmations():
    return Message.objects.filter(kind="confirmed")


def _choose(world, acting, now, mode):
    wish = AutomationWish(mode, "agreed by all practices")
    perform(choose_automation, by=acting(world, "manager"), at=now, wish=wish)


def _looked_at(world, acting, now, mode=Automation.UNTOLD):
    if mode is not Automation.NONE:
        _choose(world, acting, now, mode)
    rebalance_changed()
    with everywhere(because="the test looks", at=now):
        return list(Proposal.objects.order_by("pk").values_list("state", flat=True))


def _load(world, now):
    with everywhere(because="the test looks", at=now):
        load = DayLoad.objects.get(clinician=world.clinicians["gp_oak"])
        return load.held + load.booked + load.logged


def test_who_knows_no_time_is_moved_and_told_once(automatic, acting, now):
    assert _looked_at(automatic, acting, now) == ["accepted"]

    assert _load(automatic, now) == 20
    with everywhere(because="the test looks", at=now):
        (moved,) = Booking.objects.filter(state="booked", hub=automatic.hub)
        mine = _confirmations().filter(case_ref=moved.case_ref).order_by("pk")
        assert list(mine.values_list("state", flat=True)) == ["superseded", "queued"]
        assert not Message.objects.filter(kind="changed").exists()
        assert moved.method == "automatic"
    assert (broken(at=now), past_limit(at=now)) == ([], [])


@pytest.mark.parametrize("mode", [Automation.NONE, Automation.SAFE])
def test_in_the_other_modes_every_move_waits_for_a_person(automatic, acting, now, mode):
    assert _looked_at(automatic, acting, now, mode) == ["open"]

    assert _load(automatic, now) == 30


TOLD = {
    "the text is on its way": {"state": "sending"},
    "the text was handed over": {"state": "sent"},
    "it was tried, and nobody knows": {"state": "queued", "tried_at": "now"},
    "a person rings just now": {"state": "staff_tell", "channel": "voice"},
    "a person has told them": {"state": "told", "channel": "voice"},
}


@pytest.mark.parametrize("why", TOLD)
def test_a_told_patient_always_takes_a_click(automatic, acting, now, why):
    fields = TOLD[why] | ({"tried_at": now} if "tried_at" in TOLD[why] else {})
    with everywhere(because="the test's set-up", at=now):
        _confirmations().update(**fields)

    assert _looked_at(automatic, acting, now) == ["open"]
    assert _load(automatic, now) == 30
    with everywhere(because="the test looks", at=now):
        assert Proposal.objects.get().needs_consent


def test_what_the_desk_booked_was_said_aloud(automatic, acting, now):
    with everywhere(because="the test's set-up", at=now):
        Booking.objects.update(method="phone")

    assert _looked_at(automatic, acting, now) == ["open"]


def test_who_is_told_between_the_look_and_the_move_stays(automatic, acting, now):
    """Proposed as untold; then the text goes out."""
    rebalanced(automatic, acting)
    with everywhere(because="the text goes out", at=now):
        assert not Proposal.objects.get().needs_consent
        _confirmations().update(state="sent")

    assert _looked_at(automatic, acting, now) == ["open"]
    with everywhere(because="the test looks", at=now):
        assert Proposal.objects.get().needs_consent


def test_control_without_the_question_told_patients_would_be_moved(
    automatic, acting, now, monkeypatch
):
    with everywhere(because="the test's set-up", at=now):
        _confirmations().update(state="sent")
    monkeypatch.setattr(
        "triage.actions.moving_untold.untold_cases", lambda rows, **_: {r.case_ref for r in rows}
    )

    assert _looked_at(automatic, acting, now) == ["accepted"]


def test_a_changed_mode_looks_again_and_the_run_says_which(automatic, acting, now, monkeypatch):
    _looked_at(automatic, acting, now, Automation.NONE)
    _looked_at(automatic, acting, now, Automation.UNTOLD)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=20))
    rebalance_changed()

    with everywhere(because="the test looks", at=now):
        runs = RebalanceRun.objects.order_by("pk").values_list("apply", flat=True)
        assert list(runs)[:2] == ["none", "untold"]
        assert Proposal.objects.filter(state="accepted").count() == 1
