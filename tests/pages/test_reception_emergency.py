"""Emergency now: from any page, with a phone number alone."""

import re

import pytest
from django.test import Client

from practices import clock
from practices.doors import everywhere, perform
from tests.cases import submitted
from triage import actions
from triage.models import Emergency
from triage.rules.codes import CallEnd, Need

NOW = "/triage/emergency/"
UNREADABLE = "Enter a UK phone number, like 07700 900 982, or an extension of 3 or 4 digits"


@pytest.fixture
def as_(world, now, monkeypatch):
    """`as_("duty")` is that person's browser."""
    monkeypatch.setattr(clock, "now", lambda: now)

    def browser(name):
        client = Client()
        client.force_login(world.users[name])
        return client

    return browser


def raised(now):
    with everywhere(because="the test looks", at=now):
        return list(Emergency.objects.order_by("id"))


@pytest.mark.parametrize("name", ["receptionist", "duty", "practice_manager", "clinician"])
def test_a_phone_number_is_enough(as_, name, now):
    browser = as_(name)

    answer = browser.post(NOW, {"phone": "07700 900123", "once": "e1"})
    again = browser.post(NOW, {"phone": "07700 900123", "once": "e1"})

    assert [row.phone for row in raised(now)] == ["+447700900123"]
    assert answer["Location"] == again["Location"] == f"{NOW}{raised(now)[0].reference}/"
    page = browser.get(answer["Location"]).content.decode()
    assert "No clinician has it yet" in page
    assert "I have called a clinician. Stay on the line with me." in page


@pytest.mark.parametrize("typed", ["1234", "ext. 1234"])
def test_an_extension_is_shown_as_one(as_, typed, now):
    browser = as_("receptionist")

    answer = browser.post(NOW, {"phone": typed})

    assert [row.phone for row in raised(now)] == ["extension 1234"]
    assert "extension 1234" in browser.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [
        ("", "Enter a phone number to call back"),
        ("none", "Enter a phone number to call back"),
        ("12", UNREADABLE),
        ("12345", UNREADABLE),
        ("07700 9", UNREADABLE),
        ("0" * 21, "The phone number must be 20 characters or fewer"),
    ],
)
def test_without_a_number_the_field_says_what_to_do(as_, phone, sentence, now):
    page = as_("receptionist").post(NOW, {"phone": phone, "where": "Bus stop"}).content.decode()

    assert page.count(sentence) == 2
    assert "<title>Error: Emergency now" in page
    assert 'value="Bus stop"' in page
    assert raised(now) == []


def test_who_has_no_clinicians_on_shift_reads_what_to_do(as_, now):
    browser = as_("manager")

    page = browser.get(NOW).content.decode()
    browser.post(NOW, {"phone": "07700 900123"})

    assert "Call 999 yourself." in page
    assert "A phone number is enough" not in page
    assert raised(now) == []


def test_the_page_says_who_has_it_and_the_desk_shows_what_nobody_has(as_, acting, world, now):
    browser = as_("receptionist")
    address = browser.post(NOW, {"phone": "07700 900123", "once": "e2"})["Location"]
    before = browser.get("/triage/reception/").content.decode()
    reference = raised(now)[0].reference

    perform(
        actions.acknowledge_emergency, by=acting(world, "supervisor"), at=now, reference=reference
    )
    part = browser.get(address, headers={"hx-request": "true"}).content.decode()
    after = browser.get("/triage/reception/").content.decode()

    assert "Emergency raised at 9:30am: no clinician has it yet" in before
    assert "Supervisor has it since 9:30am" in part
    assert "<html" not in part
    assert "Emergency raised" not in after


@pytest.mark.parametrize("is_here", [False, True])
def test_what_is_said_to_the_caller_changes_once_a_clinician_has_it(
    as_, acting, world, now, is_here
):
    browser = as_("receptionist")
    said = {"phone": "07700 900123"} | ({"is_here": "on"} if is_here else {})
    address = browser.post(NOW, said)["Location"]
    look = {"headers": {"hx-request": "true"}}
    before = browser.get(address, **look).content.decode()

    wish = {"by": acting(world, "supervisor"), "at": now, "reference": raised(now)[0].reference}
    perform(actions.acknowledge_emergency, **wish)
    part, page = (browser.get(address, **how).content.decode() for how in (look, {}))
    perform(actions.end_emergency, ended_as=CallEnd.ADVICE, case="", **wish)

    called = "I have called a clinician"
    rings = "Supervisor has this now, and is going to ring you on 07700 900123."
    comes = "Supervisor has this now, and is going to come to you."
    assert (called in before, rings in before, comes in before) == (True, False, False)
    for seen in (part, page):
        assert (called in seen, rings in seen, comes in seen) == (False, not is_here, is_here)
    assert "app-say" not in browser.get(address).content.decode()


def test_the_desk_reads_who_has_an_emergency_request(as_, acting, world, now):
    """Nobody says that every clinician sees first what one of them has."""
    flags = {"red_flags": ("stroke",), "red_flags_asked": True}
    case = submitted(world, acting, "tam", Need.OTHER, at=now, **flags)
    address, browser = f"/triage/desk/{case.reference}/", as_("receptionist")

    before = browser.get(address).content.decode()
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    after = browser.get(address).content.decode()

    first, has_it = "Every clinician on shift sees this case first", "Clinician has it since 9:30am"
    assert (first in before, has_it in before) == (True, False)
    assert (first in after, has_it in after) == (False, True)


def test_a_call_of_another_practice_is_absent(as_, now):
    address = as_("receptionist").post(NOW, {"phone": "07700 900123"})["Location"]

    assert as_("receptionist_elm").get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "house", "typed", "phone"),
    [
        ("receptionist", "Oak Surgery", "", ""),
        ("clinician", "Riverside hub", "", "+447700900001"),
        ("receptionist", "Oak Surgery", "07700 900123", "+447700900123"),
    ],
)
def test_for_who_stands_at_the_desk_no_number_is_needed(as_, now, name, house, typed, phone):
    browser = as_(name)

    answer = browser.post(NOW, {"is_here": "on", "phone": typed, "where": "Waiting room"})

    (call,) = raised(now)
    assert (call.phone, call.where, call.is_here) == (phone, "Waiting room", True)
    page = browser.get(answer["Location"]).content.decode()
    assert f"Where: Front desk of {house}: Waiting room." in page
    assert ("Call back on" in page) is bool(phone)
    seen = as_("duty" if house == "Oak Surgery" else "supervisor").get(answer["Location"])
    assert "then go to them" in seen.content.decode()


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("0770 90", ", number as heard: 0770 90"),
        ("none", ", number as heard: none"),
        ("07700 900123 or then 123", ", number as heard: 07700 900123 or then 123"),
        ("", ""),
    ],
)
def test_however_much_is_typed_a_call_to_the_desk_is_never_lost(as_, now, typed, heard):
    place = "By the " + "w" * 193

    answer = as_("receptionist").post(NOW, {"is_here": "on", "phone": typed, "where": place})

    (call,) = raised(now)
    assert (call.phone, call.where) == ("", f"{place}{heard}")
    page = as_("duty").get(answer["Location"]).content.decode()
    assert f"Front desk of Oak Surgery: {place}{heard}." in page


def test_who_is_elsewhere_is_rung_whatever_the_place_is_called(as_, now):
    place = "Front desk of the Premier Inn, Hull"
    browser = as_("receptionist")

    answer = browser.post(NOW, {"phone": "07700 900123", "where": place})

    page = browser.get(answer["Location"]).content.decode()
    seen = as_("duty").get(answer["Location"]).content.decode()
    assert "Stay on the line with me." in page
    assert "coming to you now" not in page
    assert ("then ring" in seen, "go to them" in seen) == (True, False)
    assert f"Where: {place}." in seen


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"is_here": "on"}, "Go to them"),
        ({"is_here": "on", "phone": "07700 900123"}, "Go to them, or ring 07700 900123"),
        ({"phone": "07700 900123"}, "Ring 07700 900123"),
    ],
)
def test_paper_says_as_the_screens_do_whether_to_go_or_to_ring(as_, now, wish, said):
    as_("receptionist").post(NOW, wish)

    shown = as_("practice_manager").get("/triage/paper/queue/").content.decode()

    at_desk = ", Front desk of Oak Surgery" if "is_here" in wish else ""
    assert f"9:30am: {said[:1].lower()}{said[1:]}{at_desk}. Raised by" in shown


def test_a_call_without_a_number_has_words_to_press_at_the_end_of_the_day(as_, now):
    address = as_("receptionist").post(NOW, {"is_here": "on"})["Location"]

    page = as_("practice_manager").get("/triage/all-clear/").content.decode()

    assert f'<a href="{address}">Go to them</a>, Front desk of Oak Surgery, since' in page


def test_a_call_the_release_before_wrote_without_a_number_is_still_gone_to(as_, now):
    address = as_("receptionist").post(NOW, {"is_here": "on"})["Location"]
    with everywhere(because="as an older release wrote it", at=now):
        Emergency.objects.update(is_here=False, where="Front desk of Oak Surgery")

    seen = as_("duty").get(address).content.decode()

    assert "then go to them." in seen
    assert "Where: Front desk of Oak Surgery." in seen


LINK = re.compile(r'class="app-emergency" href="([^"]+)"')


def test_pressed_on_a_patients_page_it_knows_whom_and_their_number(world, acting, as_, now):
    browser = as_("receptionist")
    zoe = world.patients["zoe"]
    case = submitted(world, acting, "zoe", Need.OTHER, at=now)
    pages = [f"/triage/patients/{zoe.public_id}/new/?other=1", f"/triage/desk/{case.reference}/"]

    for page in pages:
        link = LINK.search(browser.get(page).content.decode())[1]
        opened = browser.get(link).content.decode()

        assert "Zoë" in opened.partition('<section class="app-patient"')[2]
        assert 'value="07700 900123"' in opened
        assert all(word not in link for word in ("07700", "Neil", zoe.nhs_number))


@pytest.mark.parametrize("whom", ["?patient=nobody", "?case=HR-0", "?case=%00&patient=%00"])
def test_whom_nobody_knows_holds_up_no_call(as_, whom):
    opened = as_("receptionist").get(NOW + whom)

    assert opened.status_code == 200
    assert "app-patient" not in opened.content.decode()


def test_another_practices_patient_is_named_to_nobody(world, as_):
    theirs = f"{NOW}?patient={world.patients['ellen'].public_id}"

    assert "app-patient" not in as_("receptionist").get(theirs).content.decode()
    assert "app-patient" in as_("receptionist_elm").get(theirs).content.decode()
