"""The last point of a clinician's day is had once (fault F02, threat T19)."""

import pytest

from appointments.actions import Wanted, hold_slot, places
from appointments.models import DayLoad
from practices.actions import set_limit
from practices.doors import everywhere, perform
from tests.races.conftest import UNTIL_ALL, Meeting, at_once, codes, won
from tests.races.test_places import _patients
from tests.world import SETUP

pytestmark = pytest.mark.race

ROOM = 3


def _race(world):
    slots = world.slots("gp_oak")
    patients = _patients(world, len(slots))
    with everywhere(because="the test's set-up", at=world.at):
        set_limit(
            layer="person",
            clinician_id=world.clinicians["gp_oak"].pk,
            points=ROOM * 10,
            from_on=world.at.date(),
            basis="the test",
            by=SETUP,
            at=world.at,
        )

    def wish(index):
        wanted = Wanted(
            patient_id=patients[index].pk,
            practice_id=world.oak.pk,
            person_key=patients[index].person_key,
            case_ref=f"HR-{index}",
            need="sore_throat",
            points=10,
            is_urgent=False,
        )
        return perform(hold_slot, by=SETUP, at=world.at, slot_id=slots[index].pk, wanted=wanted)

    return at_once(len(slots), wish)


def _used(world):
    with everywhere(because="the test looks", at=world.at):
        return DayLoad.objects.get(clinician=world.clinicians["gp_oak"]).held


def test_exactly_the_room_of_the_day_is_used(committed_world):
    answers = _race(committed_world)

    assert (won(answers), _used(committed_world)) == (ROOM, ROOM * 10)
    assert codes(answers) == {"limit_reached"}


def test_control_a_limit_read_before_it_is_written_is_passed(committed_world, monkeypatch):
    wishes = len(committed_world.slots("gp_oak"))
    all_have_read, charge = Meeting(wishes, UNTIL_ALL), places.charge

    def read_then_write(*, clinician_id, day, column, points, limit):
        load = DayLoad.objects.filter(clinician_id=clinician_id, day=day).first()
        if load is not None and load.held + points > limit:
            return False
        all_have_read.wait()
        return charge(clinician_id=clinician_id, day=day, column=column, points=points, limit=None)

    monkeypatch.setattr(places, "charge", read_then_write)

    _race(committed_world)

    assert _used(committed_world) == wishes * 10
