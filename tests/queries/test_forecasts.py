"""The forecast knows what the records know; a replay knows no more than one knew then."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from appointments.actions import Wanted, book_slot, cancel, hold_slot, log_contact, mark_attended
from appointments.actions.places import Terms
from appointments.queries.day_rest import rests_of
from appointments.queries.lived_days import lived_days
from appointments.queries.workload import meters_on
from appointments.rules.codes import ContactKind
from appointments.rules.forecast import DaySoFar, forecast
from appointments.rules.forecast_error import known_at, passed_at
from practices.actions import set_limit
from practices.doors import everywhere, perform
from tests.world import SETUP


def _wanted(world, who):
    patient = world.patients[who]
    return Wanted(
        patient.pk, patient.practice_id, patient.person_key, who, "other", 10, is_urgent=False
    )


def _brief(world, name, at, kind=ContactKind.BRIEF_ADVICE):
    perform(
        log_contact,
        by=SETUP,
        at=at,
        clinician_id=world.clinicians[name].pk,
        organisation_id=world.oak.pk,
        kind=kind,
        contact_at=at,
    )


@pytest.fixture
def morning(world, now):
    """Dr Oak: one booked at ten and seen, one held, one cancelled, two brief contacts."""
    slots = world.slots("gp_oak")
    booked = [
        perform(
            book_slot,
            by=SETUP,
            at=now,
            slot_id=slots[place].pk,
            wanted=_wanted(world, who),
            terms=Terms(),
        )
        for place, who in enumerate(("zoe", "tam", "child"))
    ]
    _brief(world, "gp_oak", now + timedelta(minutes=5))
    at = now + timedelta(minutes=50)
    perform(mark_attended, by=SETUP, at=at, booking_id=booked[0].pk)
    perform(cancel, by=SETUP, at=at, booking_id=booked[1].pk, because="patient")
    perform(hold_slot, by=SETUP, at=at, slot_id=slots[5].pk, wanted=_wanted(world, "zoe_namesake"))
    _brief(world, "gp_oak", at, ContactKind.RESULTS_CALL)
    return world


def _live(world, at):
    """The day as the live meter puts it to the forecast."""
    pk = world.clinicians["gp_oak"].pk
    with everywhere(because="the test looks", at=at):
        rest = rests_of([pk], day=at.date(), at=at)[pk]
        (meter,) = meters_on([pk], day=at.date(), at=at)
        return meter, rest


def test_a_replay_at_an_instant_is_what_the_live_meter_knew(morning, now):
    at = now + timedelta(minutes=51)
    meter, rest = _live(morning, at)
    with everywhere(because="the test looks", at=at):
        lived = lived_days(now.date())[morning.clinicians["gp_oak"].pk]

    known = known_at(lived, at)

    assert (known.counted, known.brief) == (meter.meter.logged, rest.brief) == (20, 10)
    assert sum(one.points for one in known.planned) == meter.meter.held + meter.meter.booked == 20
    assert (known.free, known.taken_last_hour) == (rest.free, rest.taken_last_hour)
    assert forecast(known, at) == meter.forecast
    assert (known.opens_at, known.closes_at) == (rest.opens_at, rest.closes_at)


def test_a_replay_forgets_what_came_later(morning, now):
    with everywhere(because="the test looks", at=now):
        lived = lived_days(now.date())[morning.clinicians["gp_oak"].pk]

    before, after = (known_at(lived, now + timedelta(minutes=m)) for m in (1, 51))

    assert isinstance(before, DaySoFar)
    assert (before.counted, len(before.planned)) == (0, 3)
    assert (after.counted, len(after.planned)) == (20, 2)


def test_what_happened_is_who_was_seen_and_what_was_logged(morning, now):
    with everywhere(because="the test looks", at=now):
        lived = lived_days(now.date())[morning.clinicians["gp_oak"].pk]

    assert sum(one.points for one in lived.contacts()) == 20
    assert passed_at(14, lived.contacts()) == morning.slots("gp_oak")[0].starts_at
    assert passed_at(20, lived.contacts()) is None


def test_the_command_measures_the_error_and_says_when_there_is_nothing(morning, now):
    with everywhere(because="the test's set-up", at=now):
        set_limit(
            layer="person",
            clinician_id=morning.clinicians["gp_oak"].pk,
            points=10,
            from_on=now.date(),
            basis="the test",
            by=SETUP,
            at=now,
        )
    told = StringIO()

    call_command("forecast_error", since=now.date(), stdout=told)

    lines = told.getvalue().splitlines()
    assert lines[0] == "1 clinicians' days on 1 days."
    assert len(lines) == 9
    assert "At 09:00, as booked: 0 of 1 breaches foreseen (0 %)" in told.getvalue()
    with pytest.raises(CommandError, match="No contact is on record"):
        call_command("forecast_error", since=now.date() - timedelta(days=3))


@pytest.mark.parametrize("names", [["gp_oak"], ["gp_oak", "gp_elm", "clinician"]])
def test_the_rest_of_the_day_is_one_statement(morning, now, names, django_assert_num_queries):
    people = [morning.clinicians[name].pk for name in names]

    with everywhere(because="the test looks", at=now), django_assert_num_queries(1):
        found = rests_of(people, day=now.date(), at=now)

    assert set(found) == set(people)
