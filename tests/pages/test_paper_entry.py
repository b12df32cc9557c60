"""What was on paper is typed in: original times, once, and beside what is there by now."""

from datetime import timedelta

import pytest
from django.test import Client

from appointments.models import Booking, ContactEvent
from practices import clock
from practices.doors import everywhere, perform
from practices.models import AuditEntry, Message
from tests.cases import submitted
from triage import actions
from triage.models import Case, CaseOutcome, CaseStep, Note, PaperLine
from triage.rules.codes import Need, Urgency
from triage.rules.states import Step

NINE_TWELVE = {"number": "K7M-3QX", "happened_on": "2026-11-30", "time": "9:12am"}
SAID = {"none_said": "on", "need": "sore_throat", "words": "sore for four days", "channel": "phone"}


@pytest.fixture(autouse=True)
def reading(monkeypatch, now):
    """The network came back at 11:40am."""
    told = [now + timedelta(hours=2, minutes=10)]
    monkeypatch.setattr(clock, "now", lambda: told[0])
    return told


def signed_in(world, name):
    client = Client()
    client.force_login(world.users[name])
    return client


@pytest.fixture
def desk(world):
    return signed_in(world, "receptionist")


def enter_request(desk, world, who="zoe", **said):
    address = f"/triage/paper/enter/patients/{world.patients[who].public_id}/"
    return desk.post(address, NINE_TWELVE | SAID | said)


def everything(model, **which):
    with everywhere(because="the test looks", at=clock.now()):
        return list(model.objects.filter(**which).order_by("pk"))


def only(model, **which):
    (found,) = everything(model, **which)
    return found


def signed(world, acting, reading, case):
    sign = {"reference": case.reference, "urgency": Urgency.P4, "reason": "seen"}
    perform(actions.change_class, by=acting(world, "clinician"), at=reading[0], **sign)


def place(world, number=0, session="gp_oak"):
    return world.slots(session)[number]


def book_on_paper(desk, case, world, *, at="10am", number="B2B-2B2/1", **more):
    wish = {
        "number": number,
        "happened_on": "2026-11-30",
        "time": "9:40am",
        "slot_on": "2026-11-30",
        "slot_time": at,
        "clinician": world.clinicians["gp_oak"].pk,
    }
    return desk.post(f"/triage/paper/enter/{case.reference}/booking/", wish | more)


def test_the_clock_of_a_request_starts_when_it_was_asked(desk, world, reading, now):
    answer = enter_request(desk, world, need="skin_rash")

    case, step = only(Case), only(CaseStep)
    asked = now - timedelta(minutes=18)
    assert (case.submitted_at, step.at, step.entered_at) == (asked, asked, reading[0])
    assert answer["Location"] == f"/triage/paper/enter/{case.reference}/?entered=1"
    audit = only(AuditEntry, verb="case.submit")
    assert audit.at == reading[0]
    line = only(PaperLine)
    assert (line.number, line.settled, line.case_id) == ("K7M3QX", "entered", case.pk)


def test_the_due_time_counts_from_then_and_a_late_case_says_so(desk, world, now):
    address = enter_request(desk, world, words="chest pain when walking")["Location"]

    case = only(Case)
    assert case.due_at < clock.now()
    assert "overdue by" in desk.get(address).content.decode()
    history = desk.get(f"/triage/desk/{case.reference}/").content.decode()
    assert "9:12am: Submitted, Receptionist (from paper, entered Monday 30 November, 11:40am)" in (
        history
    )
    assert everything(Message) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"time": "11:42am"}, "The time must be in the past. 11:42am on Monday 30 November has"),
        ({"happened_on": "2026-11-28", "time": "11:39am"}, "must be within the last 48 hours"),
        ({"time": "soon"}, "Enter the time as it is on the paper, like 9:12am"),
        ({"number": "?"}, "Enter the number printed on the form"),
    ],
)
def test_a_time_or_number_that_cannot_be_is_refused_and_the_words_are_kept(
    desk, world, said, sentence
):
    page = enter_request(desk, world, **said).content.decode()

    assert sentence in page
    assert "sore for four days" in page
    assert everything(Case) == []


def test_a_line_is_entered_once(desk, world):
    enter_request(desk, world)

    page = enter_request(desk, world, "tam", number="k7m 3qx").content.decode()

    reference = only(Case).reference
    assert (
        f"entered at 11:40am on Monday 30 November by Receptionist: request, case {reference}"
        in (page)
    )
    assert "Write a letter after it" in page


def test_a_copy_of_a_sheet_has_a_letter_and_is_another_line(desk, world):
    enter_request(desk, world)

    enter_request(desk, world, "tam", number="K7M-3QXB")

    assert len(everything(Case)) == 2


def test_another_house_may_have_the_same_number(desk, world):
    enter_request(desk, world)

    enter_request(signed_in(world, "receptionist_elm"), world, "ellen")

    assert len(everything(PaperLine, number="K7M3QX")) == 2


def test_a_patient_who_rang_meanwhile_is_shown_beside_the_sheet(desk, world, acting, reading):
    there = submitted(world, acting, "zoe", Need.SORE_THROAT, at=reading[0], words="hurts")

    page = enter_request(desk, world).content.decode()

    assert "This patient has an open case already" in page
    assert "“sore for four days”" in page
    assert "“hurts”" in page
    assert 'value="new"' not in page
    assert len(everything(Case)) == 1

    enter_request(desk, world, settle=f"add:{there.reference}")

    case, step = only(Case), everything(CaseStep)[-1]
    assert (step.step, step.entered_at) == (Step.REPEAT_CONTACT, reading[0])
    assert case.due_at <= there.due_at
    assert only(PaperLine).settled == "added"
    assert [one.text for one in everything(Note)] == ["hurts", "sore for four days"]


def test_the_same_request_may_be_kept_as_it_is_and_no_word_is_lost(desk, world, acting, reading):
    there = submitted(world, acting, "zoe", Need.SORE_THROAT, at=reading[0], words="hurts")
    steps = len(everything(CaseStep))

    enter_request(desk, world, settle=f"kept:{there.reference}")

    assert len(everything(CaseStep)) == steps
    assert only(PaperLine).settled == "kept"
    assert [one.text for one in everything(Note)] == ["hurts", "sore for four days"]


def test_another_problem_is_a_case_of_its_own(desk, world, acting, reading):
    submitted(world, acting, "zoe", Need.SKIN_RASH, at=reading[0])

    page = enter_request(desk, world).content.decode()
    enter_request(desk, world, settle="new")

    assert 'value="new"' in page
    assert len(everything(Case)) == 2


def test_somebody_else_s_case_cannot_be_chosen(desk, world, acting, reading):
    submitted(world, acting, "zoe", Need.SORE_THROAT, at=reading[0])
    other = submitted(world, acting, "tam", Need.SORE_THROAT, at=reading[0])

    enter_request(desk, world, settle=f"kept:{other.reference}")

    assert everything(PaperLine) == []


def test_an_appointment_that_was_made_on_paper_is_booked_though_it_has_begun(
    desk, world, acting, reading, now
):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)

    book_on_paper(desk, case, world)

    booking, step = only(Booking, state="booked"), everything(CaseStep)[-1]
    made = now + timedelta(minutes=10)
    assert (booking.slot_id, booking.booked_at) == (place(world).pk, made)
    assert (step.step, step.at, step.entered_at) == ("book", made, reading[0])
    assert everything(Message, kind="confirmed") == []


def test_control_a_place_that_had_begun_when_the_sheet_was_written_is_refused(
    desk, world, acting, reading
):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)

    page = book_on_paper(desk, case, world, time="10:01am").content.decode()

    assert "already started" in page
    assert everything(Booking) == []


def test_a_place_that_was_sold_meanwhile_is_shown_and_another_is_chosen(
    desk, world, acting, reading
):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)
    sold = submitted(world, acting, "tam", Need.SORE_THROAT, at=reading[0])
    signed(world, acting, reading, sold)
    late = place(world, -1)
    wish = {"reference": sold.reference, "slot_id": late.pk}
    perform(actions.book, by=acting(world, "receptionist"), at=reading[0], **wish)

    page = book_on_paper(desk, case, world, at="12:45pm").content.decode()

    assert "On paper: 12:45pm today with Gp Oak" in page
    assert "The place is taken: Nguyễn, Tâm, born 24 December 1950" in page
    other = place(world, -2)
    assert f'value="slot:{other.pk}"' in page
    assert everything(PaperLine, kind="booking") == []

    book_on_paper(desk, case, world, at="12:45pm", settle=f"slot:{other.pk}")

    booked = {one.case_ref: one.slot_id for one in everything(Booking, state="booked")}
    assert booked == {sold.reference: late.pk, case.reference: other.pk}
    assert only(PaperLine, kind="booking").settled == "elsewhere"
    assert "On paper: 12:45pm today with Gp Oak" in [one.text for one in everything(Note)]


def test_an_appointment_made_meanwhile_is_kept_or_moved_as_chosen(desk, world, acting, reading):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)
    wish = {"reference": case.reference, "slot_id": place(world, -1).pk}
    perform(actions.book, by=acting(world, "receptionist"), at=reading[0], **wish)

    page = book_on_paper(desk, case, world, at="12:30pm").content.decode()

    assert "The patient has an appointment: 12:45pm today with Gp Oak, Oak Surgery" in page
    assert only(Booking, state="booked").slot_id == place(world, -1).pk

    book_on_paper(desk, case, world, at="12:30pm", settle="move")

    assert only(Booking, state="booked").slot_id == place(world, -2).pk


@pytest.mark.parametrize("settle", ["slot:x", "slot:", "slot:²", "add:", "move", "\x00"])
def test_a_choice_that_is_none_books_nothing(desk, world, acting, reading, settle):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)

    answer = book_on_paper(desk, case, world, at="12:31pm", settle=settle)

    assert answer.status_code == 200
    assert everything(Booking) == []


def test_a_clinician_who_changed_is_a_choice_not_a_guess(desk, world, acting, reading):
    enter_request(desk, world)
    case = only(Case)
    signed(world, acting, reading, case)
    elm = world.clinicians["clinician"].pk

    page = book_on_paper(desk, case, world, at="12:31pm", clinician=elm).content.decode()

    assert "Headroom has no such appointment" in page
    assert 'value="kept"' in page
    assert everything(Booking) == []


def test_an_outcome_stands_when_the_patient_was_seen(desk, world, acting, reading, now):
    enter_request(desk, world)
    case = only(Case)
    clinician = signed_in(world, "supervisor")
    seen = {"number": "CCC-222", "happened_on": "2026-11-30", "time": "10:20am"}
    wish = {"outcome": "advice", "note": "viral", "safety_net": "ring if worse"}

    clinician.post(f"/triage/paper/enter/{case.reference}/outcome/", seen | wish)

    then = now + timedelta(minutes=50)
    closed, outcome = only(Case), only(CaseOutcome)
    assert (closed.state, closed.closed_at, outcome.at) == ("closed", then, then)

    again = clinician.post(
        f"/triage/paper/enter/{case.reference}/outcome/", seen | wish | {"number": "CCC-223"}
    ).content.decode()

    assert "This case was closed meanwhile" in again
    assert len(everything(CaseOutcome)) == 1


def test_nothing_is_done_about_a_request_before_it_came(desk, world, acting):
    enter_request(desk, world)
    case = only(Case)
    early = {"number": "CCC-222", "happened_on": "2026-11-30", "time": "9:11am"}
    wish = {"outcome": "advice", "safety_net": "ring if worse"}

    page = signed_in(world, "supervisor").post(
        f"/triage/paper/enter/{case.reference}/outcome/", early | wish
    )

    assert "The request came in at 9:12am on Monday 30 November" in page.content.decode()
    assert only(Case).state == "waiting"


def test_contacts_and_attempts_count_when_they_were(desk, world, acting, now):
    enter_request(desk, world)
    case = only(Case)
    clinician = signed_in(world, "clinician")
    when = {"happened_on": "2026-11-30", "time": "10:05am"}

    clinician.post(
        f"/triage/paper/enter/{case.reference}/attempt/",
        when | {"number": "DDD-222/1", "channel": "phone", "answered": "no"},
    )
    clinician.post(
        "/triage/paper/enter/contact/", when | {"number": "DDD-222/2", "kind": "brief_advice"}
    )

    then = now + timedelta(minutes=35)
    assert everything(CaseStep)[-1].at == then
    assert only(ContactEvent).at == then
    assert [one.number for one in everything(PaperLine)] == ["K7M3QX", "DDD222/1", "DDD222/2"]


def test_a_case_next_door_cannot_be_entered_for(desk, world, acting, reading):
    case = submitted(world, acting, "ellen", Need.SORE_THROAT, at=reading[0])

    answers = [
        desk.get(f"/triage/paper/enter/{case.reference}/").status_code,
        book_on_paper(desk, case, world).status_code,
        enter_request(desk, world, "ellen").status_code,
    ]

    assert answers == [404, 404, 404]
