"""Two slots together or one of them alone: two desks at once, and exactly one has it."""

import pytest

from appointments.actions import hold_slot, places, stretches
from appointments.actions.places import Wanted
from appointments.models import Slot
from practices.doors import everywhere, perform
from tests.invariants import broken
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once, codes, won
from tests.races.test_places import DROP, RESTORE, _patients
from tests.world import SETUP

pytestmark = pytest.mark.race
LOOK = [(places, "_free_place")]


@pytest.fixture
def unlocked(monkeypatch):
    """The slots' locks, off."""
    monkeypatch.setattr(stretches, "lock_slot", lambda slot_id: Slot.objects.get(pk=slot_id))


def _race(world):
    """One desk wants the first two slots together, the other the second alone."""
    first, second = world.slots("gp_oak")[:2]
    people = _patients(world, 2)

    def wish(index):
        is_double = index == 0
        wanted = Wanted(
            patient_id=people[index].pk,
            practice_id=world.oak.pk,
            person_key=people[index].person_key,
            case_ref="",
            need="sore_throat",
            points=20 if is_double else 10,
            is_urgent=True,
            is_double=is_double,
        )
        slot_id = first.pk if is_double else second.pk
        return perform(hold_slot, by=SETUP, at=world.at, slot_id=slot_id, wanted=wanted)

    return at_once(2, wish)


def test_exactly_one_desk_has_the_second_slot(committed_world, meet):
    meet(2, IN_VAIN, after=LOOK)

    answers = _race(committed_world)

    assert (won(answers), codes(answers)) == (1, {"slot_taken"})
    assert broken(at=committed_world.at) == []


@pytest.mark.usefixtures("unlocked")
def test_the_database_alone_lets_only_one_have_it(committed_world, meet):
    meet(2, UNTIL_ALL, after=LOOK)

    answers = _race(committed_world)

    assert (won(answers), codes(answers)) == (1, {"slot_taken"})


@pytest.mark.usefixtures("unlocked")
def test_control_without_lock_and_constraint_both_have_it(committed_world, meet, without):
    meet(2, UNTIL_ALL, after=LOOK)
    with without(DROP, RESTORE):
        answers = _race(committed_world)
        found = broken(at=committed_world.at)

    assert won(answers) == 2
    assert [line for line in found if line.startswith("a place is sold once")] != []


def test_a_hold_that_ran_out_is_ended_once_by_whoever_wants_either_slot(committed_world):
    first, second = committed_world.slots("gp_oak")[:2]
    people = _patients(committed_world, 3)

    def hold(who, slot_id, *, at, is_double=False):
        wanted = Wanted(
            patient_id=people[who].pk,
            practice_id=committed_world.oak.pk,
            person_key=people[who].person_key,
            case_ref="",
            need="sore_throat",
            points=20 if is_double else 10,
            is_urgent=True,
            is_double=is_double,
        )
        return perform(hold_slot, by=SETUP, at=at, slot_id=slot_id, wanted=wanted)

    held = hold(0, first.pk, at=committed_world.at, is_double=True)
    later = held.expires_at

    answers = at_once(2, lambda index: hold(1 + index, [first.pk, second.pk][index], at=later))

    assert won(answers) == 2
    with everywhere(because="the test looks", at=later):
        held.refresh_from_db()
    assert held.state == "expired"
    assert broken(at=later) == []
