"""Two people leave the cover of one hour at the same moment: one of them is told of the gap."""

import threading

import pytest

from appointments.actions import cover
from practices.clock import on
from practices.doors import perform
from tests.races.conftest import at_once, codes, won
from tests.world import SETUP

pytestmark = pytest.mark.race
TOGETHER = 2.0


@pytest.fixture
def lines(committed_world, now):
    """Two named people answer for Oak's patients from two to three."""
    world = committed_world
    return [
        perform(
            cover.name_cover,
            by=SETUP,
            at=now,
            wish=cover.CoverWish(
                organisation_id=world.oak.pk,
                clinician_id=world.clinicians[name].pk,
                phone="07700 900222",
                starts_at=on(now.date(), 14),
                ends_at=on(now.date(), 15),
            ),
        ).public_id
        for name in ("duty", "gp_oak")
    ]


@pytest.fixture
def both_counted_first(monkeypatch):
    """Each goes on only when the other has counted too, or cannot count before it."""
    counted, count = threading.Barrier(2), cover.new_gaps

    def counting(*gaps, at):
        found = count(*gaps, at=at)
        try:
            counted.wait(TOGETHER)
        except threading.BrokenBarrierError:
            return found
        return found

    monkeypatch.setattr(cover, "new_gaps", counting)


def _both_withdrawn(lines, by, now):
    return at_once(2, lambda i: perform(cover.withdraw_cover, by=by, at=now, public_id=lines[i]))


def test_the_second_to_leave_is_told_of_the_gap(
    committed_world, acting, lines, both_counted_first, now
):
    answers = _both_withdrawn(lines, acting(committed_world, "practice_manager"), now)

    assert (won(answers), codes(answers)) == (1, {"cover"})


def test_control_without_the_lock_both_leave(
    committed_world, acting, lines, both_counted_first, now, monkeypatch
):
    monkeypatch.setattr(cover, "lock_cover", lambda _organisation_id: None)

    assert won(_both_withdrawn(lines, acting(committed_world, "practice_manager"), now)) == 2
