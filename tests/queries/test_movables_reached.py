"""Who cannot be rung cannot be asked: the patient stays where they are booked."""

import pytest

from appointments.models import Booking
from appointments.rules.matching import frozen_because
from practices.doors import everywhere
from practices.models import Patient
from tests.full_day import overfill
from triage.models import Case
from triage.queries.movables import movables

NO_NUMBER = "There is no number to ask the patient on"


@pytest.fixture
def looking(world, acting, now):
    overfill(world, acting)
    with everywhere(because="the test looks", at=now):
        yield world


def _frozen(world, now):
    found = movables([world.clinicians["gp_oak"].pk], at=now)
    return {frozen_because(one.facts, now) == NO_NUMBER for one in found}


def test_who_has_a_number_may_be_asked(looking, now):
    Case.objects.update(phone="07700 900123")

    assert _frozen(looking, now) == {False}


def test_who_has_none_is_not_moved(looking, now):
    Case.objects.update(phone="")

    assert _frozen(looking, now) == {True}


def test_without_a_case_the_record_s_number_counts(looking, now):
    Booking.objects.update(case_ref="")
    Patient.objects.update(phone="07700 900123")
    rung = _frozen(looking, now)
    Patient.objects.update(phone="")

    assert (rung, _frozen(looking, now)) == ({False}, {True})
