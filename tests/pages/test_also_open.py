"""A case says which colleagues have it open as well, before two of them call the same patient."""

from datetime import timedelta

import pytest

from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
WORDS = "Opened in the last 5 minutes as well"


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)


def test_a_colleague_who_has_it_open_is_named(case, at_desk, now):
    """U11."""
    at_desk("supervisor").get(address(case))

    later = now + timedelta(minutes=2)
    said = text_of(at_desk("clinician", at=later).get(address(case)))

    assert f"{WORDS}: Supervisor at 9:30am." in said


def test_i_am_no_colleague_of_mine_and_an_old_look_is_none(case, at_desk, now):
    at_desk("supervisor").get(address(case))
    at_desk("clinician").get(address(case))

    later = now + timedelta(minutes=5)

    assert WORDS not in text_of(at_desk("clinician", at=later).get(address(case)))


def test_the_case_of_another_patient_is_not_this_one(case, world, acting, at_desk, now):
    other = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    at_desk("supervisor").get(address(other))

    assert WORDS not in text_of(at_desk("clinician").get(address(case)))


def test_who_looks_at_another_house_is_not_told_of_by_name(case, at_desk):
    at_desk("duty").get(address(case))

    assert WORDS not in text_of(at_desk("clinician").get(address(case)))
