"""A clinician goes home sick: the desk ends the list by keyboard, and everybody has an owner."""

import pytest
from playwright.sync_api import expect

from practices import clock
from practices.doors import everywhere
from tests.full_day import overfill, planned_ahead
from tests.invariants import broken
from tests.journeys.desk import Desk
from tests.journeys.steps import Steps
from triage.models import Case, GoneHome, Rehoming
from triage.rules.codes import Need
from triage.rules.states import OWNER, Owner, State
from triage.tasks import rehome


class Sick(Desk):
    """The desk while Dr Oak goes home."""

    def given_dr_oak_has_patients_this_afternoon(self, world, acting):
        planned_ahead(world, "child", world.slots("gp_oak")[-2], Need.ABDOMINAL)
        overfill(world, acting)
        with everywhere(because="the test's set-up", at=world.at):
            Case.objects.filter(patient=world.patients["tam"]).update(safe_to_text=False)

    def when_i_say_who_has_gone_home(self):
        self.opens("/triage/gone-home/")
        self.look()
        self.keeps("gone-home-form")
        self.ticks("Gp Oak")
        self.fills_in("From what time", "12:00")
        self.fills_in("Why?", "unwell")
        self.unfolds("See what would happen")

    def then_i_see_the_whole_list_first(self, world):
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Has Gp Oak gone home?")
        expect(self.page.get_by_text("4 would get a new appointment today")).to_be_visible()
        expect(self.page.get_by_text("1 cannot be texted")).to_be_visible()
        self.look()
        self.keeps("gone-home-sure")
        with everywhere(because="the test looks", at=world.at):
            assert not GoneHome.objects.exists()

    def when_i_say_yes(self):
        self.tab_to("Yes, Gp Oak has gone home")
        with self.page.expect_navigation(url="**/gone-home/*-*/"):
            self.presses("Enter")

    def then_each_patient_has_an_outcome(self, world):
        with everywhere(because="the test looks", at=world.at):
            left = GoneHome.objects.get()
        rehome(gone_home_id=left.pk)
        self.page.reload()
        expect(self.page.get_by_text("New appointment: 4")).to_be_visible()
        expect(self.page.get_by_role("heading", name="To tell now")).to_be_visible()
        self.look()
        self.keeps("gone-home-ended")

    def then_a_colleague_finds_it_among_todays_lists(self):
        self.unfolds("Lists that ended today")
        expect(self.page.get_by_text("Still to be told by a person: 1")).to_be_visible()
        self.look()

    def then_nobody_is_lost(self, world):
        with everywhere(because="the test looks", at=world.at):
            outcomes = set(Rehoming.objects.values_list("outcome", flat=True))
            states = Case.objects.values_list("state", flat=True)
            owners = {OWNER[State(state)] for state in states}
        assert (outcomes, owners) == ({"placed"}, {Owner.PROVIDER})
        assert broken(at=world.at) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_clinician_goes_home_sick(seat, committed_world, acting, now, monkeypatch, scripts):
    monkeypatch.setattr(clock, "now", lambda: now)
    desk = Sick(seat("receptionist", scripts=scripts).page, scripts=scripts)

    desk.given_dr_oak_has_patients_this_afternoon(committed_world, acting)
    steps = Steps("Clinician goes home sick")
    with steps.step(desk, "Says who, from when, why; sees the list"):
        desk.when_i_say_who_has_gone_home()
        desk.then_i_see_the_whole_list_first(committed_world)
    with steps.step(desk, "Says yes"):
        desk.when_i_say_yes()
    desk.then_each_patient_has_an_outcome(committed_world)
    with steps.step(desk, "Finds it among today's lists"):
        desk.then_a_colleague_finds_it_among_todays_lists()
    print(steps.table())
    desk.then_nobody_is_lost(committed_world)

    assert (desk.barriers, desk.complaints) == ([], [])
