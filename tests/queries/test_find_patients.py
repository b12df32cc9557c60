"""Finding a patient while they are on the line, and telling namesakes apart."""

from datetime import date

import pytest

from practices.doors import everywhere, opened
from practices.queries import find_patients, has_namesake, shared_names
from practices.rules.person_names import sort_name


@pytest.fixture
def find(world, acting, now):
    def found(words="", **facts):
        known = {"born_on": None, "nhs_number": None, **facts}
        with opened(acting(world, "receptionist").reach, at=now):
            return find_patients(words=words, **known)

    return found


@pytest.mark.parametrize(
    "typed", ["o'neil", "ONeil zoe", "zoë o’neil", "zo one", "o neil", "zoe O NEIL"]
)
def test_accents_apostrophes_and_order_do_not_count(find, typed):
    """U44."""
    assert [(row.family_name, row.given_name) for row in find(typed)] == [
        ("O'Neil", "Zoë"),
        ("O'Neil", "Zoe"),
    ]


@pytest.mark.parametrize("kept", ["Mc Donald", "McDonald", "MC DONALD"])
@pytest.mark.parametrize("typed", ["mcdonald", "mc donald", "zoe mcdon"])
def test_a_name_is_found_joined_and_apart(find, world, now, kept, typed):
    """U44."""
    patient = world.patients["zoe"]
    patient.family_name, patient.sort_name = kept, sort_name(kept, "Zoë")
    with everywhere(because="the test's set-up", at=now):
        patient.save()

    assert [row.family_name for row in find(typed)] == [kept]


def test_a_year_of_birth_tells_namesakes_apart(find):
    assert [row.born_on for row in find("oneil", born_in=2001)] == [date(2001, 7, 2)]


def test_a_patient_of_another_practice_is_not_found(find):
    assert find("brook") == []


def test_a_namesake_is_known_even_when_not_on_the_list(find, world, acting, now):
    alone = find("oneil", born_on=date(1985, 3, 14))
    other = find("hartley")

    with opened(acting(world, "receptionist").reach, at=now):
        shared = shared_names([*alone, *other])

    assert [has_namesake(row, shared) for row in (*alone, *other)] == [True, False]
