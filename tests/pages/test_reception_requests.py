"""A new request at the desk: red flags, need and words, and where it goes on."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from practices import clock
from practices.doors import everywhere, opened
from practices.models import AuditEntry, Message, Patient
from tests.cases import submitted
from triage.models import Case
from triage.rules.codes import Need
from triage.rules.red_flags import BY_CODE

WORDS = "Sore throat for four days"


@pytest.fixture
def desk(world, now, monkeypatch):
    """A signed-in receptionist of Oak Surgery."""
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(world.users["receptionist"])
    return client


@pytest.fixture
def address(world):
    return f"/triage/patients/{world.patients['zoe'].public_id}/new/"


def asked(**changes):
    """What a receptionist sends when nothing is out of the ordinary."""
    said = {
        "once": "6c0c0e0e-0000-4000-8000-000000000001",
        "none_said": "on",
        "need": "sore_throat",
        "words": WORDS,
        "channel": "phone",
        "phone": "07700 900123",
        "safe_to_text": "on",
    }
    return {name: value for name, value in (said | changes).items() if value is not None}


def only_case(world, now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.get()


def test_the_page_knows_what_the_practice_knows(desk, world, address, acting, now):
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=world.patients["zoe"].pk).update(
            access_needs=["bsl"], access_detail="Lip-reads well"
        )

    page = desk.get(address).content.decode()

    assert "Needs: British Sign Language, Lip-reads well" in page
    assert "Contact: 07700 900123, texts are safe" in page
    assert page.count('name="red_flags"') == 33
    assert page.count('name="need"') == 18
    with opened(acting(world, "receptionist").reach, at=now):
        assert AuditEntry.objects.filter(verb="patient.viewed").count() == 1


def test_a_request_goes_on_to_the_list_of_places(desk, world, address, now):
    answer = desk.post(address, asked())

    case = only_case(world, now)
    assert answer["Location"] == f"/triage/desk/{case.reference}/options/"
    assert (case.need, case.red_flags_asked, case.phone) == (
        "sore_throat",
        True,
        "+447700900123",
    )


def test_a_form_sent_twice_makes_one_case(desk, world, address, now):
    first = desk.post(address, asked())
    second = desk.post(address, asked())

    assert first["Location"] == second["Location"]
    assert only_case(world, now).version == 2


def test_a_ticked_flag_shows_the_emergency_page_with_words_to_say(desk, world, address, now):
    answer = desk.post(address, asked(none_said=None, red_flags=["stroke", "reduced_movements"]))

    page = desk.get(answer["Location"]).content.decode()
    assert only_case(world, now).urgency == 0
    assert answer["Location"].endswith(f"/desk/{only_case(world, now).reference}/")
    assert "Emergency: act now" in page
    assert "Call 999 now from another phone" in page
    assert "Call your maternity unit now" in page


def test_a_ticked_flag_gets_through_alone(desk, world, address, now):
    answer = desk.post(
        address, asked(none_said=None, red_flags=["heart_attack"], need=None, words=None)
    )

    page = desk.get(answer["Location"]).content.decode()
    case = only_case(world, now)
    assert (case.urgency, case.need, case.red_flags) == (0, "other", ["heart_attack"])
    assert BY_CODE["heart_attack"].say in page
    assert "Call 999 now from another phone" in page


def test_a_flag_and_none_said_are_both_kept_until_somebody_decides(desk, address):
    page = desk.post(address, asked(red_flags=["stroke"])).content.decode()

    assert 'value="stroke" data-flag checked' in page
    assert re.search(r'name="none_said" value="on" data-none="[^"]+" checked', page)


def test_none_said_covers_every_question(desk, address):
    page = desk.get(address).content.decode()

    assert "I asked about all 33: none of these said" in page


def test_an_emergency_is_not_told_by_when_it_hears(desk, world, address, now):
    answer = desk.post(address, asked(none_said=None, red_flags=["stroke"]))

    assert "Nothing was sent." in desk.get(answer["Location"]).content.decode()
    with everywhere(because="the test looks", at=now):
        assert Message.objects.count() == 0


def test_calling_again_raises_the_open_case(desk, world, address, acting, now, monkeypatch):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now)
    case_before = only_case(world, now)
    monkeypatch.setattr(clock, "now", lambda: now.replace(hour=11))

    answer = desk.post(address, asked(words="It is worse"))

    assert answer["Location"] == f"/triage/desk/{case.reference}/?just=again"
    assert only_case(world, now).version == case_before.version + 1
    page = desk.get(answer["Location"]).content.decode()
    assert "They called again: the open request is not raised, as urgent as before" in page
    assert page.count("It is worse") == 2


def test_words_that_raise_the_open_case_are_said_to_raise_it(desk, world, address, acting, now):
    submitted(world, acting, "zoe", Need.SORE_THROAT, at=now - timedelta(hours=1))

    answer = desk.post(address, asked(words="Now chest pain"))

    page = desk.get(answer["Location"]).content.decode()
    assert "They called again: the open request is raised, and a clinician looks again" in page


def test_the_same_form_from_another_tab_is_not_called_again(desk, address, monkeypatch, now):
    desk.post(address, asked())
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=20))

    answer = desk.post(address, asked(once="6c0c0e0e-0000-4000-8000-000000000002"))

    page = desk.get(answer["Location"]).content.decode()
    assert "This request was sent a moment ago: nothing was added" in page


def test_an_open_case_is_said_and_called_about_again(desk, world, address, acting, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now)

    page = desk.get(f"{address}?again={case.reference}").content.decode()

    assert "they call again about sore throat" in page
    assert page.index("<strong>Open:</strong>") < page.index('name="red_flags"')
    assert '<input class="nhsuk-radios__input" id="id_need" name="need" type="radio"' in page
    assert f'href="/triage/desk/{case.reference}/"' in page


@pytest.mark.parametrize(
    ("changes", "sentence", "field"),
    [
        ({"none_said": None}, "Tick what was said, or “none of these said”", "red_flags"),
        (
            {"red_flags": ["stroke"]},
            "A red flag is ticked and so is “none of these said”: untick the one that is not true",
            "red_flags",
        ),
        ({"red_flags": ["made_up"]}, "Choose from the list of red flags", "red_flags"),
        ({"need": None}, "Choose what it is about", "need"),
        ({"words": " . "}, "Describe the problem", "words"),
        ({"words": ""}, "Describe the problem", "words"),
        (
            {"words": "x" * 10_001},
            "The problem must be 500 characters or fewer. You entered 10001",
            "words",
        ),
        ({"words": "pain\0"}, "Null characters are not allowed.", "words"),
        ({"phone": "12"}, "Enter a phone number, like 01632 960 001", "phone"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    desk, world, address, now, changes, sentence, field
):
    answer = desk.post(address, asked(**changes))
    page = answer.content.decode()

    assert answer.status_code == (400 if "\0" in str(changes.get("words")) else 200)
    assert "<title>Error: New request" in page
    assert page.count(sentence) == 2
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}"' in page
    with everywhere(because="the test looks", at=now):
        assert Case.objects.count() == 0


def test_what_was_typed_is_kept_and_shown_as_text(desk, address):
    typed = "<script>alert(1)</script> {{7*7}} '; DROP"

    page = desk.post(address, asked(words=typed, need=None)).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} &#x27;; DROP" in page
    assert "<script>alert" not in page


def test_five_hundred_characters_with_line_breaks_fit(desk, world, address, now):
    desk.post(address, asked(words="a\r\n" * 249 + "ab"))

    assert only_case(world, now).red_flags_asked is True


def test_an_emptied_number_is_the_one_on_record_and_the_page_says_so(desk, world, address, now):
    page = desk.get(address).content.decode()
    desk.post(address, asked(phone=""))

    assert "Left empty, we use the number the practice has on record" in page
    assert only_case(world, now).phone == world.patients["zoe"].phone


def test_a_landline_gets_no_text(desk, world, address, now):
    answer = desk.post(address, asked(phone="01632 960001"))

    page = desk.get(answer["Location"].replace("options/", "")).content.decode()
    with everywhere(because="the test looks", at=now):
        assert Message.objects.get().channel == "voice"
    assert "Not sent as a text: read it aloud" in page


def test_a_patient_of_another_practice_is_not_found(desk, world):
    other = f"/triage/patients/{world.patients['ellen'].public_id}/new/"

    assert desk.get(other).status_code == 404
    assert desk.post(other, asked()).status_code == 404


def test_whom_the_caller_asks_for_is_kept_and_comes_first_on_the_list(desk, world, address, now):
    wanted = world.clinicians["supervisor"]
    sent = desk.post(address, asked(continuity=str(wanted.pk)))

    page = desk.get(sent["Location"]).content.decode()

    assert only_case(world, now).asked_for_id == wanted.pk
    first = page[page.index('<li class="app-place app-place--best">') :]
    assert first.index("Supervisor, whom the patient asked for") < first.index("</li>")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("²", "Choose somebody from the list"),
        ("999999", "Choose a clinician of the patient’s practice or of its hub"),
    ],
)
def test_nobody_else_can_be_asked_for(desk, world, address, typed, says):
    page = desk.post(address, asked(continuity=typed)).content.decode()

    assert says in page
    assert WORDS in page


def test_two_together_are_said_above_the_list(desk, world, address):
    sent = desk.post(address, asked(access_needs="interpreter"))

    page = desk.get(sent["Location"]).content.decode()

    assert "Each time is two appointments together, as long as both: interpreter." in page


def test_the_chips_say_which_of_a_medicine_is_paperwork(desk, address):
    page = desk.get(address).content.decode()

    assert "Paperwork: fit note, repeat, results, letter" in page
    assert "Medicines, not a repeat" in page
