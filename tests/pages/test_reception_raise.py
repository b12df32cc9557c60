"""The desk hears that somebody is worse: it raises, with what was heard, and never lowers."""

import pytest

from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.pages.test_reception_places import desk, reading
from triage import actions
from triage.models import Case, Note
from triage.rules.codes import Need, Urgency

__all__ = ["desk", "reading"]


@pytest.fixture
def rash(world, acting, now):
    return submitted(world, acting, "tam", Need.SKIN_RASH, at=now)


def at(case):
    return f"/triage/desk/{case.reference}/raise/"


def as_kept(case, now):
    with everywhere(because="the test looks", at=now):
        row = Case.objects.get(reference=case.reference)
        reasons = Note.objects.filter(case=row, kind=Note.Kind.REASON)
        return row.urgency, row.due_at, [note.text for note in reasons]


def test_a_request_is_raised_from_its_page(desk, rash, now):
    shown = desk.get(f"/triage/desk/{rash.reference}/").content.decode()

    answer = desk.post(at(rash), {"urgency": "P1", "reason": "Grey, cannot talk", "once": "r1"})

    urgency, due_at, reasons = as_kept(rash, now)
    assert at(rash) in shown
    assert answer["Location"].endswith("?just=raised")
    assert (urgency, reasons) == (1, ["Grey, cannot talk"])
    assert due_at < rash.due_at
    assert "a clinician reads it sooner" in desk.get(answer["Location"]).content.decode()


def test_whoever_is_booked_is_raised_and_a_clinician_looks_again(desk, world, acting, rash, now):
    sign = {"reference": rash.reference, "urgency": Urgency.P4, "reason": "seen"}
    perform(actions.change_class, by=acting(world, "clinician"), at=now, **sign)
    wish = {"reference": rash.reference, "slot_id": world.slots("gp_oak")[0].pk}
    perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)
    page = f"/triage/desk/{rash.reference}/"
    booked = desk.get(page).content.decode()

    desk.post(at(rash), {"urgency": "P2", "reason": "Spreading fast", "once": "r9"})

    assert "It sounds more urgent" in booked
    assert "Booked: Monday 30 November, 10am" in booked
    raised = desk.get(page).content.decode()
    assert "A clinician looks again: Monday 30 November, 10am" in raised
    assert "Booked: Monday" not in raised


def test_what_was_typed_is_kept_beside_what_is_missing(desk, rash, now):
    page = desk.post(at(rash), {"urgency": "P2", "reason": " . ", "once": "r2"}).content.decode()

    assert page.count("Enter why the priority changed") == 2
    assert 'value="P2" checked' in page
    assert as_kept(rash, now)[0] == rash.urgency


@pytest.mark.parametrize("urgency", ["P6", "P0", "", "<b>"])
def test_the_desk_lowers_nothing_and_calls_no_emergency_here(desk, rash, now, urgency):
    page = desk.post(at(rash), {"urgency": urgency, "reason": "Better"}).content.decode()

    assert page.count("Choose how soon a clinician should read it") == 2
    assert as_kept(rash, now)[0] == rash.urgency


def test_what_is_as_urgent_as_the_desk_can_say_is_not_asked_again(desk, rash):
    desk.post(at(rash), {"urgency": "P1", "reason": "Grey", "once": "r3"})

    shown = desk.get(f"/triage/desk/{rash.reference}/").content.decode()

    assert at(rash) not in shown
    assert desk.get(at(rash))["Location"] == f"/triage/desk/{rash.reference}/"


def test_another_practice_raises_nothing(client, world, rash):
    client.force_login(world.users["receptionist_elm"])

    assert client.post(at(rash), {"urgency": "P1", "reason": "Grey"}).status_code == 404


def test_pressed_twice_it_is_raised_once_and_says_so(desk, rash, now):
    said = {"urgency": "P2", "reason": "Grey", "once": "r4"}

    answers = [desk.post(at(rash), said)["Location"] for _ in range(2)]

    assert answers[0].endswith("?just=raised")
    assert answers[0] == answers[1]
    assert as_kept(rash, now)[2] == ["Grey"]


def test_what_a_colleague_raised_higher_stays(desk, rash, now):
    desk.post(at(rash), {"urgency": "P1", "reason": "Grey", "once": "r5"})

    page = desk.post(at(rash), {"urgency": "P3", "reason": "Pale", "once": "r6"}, follow=True)

    assert "It is as urgent as the desk can make it by now." in page.content.decode()
    assert as_kept(rash, now)[0] == 1
