"""The hub's front desk: a child who was not brought, and somebody of a practice next door."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from appointments.models import Booking
from hubs.models import WalkUp
from practices import clock
from practices.clock import on
from practices.doors import everywhere, perform
from practices.models import Membership, User
from practices.rules.roles import Role
from tests.cases import submitted
from tests.invariants import broken
from tests.journeys.conftest import PHONE
from tests.journeys.steps import Steps
from tests.pages.browser import WIDTH, width_of
from tests.world import LONG_AGO
from triage import actions
from triage.models import Case, CaseOutcome, ContactAttempt, SecondLook
from triage.rules.codes import Need, Urgency


@pytest.fixture
def now(now):
    """Half past ten: the appointment of ten o'clock is over."""
    return on(now.date(), 10, 30)


@pytest.fixture
def hub_desk(committed_world, now):
    """The hub has a receptionist of its own."""
    with everywhere(because="the test's set-up", at=now):
        user = User.objects.create(username="hub_desk", name="Hub Desk")
        Membership.objects.create(
            user=user,
            role=Role.RECEPTIONIST,
            organisation_id=committed_world.hub.pk,
            from_on=LONG_AGO,
        )
    committed_world.users["hub_desk"] = user


@pytest.fixture
def expected(committed_world, acting, now, monkeypatch):
    """Finn, five, is booked at the hub at ten."""
    monkeypatch.setattr(clock, "now", lambda: now)
    earlier = now - timedelta(hours=1)
    case = submitted(committed_world, acting, "child", Need.SKIN_RASH, at=earlier)
    sign = {"reference": case.reference, "urgency": Urgency.P4, "reason": "seen"}
    perform(actions.change_class, by=acting(committed_world, "clinician"), at=earlier, **sign)
    place = committed_world.slots("clinician")[0].pk
    wish = {"reference": case.reference, "slot_id": place, "overflow_reason": "patient_choice"}
    perform(actions.book, by=acting(committed_world, "receptionist"), at=earlier, **wish)
    return case


@pytest.mark.parametrize("scripts", [True, False])
def test_a_child_who_was_not_brought_is_a_clinicians(
    seat, committed_world, hub_desk, expected, now, scripts
):
    desk, clinician = seat("hub_desk", scripts=scripts), seat("clinician", scripts=scripts)
    steps = Steps("Child not brought")
    when_nobody_brings_the_child(steps, desk)
    when_a_clinician_reads_it(steps, clinician)
    then_the_case_waits_for_a_clinician(committed_world, expected, now)
    when_the_parent_is_called_and_it_is_closed(steps, clinician)
    oak = seat("receptionist", scripts=scripts)
    with steps.step(oak, "The practice reads it under All clear"):
        oak.follows("All clear")
        row = oak.page.get_by_role("row").filter(has_text="Hartley, Finn")
        expect(row).to_contain_text(re.compile(r"Was not brought at 10:\d\dam"))
        expect(row).to_contain_text("Clinician, Riverside hub")
        oak.reads("All clear")
    oak.keeps("not-brought-all-clear")
    print(steps.table())

    with everywhere(because="the test looks", at=now):
        ends = CaseOutcome.objects.values_list("case_id", "code", "by_id")
        assert list(ends) == [(expected.pk, "not_brought", committed_world.users["clinician"].pk)]
        look = SecondLook.objects.get(case_id=expected.pk)
        tried = list(ContactAttempt.objects.values_list("channel", "met"))
    assert (look.look_by - now.date()).days == 1
    assert tried == [("phone", "carer")]
    assert broken(at=now) == []
    for one in (desk, clinician, oak):
        one.found_no_barrier()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_child_who_was_not_brought_gets_another_appointment(
    seat, committed_world, hub_desk, expected, now, scripts
):
    desk, clinician = seat("hub_desk", scripts=scripts), seat("clinician", scripts=scripts)
    steps = Steps("Child not brought, and booked anew")
    when_nobody_brings_the_child(steps, desk)
    when_a_clinician_reads_it(steps, clinician)
    with steps.step(clinician, "Raises it, and books anew"):
        clinician.unfolds("Change the class")
        clinician.fills_in("Class", "P3")
        clinician.fills_in("Why it changes", "Missed twice this month; the mother sounds worn out")
        clinician.follows("Change the class", to="**/cases/**")
        clinician.follows("Book an appointment", to="**/options/")
        clinician.holds_the_best()
        clinician.confirms()
    clinician.keeps("not-brought-booked-anew")
    oak = seat("receptionist", scripts=scripts)
    with steps.step(oak, "The practice reads it under All clear"):
        oak.follows("All clear")
        row = oak.page.get_by_role("row").filter(has_text="Hartley, Finn")
        expect(row).to_contain_text(re.compile(r"Booked .*today"))
    print(steps.table())

    with everywhere(because="the test looks", at=now):
        case = Case.objects.get(pk=expected.pk)
        booked = list(Booking.objects.order_by("id").values_list("state", flat=True))
    assert (case.state, case.urgency) == ("booked", Urgency.P3.rank)
    assert [one for one in booked if one != "expired"] == ["missed", "booked"]
    assert broken(at=now) == []
    for one in (desk, clinician, oak):
        one.found_no_barrier()


def when_nobody_brings_the_child(steps, desk):
    desk.look()
    desk.keeps("front-desk-not-brought")
    with steps.step(desk, "The front desk says so"):
        desk.follows("Was not brought")
    # U03: the desk stands on the patient's own line.
    expect(desk.page.locator("tr:focus")).to_contain_text("Hartley, Finn")


def when_a_clinician_reads_it(steps, clinician):
    clinician.opens("/triage/queue/")
    with steps.step(clinician, "A clinician opens it from the queue, and takes it"):
        clinician.follows("Hartley", to="**/cases/**")
        clinician.reads("Was not brought. Waiting for a clinician")
        clinician.reads("Provisional: no clinician has signed it")
        clinician.reads("since Friday")
    clinician.keeps("not-brought-case")


def then_the_case_waits_for_a_clinician(world, expected, now):
    with everywhere(because="the test looks", at=now):
        case = Case.objects.get(pk=expected.pk)
    assert (case.state, case.hub_id, case.bookable_now) == ("waiting", world.hub.pk, False)
    assert case.due_at is not None


def when_the_parent_is_called_and_it_is_closed(steps, clinician):
    with steps.step(clinician, "Takes it, and calls the parent"):
        clinician.follows("Take this case")
        clinician.follows("A carer answered")
    with steps.step(clinician, "Closes it, and looks again tomorrow"):
        clinician.fills_in("Second look (optional)", "Tomorrow")
        clinician.closes_with("Was not")


def test_a_patient_of_another_practice_is_sent_on_and_called(seat, hub_desk, now):
    """Without JavaScript at the hub, with it at the practice."""
    desk = seat("hub_desk", scripts=False)
    steps = Steps("Patient of another practice at the desk")
    with steps.step(desk, "The hub's desk sends them on"):
        desk.fills_in("What they said", "Cough since Sunday")
        desk.ticks("Their own practice")
        desk.fills_in("Their practice", "Elm")
        desk.fills_in("Their name", "Ana Invented")
        desk.fills_in("Number their practice can call", "07700 900123")
        desk.follows("Send them on")
        desk.reads("I have told your practice that you came, and they call you today.")
    desk.keeps("front-desk-sent-on")

    elm = seat("receptionist_elm")
    with steps.step(elm, "Their practice reads it, and has called"):
        elm.follows("Front desk")
        elm.reads("Cough since Sunday")
        elm.follows("We have called them")
        elm.reads("called by Receptionist Elm")
    elm.keeps("front-desk-called")
    print(steps.table())
    oak = seat("receptionist")
    oak.follows("Front desk")
    assert oak.page.get_by_text("Cough since Sunday").count() == 0

    with everywhere(because="the test looks", at=now):
        came = WalkUp.objects.get()
    assert (came.practice.organisation.code, came.sent_to) == ("ELM1", "practice")
    elm.found_no_barrier()


@pytest.mark.parametrize("scripts", [True, False])
def test_words_that_may_mean_a_red_flag_call_a_clinician_to_the_desk(seat, hub_desk, now, scripts):
    desk = seat("hub_desk", scripts=scripts)
    steps = Steps("Red flag at the front desk")
    name = f"front-desk-red-flag-{'with' if scripts else 'without'}-scripts"
    when_they_say_a_red_flag(steps, desk, name)
    clinician, oak = seat("clinician", scripts=scripts), seat("receptionist", scripts=scripts)
    when_a_clinician_has_them(steps, clinician, name)
    desk.look()
    oak.opens("/triage/tasks/")
    oak.reads("Call first: Ana Invented")
    oak.keeps(f"{name}-tasks")
    with steps.step(clinician, "And says how it ended"):
        clinician.follows("999 was called")
        clinician.reads("999 was called")
    clinician.keeps(f"{name}-ended")
    with steps.step(oak, "Their practice has called too"):
        oak.follows("We have called them")
        assert oak.page.get_by_text("Call first").count() == 0
    print(steps.table())

    for one in (desk, clinician, oak):
        one.found_no_barrier()
    desk.page.set_viewport_size(PHONE)
    desk.page.reload()
    # Without scripts no menu is folded, and none is waited for.
    wide = width_of(desk.page) if scripts else desk.page.evaluate(WIDTH)
    assert wide <= PHONE["width"]
    desk.keeps(f"{name}-narrow")


def when_they_say_a_red_flag(steps, desk, name):
    with steps.step(desk, "The hub's desk reads what to do"):
        desk.fills_in("What they said", "chest pain, arm numb")
        desk.ticks("Their own practice")
        desk.fills_in("Their practice", "Oak")
        desk.fills_in("Their name", "Ana Invented")
        desk.fills_in("Number their practice can call", "07700 900123")
        desk.follows("Send them on")
        desk.reads("Do not send them on yet: their words may mean a red flag")
        desk.reads("I have called a clinician to you.")
    desk.keeps(name)


def when_a_clinician_has_them(steps, clinician, name):
    clinician.reads("Go to them, or ring 07700 900123: Front desk of Riverside hub")
    clinician.keeps(f"{name}-alarm")
    with steps.step(clinician, "A clinician has them"):
        clinician.follows("I have it", to="**/emergency/**")
        clinician.reads("Ana Invented said: “chest pain, arm numb”")
    clinician.keeps(f"{name}-taken")
