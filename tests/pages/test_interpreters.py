"""An interpreter is booked with an appointment, by the desk of the house, for that very time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from appointments.models import Booking
from appointments.rules.matching import frozen_because
from practices.doors import everywhere, perform
from practices.models import AuditEntry
from practices.rules.access import AccessNeed
from practices.rules.refusals import Forbidden
from tests.cases import submitted
from tests.full_day import planned_ahead
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.actions.interpreters import book_interpreter
from triage.models import Case
from triage.queries.movables import movable
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
LINE = "Big Word 4471"


@pytest.fixture
def booked(world, acting, now):
    """`booked(need)` is a case whose patient needs it, with an appointment at the practice."""

    def made(*needs):
        said = {"red_flags_asked": True, "access_needs": needs}
        case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, **said)
        slot = world.slots("gp_oak")[3]
        wish = {"reference": case.reference, "slot_id": slot.pk}
        return case, perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)

    return made


def pages(at_desk, case):
    """The desk's list, the request at the desk, and the clinician's page."""
    desk = at_desk("receptionist")
    return [
        text_of(desk.get("/triage/arrivals/")),
        text_of(desk.get(f"/triage/desk/{case.reference}/")),
        text_of(at_desk("duty").get(f"/triage/cases/{case.reference}/")),
    ]


def keeps(at_desk, booking, words, who="receptionist"):
    """The page is opened, and sent with these words."""
    desk, address = at_desk(who), f"/triage/bookings/{booking.public_id}/interpreter/"
    opened = desk.get(address)
    if opened.status_code != 200:
        return opened
    return sends(desk, address, opened, words)


def sends(desk, address, opened, words):
    version = opened.context["form"]["version"].value()
    return desk.post(address, {"words": words, "version": version})


@pytest.mark.parametrize(
    ("need", "label"),
    [(AccessNeed.INTERPRETER, "Interpreter"), (AccessNeed.BSL, "British Sign Language")],
)
def test_until_one_is_booked_every_page_says_whose_desk_does_it(at_desk, booked, need, label):
    case, booking = booked(need)
    owed = f"{label} not booked yet: the desk of Oak Surgery books it"

    before = [owed in page for page in pages(at_desk, case)]
    keeps(at_desk, booking, LINE)

    after = pages(at_desk, case)
    assert before == [True] * 3
    assert [f"{label} booked: {LINE}" in page for page in after] == [True] * 3
    assert not any(owed in page for page in after)
    assert "Interpreter: booked</strong>" in after[2]


def test_who_needs_none_is_asked_for_none(at_desk, booked):
    case, _ = booked(AccessNeed.LARGE_PRINT)

    assert not any("not booked yet" in page for page in pages(at_desk, case))


def test_emptied_it_is_booked_no_more(at_desk, booked):
    case, booking = booked(AccessNeed.INTERPRETER)
    keeps(at_desk, booking, LINE)

    keeps(at_desk, booking, "")

    seen = pages(at_desk, case)
    assert ["not booked yet" in page for page in seen] == [True] * 3
    assert "Interpreter: not booked any more" in seen[2]


def test_at_another_time_nobody_is_booked_yet_until_the_move_is_undone(
    world, acting, at_desk, booked, now
):
    case, booking = booked(AccessNeed.INTERPRETER)
    keeps(at_desk, booking, LINE)

    wish = {"public_id": str(booking.public_id), "because": "patient_asked"}
    slot = world.slots("gp_oak")[0]
    desk = acting(world, "receptionist")
    perform(actions.move_booking, by=desk, at=now, to_slot_id=slot.pk, **wish)

    assert ["not booked yet" in page for page in pages(at_desk, case)] == [True] * 3
    with everywhere(because="the test looks", at=now):
        version = Case.objects.get(pk=case.pk).version
    perform(actions.undo_step, by=desk, at=now, reference=case.reference, version=version)
    assert [f"booked: {LINE}" in page for page in pages(at_desk, case)] == [True] * 3


@pytest.mark.parametrize("words", [LINE, ""])
def test_nobody_is_moved_away_from_who_interprets(at_desk, booked, now, words):
    _, booking = booked()
    keeps(at_desk, booking, words)

    with everywhere(because="the test looks", at=now):
        facts = movable(booking.pk).facts
    why = frozen_because(facts, booking.starts_at - timedelta(hours=2))
    assert (why == "Arranged with it: interpreter") is bool(words)


def test_what_was_planned_ahead_of_any_request_is_recorded_too(world, at_desk, now):
    planned_ahead(world, "tam", world.slots("gp_oak")[-1], Need.WOUND_INJURY)
    with everywhere(because="the test looks", at=now):
        booking = Booking.objects.get()

    keeps(at_desk, booking, LINE)

    assert f"Interpreter booked: {LINE}" in text_of(
        at_desk("receptionist").get("/triage/arrivals/")
    )
    with everywhere(because="the test looks", at=now):
        assert AuditEntry.objects.filter(verb="booking.interpreter").count() == 1


def test_another_practice_s_desk_finds_no_such_appointment(at_desk, booked):
    _, booking = booked(AccessNeed.INTERPRETER)

    assert keeps(at_desk, booking, LINE, who="receptionist_elm").status_code == 404


def test_what_another_desk_booked_since_is_not_written_over_unseen(at_desk, booked, now):
    """The page opened before is refused with both; sent again from there, it is meant."""
    _, booking = booked(AccessNeed.INTERPRETER)
    desk, address = at_desk("receptionist"), f"/triage/bookings/{booking.public_id}/interpreter/"
    before = desk.get(address)
    keeps(at_desk, booking, LINE, who="duty")

    refused = sends(desk, address, before, "")

    assert f"Kept now: {LINE}. You entered: nobody." in text_of(refused)
    assert _kept(now) == LINE
    sends(desk, address, refused, "")
    assert _kept(now) == ""


def test_a_page_that_does_not_say_what_it_read_writes_over_nothing(at_desk, booked, now):
    _, booking = booked(AccessNeed.INTERPRETER)
    keeps(at_desk, booking, LINE)

    address = f"/triage/bookings/{booking.public_id}/interpreter/"
    at_desk("receptionist").post(address, {"words": ""})

    assert _kept(now) == LINE


def test_only_the_desk_of_the_house_or_the_patient_s_own_books_one(world, acting, booked, now):
    """Whoever else sees the appointment, by a wider reach, reads whose desk it is."""
    _, booking = booked(AccessNeed.INTERPRETER)
    own = acting(world, "receptionist")
    other = replace(own, reach=replace(own.reach, organisation_id=world.elm.pk))
    wish = {"public_id": str(booking.public_id), "words": LINE, "version": booking.version}

    with pytest.raises(Forbidden, match="The desk of Oak Surgery books the interpreter"):
        perform(book_interpreter, by=other, at=now, **wish)

    assert perform(book_interpreter, by=own, at=now, **wish).interpreter == LINE


def _kept(now):
    with everywhere(because="the test looks", at=now):
        return Booking.objects.get().interpreter
