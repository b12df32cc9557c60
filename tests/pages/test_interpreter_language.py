"""In which language: asked with the interpreter, known the next time, and back where one was."""

import pytest

from practices.doors import everywhere
from practices.models import Patient
from practices.rules.access import AccessNeed
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.pages.test_interpreters import LINE, _kept, booked

__all__ = ["at_desk", "booked", "clock"]
ARRIVALS = "/triage/arrivals/"


@pytest.fixture
def address(booked):
    _, booking = booked(AccessNeed.INTERPRETER)
    return f"/triage/bookings/{booking.public_id}/interpreter/"


@pytest.fixture
def keeps(at_desk, address):
    """`keeps(...)` opens the page and sends it with this."""

    def sent(**said):
        desk = at_desk("receptionist")
        form = desk.get(address).context["form"]
        known = {name: form[name].value() or "" for name in form.fields}
        return desk.post(address, known | {"words": LINE} | said)

    return sent


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"language": "Polish"}, f"Polish: {LINE}"),
        ({"language": "other", "other_language": "Twi"}, f"Twi: {LINE}"),
        ({"language": ""}, LINE),
        ({"language": "Polish", "words": ""}, ""),
    ],
)
def test_the_language_stands_before_who_interprets(keeps, at_desk, address, said, kept, now):
    keeps(**said)

    assert _kept(now) == kept
    form = at_desk("receptionist").get(address).context["form"]
    if kept:
        assert form["words"].value() == LINE
        assert (form["language"].value(), form["other_language"].value()) == (
            said["language"],
            said.get("other_language", ""),
        )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"language": "other"}, "Enter which language"),
        ({"language": "Polish", "words": "x" * 99}, "Write 92 characters or fewer"),
        ({"language": "x"}, "Choose a language, or “Another”"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays(keeps, said, sentence, now):
    page = text_of(keeps(**said))

    assert page.count(sentence) == 2
    assert _kept(now) == ""


def test_what_the_record_says_of_it_is_filled_in(at_desk, address, world, now):
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=world.patients["zoe"].pk).update(
            access_detail="Speaks polish, her son comes along"
        )

    assert at_desk("receptionist").get(address).context["form"]["language"].value() == "Polish"


def test_who_came_from_the_front_desk_is_there_again_and_reads_what_was_kept(at_desk, address):
    desk = at_desk("receptionist")
    assert f'href="{address}?from=front-desk"' in desk.get(ARRIVALS).content.decode()
    there = desk.get(f"{address}?from=front-desk")
    said = {
        "words": LINE,
        "language": "Polish",
        "version": there.context["form"]["version"].value(),
    }

    back = desk.post(f"{address}?from=front-desk", said)

    assert back["Location"] == ARRIVALS
    page = text_of(desk.get(ARRIVALS))
    assert "Kept for Zoë O&#x27;Neil, " in page
    assert f": Polish: {LINE}" in page


def test_from_the_request_it_goes_back_to_the_request(keeps, at_desk):
    back = keeps(language="Polish")["Location"]

    assert back.startswith("/triage/desk/HR-")
    assert f"Polish: {LINE}" in text_of(at_desk("receptionist").get(back))
