"""Two people leave the cover of one hour at the same moment: one of them is told of the gap."""

import pytest

from appointments.actions import cover
from practices.clock import on
from practices.doors import perform
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once, codes, won
from tests.world import SETUP

pytestmark = pytest.mark.race
COUNT = [(cover, "new_gaps")]


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


def _both_withdrawn(lines, by, now):
    return at_once(2, lambda i: perform(cover.withdraw_cover, by=by, at=now, public_id=lines[i]))


def test_the_second_to_leave_is_told_of_the_gap(committed_world, acting, lines, meet, now):
    meet(2, IN_VAIN, after=COUNT)

    answers = _both_withdrawn(lines, acting(committed_world, "practice_manager"), now)

    assert (won(answers), codes(answers)) == (1, {"cover"})


def test_control_without_the_lock_both_leave(
    committed_world, acting, lines, meet, now, monkeypatch
):
    meet(2, UNTIL_ALL, after=COUNT)
    monkeypatch.setattr(cover, "lock_cover", lambda _organisation_id: None)

    assert won(_both_withdrawn(lines, acting(committed_world, "practice_manager"), now)) == 2
