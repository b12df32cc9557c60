"""Somebody not on our list, recorded as far as known."""

from datetime import UTC, date, datetime

from practices.doors import everywhere, perform
from practices.models import Patient
from triage.actions.not_listed import StrangerWish, record_stranger

# Half past midnight in England on the 30th: the 29th by UTC.
JUST_PAST_MIDNIGHT = datetime(2026, 6, 29, 23, 30, tzinfo=UTC)


def test_a_newborn_at_night_is_born_on_the_day_on_the_wall(world, acting):
    wish = StrangerWish(family_name="Visitor", given_name="Baby", standing="newborn", age=0)
    public_id = perform(
        record_stranger, by=acting(world, "receptionist"), at=JUST_PAST_MIDNIGHT, wish=wish
    )

    with everywhere(because="the test looks", at=JUST_PAST_MIDNIGHT):
        assert Patient.objects.get(public_id=public_id).born_on == date(2026, 6, 30)
