"""What raw SQL cannot do, whoever types it: the promises are the database's."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from appointments.actions import Wanted, hold_slot
from appointments.actions.bookings import confirm
from appointments.actions.places import Terms
from practices.doors import everywhere, perform
from tests.conftest import as_owner
from tests.world import SETUP
from triage.actions import CaseWish, submit
from triage.rules.codes import Need

OVERLAPPING = """
INSERT INTO appointments_booking (public_id, slot_id, place, starts_at, ends_at, clinician_id,
  practice_id, patient_id, person_key, case_ref, state, mode, day, points, held_at, method, reason,
  overflow_reason, share, meter, ended_because, version)
SELECT gen_random_uuid(), slot.id, 1, slot.starts_at, slot.ends_at, slot.clinician_id,
  booking.practice_id, booking.patient_id, booking.person_key, 'HR-RAW', 'booked', slot.mode,
  slot.day, 10, booking.held_at, 'phone', 'other', 'own_full', '', '{}', '', 1
FROM appointments_slot slot, appointments_booking booking
WHERE slot.id = %s AND booking.id = %s
"""


@pytest.fixture
def booking(world):
    """Zoë has Dr Oak's first slot."""
    slot = world.slots("gp_oak")[0]
    patient = world.patients["zoe"]
    wanted = Wanted(
        patient.pk, world.oak.pk, patient.person_key, "HR-1", "sore_throat", 10, is_urgent=False
    )
    held = perform(hold_slot, by=SETUP, at=world.at, slot_id=slot.pk, wanted=wanted)
    return perform(
        confirm,
        by=SETUP,
        at=world.at,
        booking_id=held.pk,
        terms=Terms(),
    )


def _book_other_at_same_time(world, booking):
    other = world.slots("gp_elm")[0]
    with everywhere(because="the test's raw SQL", at=world.at), connection.cursor() as cursor:
        cursor.execute(OVERLAPPING, [other.pk, booking.pk])


def _execute(world, statement):
    with (
        transaction.atomic(),
        everywhere(because="the test's raw SQL", at=world.at),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_person_is_not_in_two_places_at_once(world, booking):
    with pytest.raises(IntegrityError, match="patient_in_one_place"):
        _book_other_at_same_time(world, booking)


def test_control_without_the_constraint_a_person_is_in_two_places(committed_world):
    slot, other = committed_world.slots("gp_oak")[0], committed_world.slots("gp_elm")[0]
    patient = committed_world.patients["zoe"]
    wanted = Wanted(
        patient.pk,
        committed_world.oak.pk,
        patient.person_key,
        "HR-1",
        "sore_throat",
        10,
        is_urgent=False,
    )
    at = committed_world.at
    held = perform(hold_slot, by=SETUP, at=at, slot_id=slot.pk, wanted=wanted)
    perform(confirm, by=SETUP, at=at, booking_id=held.pk, terms=Terms())
    owner = as_owner(connection.settings_dict["NAME"])
    owner.set_session(autocommit=False)
    with owner.cursor() as cursor:
        cursor.execute("ALTER TABLE appointments_booking DROP CONSTRAINT patient_in_one_place")
        cursor.execute(OVERLAPPING, [other.pk, held.pk])

        assert cursor.rowcount == 1

    owner.rollback()
    owner.close()


@pytest.mark.parametrize(
    ("statement", "guard"),
    [
        (
            "UPDATE appointments_slot SET starts_at = starts_at - interval '1 hour'",
            "Cannot update rows",
        ),
        (
            "UPDATE appointments_booking SET starts_at = starts_at + interval '1 minute'",
            "booking_keeps_slot_time",
        ),
        ("UPDATE appointments_booking SET place = 9", "has no place 9"),
        ("UPDATE triage_casestep SET step = 'close'", "Cannot update rows"),
        ("UPDATE practices_auditentry SET verb = 'nothing'", "Cannot update rows"),
        ("DELETE FROM practices_auditentry", "only retention may delete"),
        ("TRUNCATE practices_auditentry", "permission denied"),
        ("ALTER TABLE appointments_slot DISABLE TRIGGER ALL", "must be owner"),
    ],
)
def test_history_and_time_stay_as_they_are(world, booking, statement, guard):
    wish = CaseWish(patient_id=world.patients["zoe"].pk, need=Need.EYE, words="itchy")
    perform(submit, by=SETUP, at=world.at, wish=wish)

    with pytest.raises((IntegrityError, InternalError, ProgrammingError), match=guard):
        _execute(world, statement)
