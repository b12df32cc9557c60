"""NHS numbers, names, dates of birth and phones as people type them (safety I01-I29)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules import nhs_number
from practices.rules.person_names import age_on, check_name, fold, parse_born_on, sort_name
from practices.rules.phones import can_text, dialled, parse_mobile, parse_phone, spoken, why_no_text
from practices.rules.refusals import BadInput

TODAY = date(2026, 11, 30)


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(BadInput) as refused:
        call(*args, **kwargs)
    return str(refused.value)


@pytest.mark.parametrize(
    "typed",
    [
        "9434765919",
        "943 476 5919",
        "943-476-5919",
        "943–476–5919",
        "943\u00a0476\u00a05919",
        "943\u200b476\u200b5919",
        " 943\n476 5919\t",
        "９４３ ４７６ ５９１９",
        "\ufeff9434765919",
    ],
)
def test_i07_nhs_number_in_any_spacing_is_accepted(typed):
    digits = nhs_number.parse(typed, training=True)

    assert nhs_number.spaced(digits) == "943 476 5919"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("943 476 5910", "943 476 5910 is not a valid NHS number. Check each digit"),
        ("943 476 591", "NHS number must be 10 digits. You entered 9"),
        ("943 476 59190", "NHS number must be 10 digits. You entered 11"),
        ("943476591O", "NHS number must only include numbers"),
        ("QQ 12 34 56 C", "This is a National Insurance number. Enter an NHS number"),
        ("qq123456c", "This is a National Insurance number. Enter an NHS number"),
        ("0000000000", "000 000 0000 is not a valid NHS number. Check each digit"),
        ("", "Enter the NHS number"),
        (" - ", "Enter the NHS number"),
        ("943476591²", "943 476 5912 is not a valid NHS number. Check each digit"),
        ("٩٤٣٤٧٦٥٩١٩", "NHS number must only include numbers"),
    ],
)
def test_i01_to_i04_wrong_nhs_number_says_what_is_wrong(typed, sentence):
    assert refusal(nhs_number.parse, typed, training=True) == sentence


@pytest.mark.parametrize("typed", ["999 000 0018", "943 476 5919"])
def test_i08_test_number_is_for_training_only(typed):
    assert nhs_number.spaced(nhs_number.parse(typed, training=True)) == typed
    assert refusal(nhs_number.parse, typed, training=False).startswith("This is a test number, not")


def test_issued_range_is_accepted_in_a_live_network():
    assert nhs_number.parse("401 023 2137", training=False) == "4010232137"


@given(st.integers(0, 999_999), st.sampled_from(["", " ", "-", "\u2009", "\u2011"]))
def test_one_wrong_digit_is_always_noticed(number, gap):
    stem = f"999{number:06}"
    valid = [d for d in "0123456789" if accepts(stem + d)]

    assert len(valid) <= 1
    if valid:
        typed = gap.join(stem + valid[0])
        assert nhs_number.parse(typed, training=True) == stem + valid[0]


def accepts(digits: str) -> bool:
    try:
        nhs_number.parse(digits, training=True)
    except BadInput:
        return False
    return True


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("O'Neil", "oneil"),
        ("D’Angelo", "dangelo"),
        ("Zoë", "zoe"),
        ("Nguyễn", "nguyen"),
        ("Smith-Jones", "smith jones"),
        ("  van   der Berg ", "van der berg"),
        ("Łukasz Đorđević", "lukasz dordevic"),
        ("Strauß", "strauss"),
        ("Ågnes Ørsted", "agnes orsted"),
        ("E", "e"),
        ("李 明", "李 明"),
        ("😀 Ann", "ann"),
    ],
)
def test_i17_names_fold_for_search(name, folded):
    assert fold(name) == folded


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


def test_sort_name_is_family_name_first():
    assert sort_name("O'Neil", "Zoë") == "oneil zoe"


def test_i17_name_is_kept_exactly_and_i22_not_cut():
    fifty = "Ł" * 50

    assert check_name(f" {fifty} ", label="Last name", field="family_name") == fifty
    assert (
        refusal(check_name, "x" * 51, label="Last name", field="family_name")
        == "Last name must be 50 characters or fewer"
    )
    assert refusal(check_name, " ", label="Last name", field="family_name") == "Enter the last name"


@pytest.mark.parametrize(
    "typed",
    ["10 11 1987", "10/11/1987", "10-11-1987", "10.11.1987", "1987-11-10", "10 November 1987",
     "10 nov 1987", "１０/１１/１９８７"],
)  # fmt: skip
def test_date_of_birth_is_read_day_first(typed):
    assert parse_born_on(typed, today=TODAY) == date(1987, 11, 10)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1/12/2026", "Date of birth must be in the past"),
        ("1 1 1850", "Year must be 1906 or later"),
        ("29 2 2027", "Date must be a real date"),
        ("10/11/27", "Year must include 4 numbers"),
        ("31 4 1990", "Date must be a real date"),
        ("0 0 1990", "Date must be a real date"),
        ("1 Smarch 1990", "Date must be a real date"),
        ("x 1 1990", "Date must be a real date"),
        ("1 1 1990x", "Date must be a real date"),
        ("99999999999999999999 1 1990", "Date must be a real date"),
        ("11 1990", "Date of birth must include a day, month and year"),
        ("", "Enter the date of birth"),
        ("1 1 0000", "Date must be a real date"),
    ],
)
def test_i11_to_i15_wrong_date_of_birth_says_what_is_wrong(typed, sentence):
    assert refusal(parse_born_on, typed, today=TODAY) == sentence


@given(st.dates(date(1906, 1, 1), TODAY))
def test_every_past_date_is_read_back(born_on):
    assert parse_born_on(f"{born_on:%d/%m/%Y}", today=TODAY) == born_on


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2010, 11, 30), TODAY, 16),
        (date(2010, 12, 1), TODAY, 15),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (TODAY - timedelta(days=3), TODAY, 0),
    ],
)
def test_age_in_whole_years(born_on, day, age):
    assert age_on(born_on, day) == age


def test_i27_drama_numbers_are_accepted_in_training_only():
    assert parse_mobile("07700 900123", training=True) == "+447700900123"
    assert not can_text("07700 900123", training=False)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("07700 90012", "Enter a UK mobile number, like 07700 900 982"),
        ("01632 960 001", "Enter a UK mobile number, like 07700 900 982"),
        ("hello", "Enter a UK mobile number, like 07700 900 982"),
        ("", "Enter a UK mobile number, like 07700 900 982"),
        ("+1 202 555 0143", "Text messages can only go to UK mobiles. Call or use email"),
    ],
)
def test_i28_and_i29_number_that_no_text_can_go_to(typed, sentence):
    assert refusal(parse_mobile, typed, training=True) == sentence


@pytest.mark.parametrize(
    ("phone", "why"),
    [
        ("+1 202 555 0143", "Text messages can only go to UK mobiles. Call or use email"),
        ("01632 960 001", "There is no mobile number to text"),
        ("", "There is no mobile number to text"),
        ("07700 900123", ""),
    ],
)
def test_i29_who_gets_no_text_is_told_why(phone, why):
    assert why_no_text(phone, training=True) == why


@pytest.mark.parametrize("typed", ["07400 123456", "+44 7400 123456", "0044 7400 123456"])
def test_real_mobile_is_accepted_live(typed):
    assert parse_mobile(typed, training=False) == "+447400123456"


def test_any_number_that_can_be_called_is_a_phone():
    assert parse_phone("020 7946 0958", training=True) == "+442079460958"
    assert parse_phone("+1 202 555 0143", training=True) == "+12025550143"
    assert refusal(parse_phone, "12", training=True).startswith("Enter a phone number")


def test_phone_is_read_aloud_as_at_home():
    assert spoken("+447700900123") == "07700 900123"
    assert spoken("+12025550143") == "+1 202-555-0143"


@pytest.mark.parametrize(
    ("phone", "dials"),
    [
        ("07700 900123", "+447700900123"),
        ("+1 202 555 0143", "+12025550143"),
        ("extension 123", ""),
        ("", ""),
    ],
)
def test_a_phone_dials_what_is_a_number(phone, dials):
    assert dialled(phone) == dials
