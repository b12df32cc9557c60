"""Who sees which row of the appointments app, and what only the database can promise."""

from django.db import migrations

from practices.policies import follows, in_scope, of_case, of_clinician, policy

ROTA = (
    f"{in_scope('practice_id', 'own', 'providers')} OR {in_scope('hub_id', 'providers')}"
)
# A patient's booking is seen by the patient's practice, and by the hub or practice of the slot
# while it serves that practice.
BOOKING = of_case() + (
    " OR EXISTS (SELECT 1 FROM appointments_slot slot WHERE slot.id = slot_id"
    f" AND ({in_scope('slot.practice_id', 'own')}))"
)
CLINICIAN = of_clinician("clinician_id")
SHARE = f"{in_scope('practice_id', 'own', 'served')}"
CHANGED = in_scope("organisation_id", "own", "providers", "networks", "served")

# Raw SQL cannot shift a booking away from its slot's time or clinician.
KEEPS_TIME = """
ALTER TABLE appointments_booking ADD CONSTRAINT booking_keeps_slot_time
  FOREIGN KEY (slot_id, starts_at, ends_at, clinician_id)
  REFERENCES appointments_slot (id, starts_at, ends_at, clinician_id)
"""
# Which places are taken is for everyone who sees the slot; by whom is not. The view reads with
# its owner's rights, so it carries no patient and no practice.
PLACES = """
CREATE VIEW appointments_place AS
  SELECT slot_id, place, state, expires_at FROM appointments_booking
  WHERE state IN ('held', 'booked', 'arrived', 'attended')
"""


class Migration(migrations.Migration):
    dependencies = [("appointments", "0002_initial"), ("hubs", "0003_policies")]
    operations = [
        migrations.RunSQL(
            KEEPS_TIME,
            "ALTER TABLE appointments_booking DROP CONSTRAINT booking_keeps_slot_time",
        ),
        migrations.RunSQL(PLACES, "DROP VIEW appointments_place"),
        policy("appointments_session", ROTA),
        policy("appointments_slot", ROTA),
        policy("appointments_booking", BOOKING),
        policy("appointments_move", follows("appointments_booking", "from_booking_id")),
        policy("appointments_dayload", CLINICIAN),
        policy("appointments_contactevent", CLINICIAN),
        policy("appointments_contactnote", follows("appointments_contactevent", "event_id")),
        policy("appointments_shareuse", SHARE),
        policy("appointments_changedday", CHANGED),
    ]
