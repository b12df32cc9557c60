"""Wishes about two slots take their locks in one order: they queue up, and none dies of a deadlock.

The control takes each slot as it comes; then the database has to end one of the two.
"""

from functools import partial

import pytest
from django.db import OperationalError, transaction

from appointments.actions import Terms, Wanted, book_slot, move, moves
from appointments.models import Slot
from practices.doors import everywhere
from tests.races.conftest import UNTIL_ALL, at_once
from tests.races.test_places import _patients
from tests.world import SETUP

pytestmark = pytest.mark.race

ROUNDS = 12


def _booked(world, patient, slot):
    wanted = Wanted(
        patient_id=patient.pk,
        practice_id=world.oak.pk,
        person_key=patient.person_key,
        case_ref=f"HR-{patient.pk}",
        need="sore_throat",
        points=10,
        is_urgent=True,
    )
    with everywhere(because="the test's set-up", at=world.at):
        made = book_slot(
            slot_id=slot.pk,
            wanted=wanted,
            terms=Terms(overflow_reason="own_full"),
            by=SETUP,
            at=world.at,
        )
    return made.pk


def _crossing(world):
    """Pairs of patients, one with Dr Oak and one at the hub, who change clinicians at once."""
    oak, hub = world.slots("gp_oak"), world.slots("clinician")
    people = _patients(world, 2)
    here = [_booked(world, people[0], oak[0]), _booked(world, people[1], hub[0])]
    deadlocks = []

    def wish(turn, index):
        there = (hub, oak)[(index + turn) % 2][turn + 1]
        try:
            with transaction.atomic(), everywhere(because="the test moves", at=world.at):
                made = move(
                    booking_id=here[index],
                    to_slot_id=there.pk,
                    because="rebalanced",
                    is_urgent=True,
                    overflow_reason="own_full",
                    by=SETUP,
                    at=world.at,
                )
                return made.to_booking_id
        except OperationalError as trouble:
            deadlocks.append(trouble.__cause__.pgcode)
            return None

    for turn in range(ROUNDS - 2):
        answers = at_once(2, partial(wish, turn))
        here = [new or old for new, old in zip(answers, here, strict=True)]
        if deadlocks:
            break
    return deadlocks


def test_two_who_change_places_queue_up(committed_world):
    assert _crossing(committed_world) == []


def test_control_locks_as_they_come_end_in_a_deadlock(committed_world, meet, monkeypatch):
    unlocked = lambda slot_ids, **how: Slot.objects.in_bulk(slot_ids)  # noqa: E731 - the guard, off
    monkeypatch.setattr(moves, "lock_places", unlocked)
    meet(2, UNTIL_ALL, after=[(moves, "give_back")])

    assert set(_crossing(committed_world)) == {"40P01"}
