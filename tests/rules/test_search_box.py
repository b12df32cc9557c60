"""What people type into the one box at reception."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.refusals import BadInput
from practices.rules.search_box import Sought, read_search

TODAY = date(2026, 11, 30)
BORN = date(1985, 3, 14)
NUMBER = "9990000018"


def read(text: str) -> Sought:
    return read_search(text, today=TODAY, training=True)


SHORT = "Enter the whole date of birth, like 27 3 1980, or all 10 numbers of the NHS number"
PART = "Enter the whole case reference, like HR-7K3M-9QXT-2C, or a name"


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("O'Neil", Sought(words="O'Neil")),
        ("zoë  oneil ", Sought(words="zoë oneil")),
        ("oneil 14/3/1985", Sought(words="oneil", born_on=BORN)),
        ("14.03.1985 oneil", Sought(words="oneil", born_on=BORN)),
        ("oneil 14 march 1985", Sought(words="oneil", born_on=BORN)),
        ("oneil 14th Mar 1985 zoe", Sought(words="oneil zoe", born_on=BORN)),
        ("14 3 1985", Sought(born_on=BORN)),
        ("1985-03-14", Sought(born_on=BORN)),
        ("14-3-1985", Sought(born_on=BORN)),
        ("one 1985", Sought(words="one", born_in=1985)),
        ("oneil born 1985", Sought(words="oneil", born_in=1985)),
        ("born in 1985 oneil", Sought(words="oneil", born_in=1985)),
        ("oneil b. 1985", Sought(words="oneil", born_in=1985)),
        ("Oneil (DOB: 1985)", Sought(words="Oneil ( )", born_in=1985)),
        ("oneil born 14/3/1985", Sought(words="oneil", born_on=BORN)),
        ("Born 1985", Sought(born_in=1985)),
        ("Max Born", Sought(words="Max Born")),
        ("9990000018", Sought(nhs_number=NUMBER)),
        ("999 000 0018", Sought(nhs_number=NUMBER)),
        ("99 90 00 00 18", Sought(nhs_number=NUMBER)),
        ("999-000-0018", Sought(nhs_number=NUMBER)),
        ("９９９０００００１８", Sought(nhs_number=NUMBER)),
        ("999\u00a0000\u200b0018\n", Sought(nhs_number=NUMBER)),
        ("oneil 999 000 0018", Sought(words="oneil", nhs_number=NUMBER)),
        ("999 000 0018 oneil", Sought(words="oneil", nhs_number=NUMBER)),
        ("ng 9990000018", Sought(words="ng", nhs_number=NUMBER)),
        ("9990000018 Ng", Sought(words="Ng", nhs_number=NUMBER)),
        ("HR 7K3M 9QXT 2C", Sought(reference="HR-7K3M-9QXT-2C")),
        ("hr - 7k3m - 9qxt - 2c", Sought(reference="HR-7K3M-9QXT-2C")),
        ("Hristodoulos", Sought(words="Hristodoulos")),
        ("hr-7k3m-9qxt-2c", Sought(reference="HR-7K3M-9QXT-2C")),
        ("HR7K3M9QXT2C", Sought(reference="HR-7K3M-9QXT-2C")),
        ("D’Angelo", Sought(words="D’Angelo")),
    ],
)
def test_what_was_typed_is_taken_apart(typed, sought):
    assert read(typed) == sought


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter a name, a date of birth or an NHS number"),
        (" \u200b ", "Enter a name, a date of birth or an NHS number"),
        ("E", "Enter at least 2 letters of the name"),
        ("'- --", "Enter at least 2 letters of the name"),
        ("943 476 5910", "943 476 5910 is not a valid NHS number. Check each digit"),
        ("943 476 591", "NHS number must be 10 digits. You entered 9"),
        ("943 476 59191", "NHS number must be 10 digits. You entered 11"),
        ("943476591O", "NHS number must only include numbers"),
        ("QQ 12 34 56 C", "This is a National Insurance number. Enter an NHS number"),
        ("oneil 29 2 2027", "Date must be a real date"),
        ("oneil 1/12/2026", "Date of birth must be in the past"),
        ("oneil 14/3/1850", "Year must be 1906 or later"),
        ("20/8/97", "Year must include 4 numbers"),
        ("07700 900123", "This is a phone number. Enter a name, a date of birth or an NHS number"),
        (
            "ng +447700900123",
            "This is a phone number. Enter a name, a date of birth or an NHS number",
        ),
        ("5", SHORT),
        ("270380", SHORT),
        ("27031980", SHORT),
        ("HR-7K3M", PART),
        ("hr 7k3m 9qxt", PART),
        ("oneil 97", "Enter the year of birth in 4 numbers, like 1980, or the whole date of birth"),
        ("<script>", "Enter a name without “<”, a date of birth or an NHS number"),
        ("<script>alert(1)</script>", "Enter a name without “<”, a date of birth or an NHS number"),
        ("{{7*7}}", "Enter a name without “{”, a date of birth or an NHS number"),
        ("'; DROP TABLE", "Enter a name without “;”, a date of birth or an NHS number"),
        ("oneil 10/11/27", "Year must include 4 numbers"),
        ("oneil 2030", "Year of birth must be in the past"),
        ("oneil 1902", "Year must be 1906 or later"),
        ("a" * 101, "Enter 100 characters or fewer. You entered 101"),
        ("a" * 10_001, "Enter 100 characters or fewer. You entered 10001"),
    ],
)
def test_a_sentence_says_what_to_type_instead(typed, sentence):
    with pytest.raises(BadInput) as refusal:
        read(typed)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("sought", "exact"),
    [
        (Sought(nhs_number=NUMBER), True),
        (Sought(words="oneil", born_on=BORN), True),
        (Sought(words="oneil"), False),
        (Sought(born_on=BORN), False),
        (Sought(words="oneil", born_in=1985), False),
    ],
)
def test_only_two_facts_or_a_number_open_a_patient_at_once(sought, exact):
    assert sought.is_exact is exact


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused_in_words(text):
    assert answer_to(text) not in {Sought(), ""}


def answer_to(text: str) -> Sought | str:
    try:
        return read(text)
    except BadInput as refusal:
        return refusal.text
