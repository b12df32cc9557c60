"""Which places are taken also says since when, so that whoever is too late is told."""

from django.db import migrations

COLUMNS = "SELECT {slot}, place, state, expires_at{since} FROM appointments_booking"
LIVE = "WHERE state IN ('held', 'booked', 'arrived', 'attended')"


def view(since: str) -> str:
    first = COLUMNS.format(slot="slot_id", since=since)
    second = COLUMNS.format(slot="second_slot_id", since=since)
    return f"{first} {LIVE} UNION ALL {second} {LIVE} AND second_slot_id IS NOT NULL"


# A view may gain a column in place, and loses one only with all that reads it.
SINCE = f"CREATE OR REPLACE VIEW appointments_place AS {view(', held_at AS taken_at')}"
WITHOUT = f"DROP VIEW appointments_place; CREATE VIEW appointments_place AS {view('')}"


class Migration(migrations.Migration):
    dependencies = [("appointments", "0007_share_both")]

    operations = [migrations.RunSQL(SINCE, WITHOUT)]
