"""A place is sold once, however many want it at the same moment (faults F01, hazard HZ6)."""

import pytest

from appointments.actions import hold_slot as hold
from appointments.actions import places, stretches
from appointments.actions.places import Wanted
from appointments.models import Booking, Slot
from practices.doors import everywhere, perform
from practices.models import Patient
from tests.races.conftest import UNTIL_ALL, at_once, codes, won
from tests.world import SETUP

pytestmark = pytest.mark.race

CLAIMERS = 40
DROP = (
    "DROP INDEX place_taken_once;"
    " ALTER TABLE appointments_booking DROP CONSTRAINT place_taken_once_throughout"
)
RESTORE = """
CREATE UNIQUE INDEX place_taken_once ON appointments_booking (slot_id, place)
  WHERE state IN ('held', 'booked', 'arrived', 'attended');
ALTER TABLE appointments_booking ADD CONSTRAINT place_taken_once_throughout EXCLUDE USING gist
  (place WITH =, int8multirange(int8range(slot_id, slot_id, '[]'),
   int8range(coalesce(second_slot_id, slot_id), coalesce(second_slot_id, slot_id), '[]')) WITH &&)
  WHERE (state IN ('held', 'booked', 'arrived', 'attended'))
"""


def _patients(world, number):
    with everywhere(because="the test's set-up", at=world.at):
        return Patient.objects.bulk_create(
            Patient(
                practice=world.oak,
                person_key=f"person-{index}",
                family_name="Racer",
                given_name=str(index),
                sort_name=f"racer {index}",
                born_on=world.at.date(),
            )
            for index in range(number)
        )


def _race(world, patients, slot_id):
    def wish(index):
        wanted = Wanted(
            patient_id=patients[index].pk,
            practice_id=world.oak.pk,
            person_key=patients[index].person_key,
            case_ref=f"HR-{index}",
            need="sore_throat",
            points=10,
            is_urgent=True,
        )
        return perform(hold, by=SETUP, at=world.at, slot_id=slot_id, wanted=wanted)

    return at_once(len(patients), wish)


def _live(world, slot_id):
    with everywhere(because="the test looks", at=world.at):
        return Booking.objects.filter(slot_id=slot_id, state="held").count()


@pytest.mark.parametrize("capacity", [1, 3])
def test_as_many_win_as_there_are_places(committed_world, capacity):
    slot = committed_world.slots("gp_oak")[0]
    with everywhere(because="the test's set-up", at=committed_world.at):
        Slot.objects.filter(pk=slot.pk).update(places=capacity)

    answers = _race(committed_world, _patients(committed_world, CLAIMERS), slot.pk)

    assert (won(answers), _live(committed_world, slot.pk)) == (capacity, capacity)
    assert codes(answers) == {"slot_taken"}


def test_control_without_lock_and_index_a_place_is_sold_twice(
    committed_world, meet, without, monkeypatch
):
    slot = committed_world.slots("gp_oak")[0]
    unlocked = lambda slot_id: Slot.objects.get(pk=slot_id)  # noqa: E731 - the guard, off
    monkeypatch.setattr(stretches, "lock_slot", unlocked)
    meet(CLAIMERS, UNTIL_ALL, after=[(places, "_free_place")])

    with without(DROP, RESTORE):
        _race(committed_world, _patients(committed_world, CLAIMERS), slot.pk)
        sold = _live(committed_world, slot.pk)

    assert sold > 1
