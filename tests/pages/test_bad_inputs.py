"""What people type wrong, door by door: the very words of safety.md section 5, by their ids.

The sentence stands twice (in the summary and at its field), what was typed stays, and nothing is
ever a fault of ours.
"""

import pytest
from django.utils.html import escape

from practices.doors import everywhere, perform
from practices.models import Patient
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.markup import elements, words
from triage import actions
from triage.actions.own_links import own_link
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
RECEPTION, STRANGER = "/triage/reception/", "/triage/reception/not-listed/"
NAMED = {"given_name": "Ann", "family_name": "Lee", "standing": "temporary", "age": "40"}
BORN = {"born_on_day": "3", "born_on_month": "2", "born_on_year": "1990"}
CHECK_DIGIT = "943 476 5910 is not a valid NHS number. Check each digit"
INSURANCE = "This is a National Insurance number. Enter an NHS number"
MOBILE = "Enter a UK mobile number, like 07700 900 982"


def told(page, sentence, typed):
    """The page has the sentence in its summary and at the field, and every word that was typed."""
    page = page.content.decode()
    kept = {one.get("value", "") for one in elements(page, "input")} | {words(page)}
    assert "<title>Error: " in page
    assert page.count(escape(sentence)) == 2, sentence
    assert all(any(one in value for value in kept) for one in typed if one), (typed, kept)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param("943 476 5910", CHECK_DIGIT, id="I01"),
        pytest.param(
            "943 476 591", "NHS number must be 10 digits. You entered 9", id="I02 nine digits"
        ),
        pytest.param(
            "9434 765 9190", "NHS number must be 10 digits. You entered 11", id="I02 eleven"
        ),
        pytest.param("943476591O", "NHS number must only include numbers", id="I03"),
        pytest.param("QQ 12 34 56 C", INSURANCE, id="I04"),
    ],
)
@pytest.mark.parametrize("where", [RECEPTION, STRANGER])
def test_an_nhs_number_that_is_wrong(at_desk, where, typed, sentence):
    said = {"sought": typed} if where == RECEPTION else NAMED | {"nhs_number": typed}

    told(at_desk("receptionist").post(where, said, follow=True), sentence, [typed])


@pytest.mark.parametrize("where", [RECEPTION, STRANGER])
def test_i08_a_test_number_is_for_training_only(at_desk, where, settings):
    said = {"sought": "999 000 0018", "nhs_number": "999 000 0018"}
    settings.TRAINING = False

    answer = at_desk("receptionist").post(where, NAMED | said, follow=True)

    told(answer, "This is a test number", ["999 000 0018"])


@pytest.mark.parametrize(
    "typed", ["999-000-0018", "999\u00a0000\u200b0018\n", "９９９ ０００ ００１８"]
)
def test_i07_an_nhs_number_in_any_spacing_opens_its_patient(world, at_desk, typed):
    """U19: typed in any form."""
    found = at_desk("receptionist").post(RECEPTION, {"sought": typed})
    page = at_desk("receptionist").get(found["Location"]).content.decode()

    assert str(world.patients["zoe"].public_id) in found["Location"]
    assert "999 000 0018" in words(page)


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        pytest.param("1", "12", "2026", "Date of birth must be in the past", id="I11"),
        pytest.param("1", "1", "1850", "Year must be 1906 or later", id="I12"),
        pytest.param("29", "2", "2027", "Date must be a real date", id="I13"),
        pytest.param("10", "11", "27", "Year must include 4 numbers", id="I15"),
    ],
)
def test_a_date_of_birth_that_is_wrong(at_desk, day, month, year, sentence):
    desk = at_desk("receptionist")
    boxes = {"born_on_day": day, "born_on_month": month, "born_on_year": year}

    told(desk.post(STRANGER, NAMED | boxes), sentence, [day, month, year])
    searched = f"lee {day}/{month}/{year}"
    told(desk.post(RECEPTION, {"sought": searched}, follow=True), sentence, [searched])


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        pytest.param("1983", "Date must be a real date", id="I13"),
        pytest.param("83", "Year must include 4 numbers", id="I15"),
    ],
)
def test_a_date_of_birth_at_the_patients_own_link(
    world, acting, now, client, clock, year, sentence
):
    clock(now)
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[4].pk}
    booking = perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)
    boxes = {"born_on_day": "29", "born_on_month": "2", "born_on_year": year}

    page = client.post(f"/triage/appointment/{own_link(booking.public_id)}/", boxes)

    told(page, sentence, ["29", year])


NAMES = ("O'Neil", "D’Angelo", "Zoë", "Nguyễn", "E", "x" * 50, "Ann 😀", "<b>Ann</b>", "{{7*7}}")


@pytest.mark.parametrize("name", NAMES)
def test_i17_i18_i23_a_name_is_kept_and_shown_exactly(world, at_desk, now, name):
    """In the record, on the page it opens, and in the list of a search."""
    desk = at_desk("receptionist")
    said = NAMED | BORN | {"family_name": name, "phone": "07700 900123", "age": ""}

    opened = desk.post(STRANGER, said)
    page = desk.get(opened["Location"]).content.decode()
    found = desk.post(RECEPTION, {"sought": f"{name} 3/2/1990"}, follow=True).content.decode()

    with everywhere(because="the test looks", at=now):
        kept = Patient.objects.order_by("pk").last()
    assert kept.family_name == name
    assert escape(name) in page.replace(name.upper(), name)
    assert escape(name).upper() in found.upper()


def test_i22_a_name_of_51_characters_is_not_cut(at_desk):
    page = at_desk("receptionist").post(STRANGER, NAMED | {"family_name": "x" * 51})

    told(page, "Last name must be 50 characters or fewer", ["x" * 51])


@pytest.mark.parametrize("where", [RECEPTION, STRANGER])
def test_i21_a_nul_is_no_text(at_desk, where):
    typed = {"sought": "Ann\0", "given_name": "Ann\0"}

    answer = at_desk("receptionist").post(where, NAMED | typed)

    assert answer.status_code == 400
    told(answer, "Null characters are not allowed", ["Ann"])


def test_i27_i28_a_mobile_number_that_is_cut_short(world, at_desk, now):
    desk = at_desk("receptionist")

    told(desk.post(STRANGER, NAMED | {"phone": "07700 90012"}), MOBILE, ["07700 90012"])
    kept = desk.post(STRANGER, NAMED | {"phone": "07700 900123"})
    assert kept.status_code == 302


@pytest.mark.parametrize(
    ("street", "lives"), [("", "No fixed address"), ("2 Invented Street", "2 Invented Street")]
)
def test_i31_no_fixed_address_is_said_in_words(world, at_desk, now, street, lives):
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=world.patients["zoe"].pk).update(address=street)

    sought = {"sought": "o'neil zoe"}
    page = at_desk("receptionist").post(RECEPTION, sought, follow=True).content.decode()

    assert f">{lives}<br>" in page


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("-1", id="I48 negative"),
        pytest.param("0", id="I48 zero"),
        pytest.param("12.5", id="I48 part"),
        pytest.param("", id="I48 blank"),
        pytest.param("1" + "0" * 30, id="I49"),
    ],
)
def test_a_limit_that_is_none(world, at_desk, typed):
    address = f"/practices/limits/people/{world.clinicians['gp_oak'].pk}/"
    page = at_desk("practice_manager").post(address, {"limit": typed, "reason": "Back from leave"})

    told(page, "Limit must be a whole number from 1 to 60", [typed, "Back from leave"])


@pytest.mark.parametrize("typed", ["", ".", "   "])
def test_i54_words_that_say_nothing(world, at_desk, typed):
    address = f"/triage/patients/{world.patients['zoe'].public_id}/new/"
    said = {"none_said": "on", "need": "sore_throat", "words": typed, "channel": "phone"}

    told(at_desk("receptionist").post(address, said), "Describe the problem", [])


def test_i53_ten_thousand_and_one_characters_are_counted_and_kept(world, at_desk):
    address = f"/triage/patients/{world.patients['zoe'].public_id}/new/"
    typed = "x" * 10_001
    said = {"none_said": "on", "need": "sore_throat", "words": typed, "channel": "phone"}
    sentence = "The problem must be 500 characters or fewer. You entered 10001"

    told(at_desk("receptionist").post(address, said), sentence, [typed])


def test_i56_chest_pain_said_as_routine_stops_for_999_advice(world, acting, at_desk):
    """An interruption on the way on, and no block: the request is kept, raised and asked about."""
    address = f"/triage/patients/{world.patients['zoe'].public_id}/new/"
    said = {"none_said": "on", "need": "follow_up", "words": "chest pain", "channel": "phone"}

    page = at_desk("receptionist").post(address, said, follow=True).content.decode()

    assert "Ask again now: their words may mean a red flag" in words(page)
    assert "999" in words(page)
