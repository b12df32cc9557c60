"""Who calls for whom, what is safe, who is not on the list, and two children in one call."""

import pytest
from django.test import Client

from practices import clock
from practices.doors import everywhere, perform
from practices.models import Message, Patient
from triage import actions
from triage.models import Case, Note

ONCE = iter(range(1000))


@pytest.fixture
def desk(world, now, monkeypatch):
    """A signed-in receptionist of Oak Surgery."""
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(world.users["receptionist"])
    return client


def asks(desk, patient, **changes):
    """The request as it is sent; the case's page."""
    said = {
        "once": f"k{next(ONCE)}",
        "none_said": "on",
        "need": "sore_throat",
        "words": "Sore throat for four days",
        "channel": "phone",
        "phone": "07700 900123",
        "safe_to_text": "on",
    } | changes
    answer = desk.post(f"/triage/patients/{patient.public_id}/new/", said)
    return answer.content.decode() if answer.status_code == 200 else answer["Location"]


def newest(now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.order_by("-id").first()


def page_of(desk, case):
    return desk.get(f"/triage/desk/{case.reference}/").content.decode()


ASK_RIGHT = "Choose by what right they speak, or “None shown”"
MOTHER = {"for_whom": "other", "caller_name": "Mary Hartley", "caller_relation": "parent"}
ADULTS_MOTHER = MOTHER | {"caller_authority": "consent"}
NEIGHBOUR = {"for_whom": "other", "caller_name": "Jo", "caller_relation": "friend"}
NEIGHBOUR |= {"caller_authority": "none"}


def test_a_mother_s_name_right_and_day_stand_with_the_case(desk, world, now):
    asks(desk, world.patients["child"], asks_who="yes", **MOTHER)

    case = newest(now)
    assert (case.caller_name, case.caller_relation, case.caller_authority) == (
        "Mary Hartley",
        "parent",
        "parental",
    )
    assert case.caller_authority_on == now.date()
    assert "Mary Hartley (parent). Parental responsibility, 30 November 2026" in page_of(desk, case)
    with everywhere(because="the test looks", at=now):
        kept = Note.objects.get(kind="caller").text
    assert kept == "Mary Hartley (parent): parental responsibility, 30 November 2026"


def test_a_neighbour_without_a_right_is_listened_to_and_told_nothing(desk, world, now):
    asks(desk, world.patients["zoe"], phone="07700 900555", temporary_phone="on", **NEIGHBOUR)

    case = newest(now)
    assert case.caller_authority == "none"
    assert (case.phone, case.safe_to_text) == (world.patients["zoe"].phone, False)
    assert case.temporary_phone is False
    with everywhere(because="the test looks", at=now):
        assert not Message.objects.filter(channel="text").exists()
    clinic = Client()
    clinic.force_login(world.users["duty"])
    page = clinic.get(f"/triage/cases/{case.reference}/").content.decode()
    assert "own number: 07700 900555" in page


@pytest.mark.parametrize(("authority", "takes"), [("none", False), ("consent", True)])
def test_calling_again_only_with_a_right_changes_the_number(desk, world, now, authority, takes):
    asks(desk, world.patients["zoe"])
    before = newest(now).phone
    said = NEIGHBOUR | {"phone": "07700 900555", "caller_authority": authority, "words": "Worse"}
    asks(desk, world.patients["zoe"], **said)

    case = newest(now)
    assert case.phone == ("+447700900555" if takes else before)
    assert case.safe_to_text is takes


def test_a_young_person_alone_is_confidential_on_every_page(desk, world, now):
    child = world.patients["child"]
    asks(desk, child, asks_who="yes", for_whom="self", voicemail_allowed="on")

    case = newest(now)
    assert (case.is_confidential, case.safe_to_text, case.voicemail_allowed) == (
        True,
        False,
        False,
    )
    assert "Confidential: the young person asks alone" in page_of(desk, case)
    with everywhere(because="the test looks", at=now):
        assert Message.objects.get().channel == "voice"


def test_in_confidence_only_a_number_given_now_is_rung(desk, world, now):
    """The record's number may be a parent's."""
    asks(desk, world.patients["child"], asks_who="yes", for_whom="self", phone="")

    with everywhere(because="the test looks", at=now):
        message = Message.objects.get()
    assert (newest(now).phone, message.send_to) == ("", "")


@pytest.mark.parametrize(("given", "kept"), [("", ""), ("07700 900555", "+447700900555")])
def test_what_becomes_confidential_forgets_the_number_from_before(desk, world, now, given, kept):
    """The mother called first, on the record's number; then the young person calls alone."""
    child = world.patients["child"]
    asks(desk, child, asks_who="yes", phone="", **MOTHER)
    before = newest(now).phone
    asks(desk, child, asks_who="yes", for_whom="self", phone=given, words="Worse")

    case = newest(now)
    assert (before, case.is_confidential) == (child.phone, True)
    assert before != ""
    assert case.phone == kept


def test_a_young_persons_page_fills_in_no_number_of_the_record(desk, world):
    pages = [
        desk.get(f"/triage/patients/{world.patients[who].public_id}/new/").content.decode()
        for who in ("child", "zoe")
    ]

    filled = ['value="07700 900123"' in page for page in pages]
    assert filled == [False, True]
    assert "but never if they ask alone" in pages[0]


@pytest.mark.parametrize(
    ("who", "said", "kept"),
    [
        ("zoe", {}, "zoe@example.com"),
        ("zoe", NEIGHBOUR, ""),
        ("child", {"asks_who": "yes", **MOTHER}, "zoe@example.com"),
        ("child", {"asks_who": "yes", "for_whom": "self"}, ""),
    ],
)
def test_an_email_address_is_kept_if_it_may_be(desk, world, now, who, said, kept):
    asks(desk, world.patients[who], email="zoe@example.com", **said)

    with everywhere(because="the test looks", at=now):
        assert Patient.objects.get(pk=world.patients[who].pk).email == kept


def test_an_email_address_that_is_none_is_named_and_kept_on_the_page(desk, world):
    page = asks(desk, world.patients["zoe"], email="zoe at home")

    assert page.count("Enter an email address in the correct format") == 2
    assert 'value="zoe at home"' in page


def test_for_a_child_it_is_asked_who_is_on_the_line_and_for_a_grown_up_not(desk, world, now):
    page = desk.get(f"/triage/patients/{world.patients['child'].public_id}/new/").content.decode()
    refused = asks(desk, world.patients["child"], asks_who="yes")
    flagged = asks(desk, world.patients["child"], asks_who="yes", none_said="", red_flags="stroke")

    assert 'name="asks_who" value="yes"' in page
    assert refused.count("Choose who is on the line") == 2
    assert flagged.startswith("/triage/desk/")
    assert asks(desk, world.patients["tam"]).startswith("/triage/desk/")


def test_what_is_not_safe_is_said_where_the_number_stands(desk, world, now):
    asks(desk, world.patients["zoe"], no_calls="on", temporary_phone="on")

    page = page_of(desk, newest(now))
    assert "Not safe to call. " in page
    assert "07700 900123, for now only. Not safe to call. Leave no voicemail" in page


def test_calling_again_never_makes_an_unsafe_number_safe(desk, world, now, monkeypatch):
    asks(desk, world.patients["zoe"], no_calls="on", identity="checked")
    asks(desk, world.patients["zoe"], words="Worse", voicemail_allowed="on", identity="unknown")

    case = newest(now)
    assert (case.safe_to_call, case.voicemail_allowed, case.identity) == (False, False, "checked")


@pytest.mark.parametrize(("identity", "may_book"), [("stated", True), ("unknown", False)])
def test_who_is_not_known_is_not_booked_by_protocol(desk, world, now, identity, may_book):
    asks(desk, world.patients["zoe"], identity=identity)

    case = newest(now)
    assert case.bookable_now is may_book
    assert may_book or case.bookable_because == "Check who the patient is first"


def test_somebody_not_on_the_list_has_a_case_within_two_pages(desk, world, now):
    said = {"given_name": "Ana", "family_name": "Visitor", "age": "40", "standing": "temporary"}

    answer = desk.post("/triage/reception/not-listed/", said | {"once": "n1"})
    page = desk.get(answer["Location"]).content.decode()
    with everywhere(because="the test looks", at=now):
        patient = Patient.objects.get(family_name="Visitor")
    asks(desk, patient, identity="stated", need="sore_throat")

    assert "Temporary resident. Date of birth not known" in page
    assert (patient.born_estimated, patient.born_on.year, patient.practice_id) == (
        True,
        1986,
        world.oak.pk,
    )
    assert newest(now).bookable_now is False


def test_an_emergency_of_a_stranger_waits_for_no_paper(desk, world, now):
    said = {"given_name": "Unknown", "family_name": "Unknown", "age": "0", "standing": "newborn"}
    answer = desk.post("/triage/reception/not-listed/", said | {"once": "n2"})
    with everywhere(because="the test looks", at=now):
        baby = Patient.objects.get(family_name="Unknown")

    asks(desk, baby, identity="unknown", need="fever_child", asks_who="yes", **MOTHER)

    assert answer.status_code == 302
    assert newest(now).urgency == 0


def test_who_is_on_the_list_already_is_named_before_a_second_row(desk, world, now):
    said = {"given_name": "Zoe", "family_name": "ONeil", "standing": "unregistered"}
    said |= {"born_on_day": "14", "born_on_month": "3", "born_on_year": "1985"}

    page = desk.post("/triage/reception/not-listed/", said | {"once": "n3"}).content.decode()
    done = desk.post("/triage/reception/not-listed/", said | {"is_another": "on", "once": "n4"})

    assert "is on our list. Search again, or tick that this is another person." in page
    assert done.status_code == 302


def test_nothing_known_of_the_age_is_asked_for(desk, world):
    said = {"given_name": "Ana", "family_name": "Visitor", "standing": "temporary"}

    page = desk.post("/triage/reception/not-listed/", said).content.decode()

    assert page.count("Enter the date of birth, or their age as it sounds") == 2


def test_two_children_in_one_call_are_linked_and_seen_side_by_side(desk, world, acting, now):
    asks(desk, world.patients["zoe"], **ADULTS_MOTHER)
    first = newest(now)
    slots = world.slots("gp_oak")
    wish = {"reference": first.reference, "slot_id": slots[2].pk}
    perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)
    address = f"/triage/patients/{world.patients['tam'].public_id}/new/"

    offered = page_of(desk, first)
    found = desk.post(f"/triage/reception/?with={first.reference}", {"sought": "nguyen 24/12/1950"})
    asked = desk.get(found["Location"]).content.decode()
    asks(desk, world.patients["tam"], linked_to=first.reference, **ADULTS_MOTHER)
    second = newest(now)
    page = desk.get(f"/triage/desk/{second.reference}/options/").content.decode()

    assert f"/triage/reception/?with={first.reference}" in offered
    assert found["Location"] == f"{address}?with={first.reference}"
    assert 'value="Mary Hartley"' in asked
    assert second.linked_to_id == first.pk
    first_line = page[page.index("app-place--best") :][:4000].split("</li>")[0]
    assert "Beside Zoë’s appointment, 10:30am today" in first_line
    assert first_line.count('name="slot"') == 2
    assert f'value="{slots[1].pk}"' in first_line
    assert f'value="{slots[3].pk}"' in first_line


def test_a_stranger_s_case_is_not_linked(desk, world, acting, now):
    page = asks(desk, world.patients["tam"], linked_to="HR-2222-2222-22")

    assert "The other request of this call is not ours any more." in page


def test_who_says_no_to_the_hub_is_not_offered_it_until_they_say_yes(desk, world, now):
    zoe = world.patients["zoe"]

    asks(desk, zoe, not_the_hub="on")
    kept = desk.get(f"/triage/patients/{zoe.public_id}/new/?other=1").content.decode()
    page = desk.get(f"/triage/desk/{newest(now).reference}/options/").content.decode()
    asks(desk, zoe, need="ear_pain")
    after = desk.get(f"/triage/desk/{newest(now).reference}/options/").content.decode()

    assert 'name="not_the_hub" type="checkbox" value="on" checked' in kept
    assert "The patient wants to stay with their own practice" in page
    assert "Riverside hub, face to face" not in page
    assert "Riverside hub, face to face" in after
