"""A day counted: once a minute, and with a pressure that does not flicker."""

from datetime import timedelta

import pytest

from appointments.actions import log_contact
from appointments.rules.codes import ContactKind
from networks.actions.snapshots import take_snapshot
from networks.models import CapacitySnapshot
from networks.tasks import snapshot_all
from practices import clock
from practices.doors import everywhere, perform
from tests.cases import filled_queue
from tests.world import SETUP
from triage.models import Case


def look(world, at):
    return perform(take_snapshot, by=SETUP, at=at, network_id=world.network.pk)


def kept(world, seen_at, **which):
    with everywhere(because="the test looks", at=seen_at):
        found = CapacitySnapshot.objects.filter(network=world.network, **which)
        return list(found.order_by("at", "organisation_id"))


def level(world, at, organisation):
    (row,) = kept(world, at, at=at, organisation=organisation.organisation)
    return row.level, row.level_since


def test_each_place_and_the_network_have_a_row(world, now):
    number = look(world, now)

    rows = kept(world, now)
    places = {world.oak.pk, world.elm.pk, world.hub.pk, world.network.pk}
    assert {row.organisation_id for row in rows} == places
    assert number == len(rows) == 4


def test_a_second_look_in_the_same_minute_keeps_nothing(world, now):
    numbers = [look(world, now), look(world, now + timedelta(seconds=59))]

    assert numbers == [4, 0]
    assert len(kept(world, now)) == 4


def test_the_clockwork_looks_at_every_live_network(world, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    with everywhere(because="the test's set-up", at=now):
        world.network.is_live = False
        world.network.save(update_fields=["is_live"])
    asleep = snapshot_all()
    with everywhere(because="the test's set-up", at=now):
        world.network.is_live = True
        world.network.save(update_fields=["is_live"])

    assert (asleep, snapshot_all()) == (0, 4)


def test_nothing_personal_is_kept(world, now):
    cases = filled_queue(world, 9, at=now)
    look(world, now)

    text = " ".join(str(row.figures) for row in kept(world, now))
    for secret in (
        *(case.reference for case in cases),
        *(person.family_name for person in world.patients.values()),
        *(person.nhs_number for person in world.patients.values()),
        *(user.name for user in world.users.values()),
    ):
        assert secret not in text


def test_a_level_goes_up_at_once(world, now):
    look(world, now)
    filled_queue(world, 4, at=now - timedelta(hours=20))
    look(world, now + timedelta(minutes=1))

    assert level(world, now, world.oak) == (1, now)
    assert level(world, now + timedelta(minutes=1), world.oak) == (3, now + timedelta(minutes=1))


@pytest.mark.parametrize(("calm_minutes", "expected"), [(29, 3), (30, 1)])
def test_a_level_falls_after_half_an_hour_of_calm(world, now, calm_minutes, expected):
    late = filled_queue(world, 4, at=now - timedelta(hours=20))
    look(world, now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk__in=[case.pk for case in late]).update(state="closed", closed_at=now)
    calm_since = now + timedelta(minutes=1)
    look(world, calm_since)

    look(world, calm_since + timedelta(minutes=calm_minutes))

    assert level(world, calm_since, world.oak)[0] == 3
    found = level(world, calm_since + timedelta(minutes=calm_minutes), world.oak)
    assert found[0] == expected


def test_a_clinician_past_the_limit_raises_the_practice_and_the_network(world, now):
    with everywhere(because="the test's set-up", at=now):
        for _ in range(26):
            log_contact(
                clinician_id=world.clinicians["gp_oak"].pk,
                organisation_id=world.oak.pk,
                kind=ContactKind.PHONE,
                contact_at=now,
                by=SETUP,
                at=now,
            )

    look(world, now)

    found = [level(world, now, place)[0] for place in (world.oak, world.network, world.elm)]
    assert found == [4, 4, 1]


def test_a_new_day_does_not_inherit_the_evening(world, now):
    late = filled_queue(world, 4, at=now - timedelta(hours=20))
    look(world, now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk__in=[case.pk for case in late]).update(state="closed", closed_at=now)
    tomorrow = now + timedelta(days=1)

    look(world, tomorrow)

    assert level(world, tomorrow, world.oak) == (1, tomorrow)


def test_old_figures_are_thinned_to_one_a_quarter_of_an_hour(world, now):
    for minute in range(31):
        look(world, now + timedelta(minutes=minute))

    look(world, now + timedelta(hours=5))

    left = [row.at for row in kept(world, now, organisation=world.hub.organisation)]
    assert left == [now + timedelta(minutes=minute) for minute in (0, 15, 30, 300)]
