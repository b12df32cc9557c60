"""The checker of invariants finds each fault: every promise is broken once, by its owner."""

import pytest
from django.db import connection

from practices.doors import perform
from tests.conftest import as_owner
from tests.invariants import PROMISES, broken, statement
from triage import actions
from triage.rules.codes import Need

pytestmark = pytest.mark.race

COPY = """
INSERT INTO appointments_booking (public_id, slot_id, place, starts_at, ends_at, clinician_id,
  practice_id, patient_id, person_key, case_ref, state, mode, day, points, held_at, expires_at,
  method, reason, overflow_reason, share, meter, ended_because, version)
SELECT gen_random_uuid(), slot_id, place, starts_at, ends_at, clinician_id, practice_id,
  patient_id, person_key, {case_ref}, state, mode, day, points, held_at, expires_at, method,
  reason, overflow_reason, share, meter, ended_because, version FROM appointments_booking
"""
OFF = "ALTER TABLE {} DISABLE TRIGGER USER; "
FREE = (
    "DROP INDEX place_taken_once;"
    " ALTER TABLE appointments_booking DROP CONSTRAINT place_taken_once_throughout;"
    " ALTER TABLE appointments_booking DROP CONSTRAINT patient_in_one_place;"
)
# Guards are taken away where the database would not let the fault happen.
FAULTS = {
    "a place is sold once": FREE + COPY.format(case_ref="case_ref"),
    "a slot sells no place it does not have": OFF.format("appointments_booking")
    + "UPDATE appointments_booking SET place = 2",
    "a booking has its slot's time and clinician": "UPDATE appointments_booking SET day = day + 1",
    "a person is in one place at a time": FREE + COPY.format(case_ref="case_ref"),
    "a hold is tidied away within five minutes of its end": "UPDATE appointments_booking"
    " SET state = 'held', expires_at = '2026-01-01Z'",
    "a case has one booking at most": FREE + COPY.format(case_ref="case_ref"),
    "an open case has an owner and is due": "ALTER TABLE triage_case"
    " DROP CONSTRAINT booked_case_has_booking; UPDATE triage_case SET booking_id = NULL",
    "a booked case has a live booking of its own": "UPDATE appointments_booking"
    " SET state = 'cancelled'",
    "a live booking is the one its case names": "UPDATE triage_case"
    " SET state = 'waiting', booking_id = NULL",
    "a case is where its last step left it": "UPDATE triage_case SET state = 'waiting'",
    "every step of a case has its audit row": OFF.format("practices_auditentry")
    + "DELETE FROM practices_auditentry WHERE verb = 'case.book'",
    "every booking for a case says on record how it came where it is": OFF.format(
        "practices_auditentry"
    )
    + "DELETE FROM practices_auditentry WHERE entity = 'booking'",
    "every decided proposal has an audit row": "INSERT INTO triage_rebalancerun"
    " (id, public_id, network_id, day, key, status, apply, asked_at, result) SELECT 1,"
    " gen_random_uuid(), organisation_id, '2026-11-30', 'k', 'done', 'none', now(), '{}'"
    " FROM networks_network; INSERT INTO triage_proposal (public_id, run_id, practice_id, case_ref,"
    " booking_id, booking_version, to_slot_id, reasons, effects, needs_consent, state, made_at,"
    " decline_reason) SELECT gen_random_uuid(), 1, practice_id, '', id, 1, slot_id, '[]', '{}',"
    " false, 'declined', now(), '' FROM appointments_booking",
    "an accepted move ended one booking and began another": "INSERT INTO appointments_move"
    " (from_booking_id, to_booking_id, at, because) SELECT id, id, now(), ''"
    " FROM appointments_booking",
    "a queued message has its promise": "DELETE FROM practices_outboxitem",
}


@pytest.fixture
def booked(committed_world, acting, now):
    """Zoë is booked with Dr Oak, for real."""
    desk = acting(committed_world, "receptionist")
    wish = actions.CaseWish(
        patient_id=committed_world.patients["zoe"].pk,
        need=Need.SORE_THROAT,
        words="since Friday",
        red_flags_asked=True,
    )
    case = perform(actions.submit, by=desk, at=now, wish=wish)
    slot = committed_world.slots("gp_oak")[0]
    perform(actions.book, by=desk, at=now, reference=case.reference, slot_id=slot.pk)
    return committed_world


def _found_after(fault, promise, now):
    """What the promise's statement names once the fault is there; nothing of it stays."""
    owner = as_owner(connection.settings_dict["NAME"])
    owner.set_session(autocommit=False)
    try:
        with owner.cursor() as cursor:
            cursor.execute(fault)
            cursor.execute(statement(promise), {"at": now})
            return cursor.fetchall()
    finally:
        owner.rollback()
        owner.close()


def test_a_healthy_database_keeps_every_promise(booked, now):
    assert broken(at=now) == []


def test_each_promise_is_missed_when_it_is_broken(booked, now):
    unseen = [p for p in PROMISES if not _found_after(FAULTS[p], p, now)]

    assert unseen == []
