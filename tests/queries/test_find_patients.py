"""Finding a patient while they are on the line, and telling namesakes apart."""

from datetime import date

import pytest

from practices.doors import opened
from practices.queries import find_patients, has_namesake, shared_names


@pytest.fixture
def find(world, acting, now):
    def found(words="", **facts):
        known = {"born_on": None, "nhs_number": None, **facts}
        with opened(acting(world, "receptionist").reach, at=now):
            return find_patients(words=words, **known)

    return found


@pytest.mark.parametrize("typed", ["o'neil", "ONeil zoe", "zoë o’neil", "zo one"])
def test_accents_apostrophes_and_order_do_not_count(find, typed):
    """U44."""
    assert [(row.family_name, row.given_name) for row in find(typed)] == [
        ("O'Neil", "Zoë"),
        ("O'Neil", "Zoe"),
    ]


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
