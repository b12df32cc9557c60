"""The hub loses the network: read on, work on paper, and type it in with the times it happened."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from networks.tasks import make_packs
from practices import clock
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.journeys.conftest import PHONE
from tests.journeys.desk import Desk
from tests.journeys.steps import Steps
from tests.pages.browser import width_of
from triage import actions
from triage.models import Case, CaseStep
from triage.rules.codes import Need

SHEET = re.compile(r"Request form ([2-9A-Z]{3}-[2-9A-Z]{3})")
LOST = "No network. Page made Monday 30 November"


class Outage:
    """One morning at Oak and its hub."""

    def __init__(self, desk: Desk, world, acting, folder: Path) -> None:
        self.desk, self.world, self.acting, self.folder = desk, world, acting, folder
        self.page = desk.page

    def look(self, name: str) -> None:
        """No barrier for anybody; a picture is kept."""
        self.desk.look()
        self.desk.keeps(f"outage-{name}")

    def given_the_pack_was_made(self) -> None:
        submitted(self.world, self.acting, "tam", Need.SKIN_RASH, at=self.world.at)
        make_packs()

    def when_the_pack_is_downloaded(self) -> None:
        self.desk.opens("/triage/paper/")
        self.look("paper")
        with self.page.expect_download() as download:
            self.desk.unfolds("Download the pack")
        self.pack = self.folder / download.value.suggested_filename
        download.value.save_as(self.pack)

    def when_the_network_goes(self) -> None:
        self.page.goto("/triage/reception/")
        self.page.get_by_label("Find the patient").fill("o'neil")
        self.page.context.set_offline(True)

    def then_the_page_stays_readable_and_sends_nothing(self) -> None:
        lost = self.page.get_by_label("No network")
        expect(lost).to_contain_text(LOST)
        expect(lost).to_contain_text("nothing can be sent")
        address = self.page.url
        self.page.get_by_role("button", name="Find", exact=True).press("Enter")
        self.page.get_by_role("link", name="Front desk").press("Enter")
        expect(self.page.locator("#app-assertive")).to_contain_text("What you typed is still here")
        expect(self.page.get_by_label("Find the patient")).to_have_value("o'neil")
        assert self.page.url == address
        self.look("lost")

    def then_the_pack_opens_from_the_disk(self, chromium: Browser) -> None:
        with chromium.new_context(offline=True) as context:
            pack = context.new_page()
            pack.goto(self.pack.as_uri())
            expect(pack.get_by_role("heading", level=1)).to_have_text("Downtime pack, Oak Surgery")
            expect(pack.get_by_text("Nguyễn, Tâm").first).to_be_visible()
            self.number = SHEET.findall(pack.locator("body").inner_text())[0]
            pack.set_viewport_size(PHONE)
            assert width_of(pack) == PHONE["width"]

    def when_the_place_is_sold_and_the_network_is_back(self) -> None:
        """At the hub somebody was quicker with 10am."""
        desk = self.acting(self.world, "receptionist")
        wish = actions.CaseWish(
            patient_id=self.world.patients["child"].pk,
            need=Need.EAR_PAIN,
            words="ear hurts",
            red_flags_asked=True,
        )
        with everywhere(because="the test's set-up", at=self.world.at):
            slot = self.world.slots("gp_oak")[0]
        other = perform(actions.submit, by=desk, at=self.world.at, wish=wish)
        book = {"reference": other.reference, "slot_id": slot.pk}
        perform(actions.book, by=desk, at=self.world.at, **book)
        self.page.context.set_offline(False)
        expect(self.page.get_by_label("No network")).to_have_count(0)

    def when_the_request_is_typed_in(self) -> None:
        page, desk = self.page, self.desk
        desk.opens("/triage/paper/enter/")
        expect(page.get_by_label("Find the patient")).to_be_focused()
        desk.fills_in("Find the patient", "o'neil 14/3/1985")
        with page.expect_navigation():
            desk.presses("Enter")
        desk.follows("Enter a request of O'Neil, Zoë")
        expect(page.get_by_role("heading", level=1)).to_have_text("Request on paper")
        desk.fills_in("Number of the form", self.number)
        desk.fills_in("Time it happened", "9:12am")
        desk.says_none_was_said()
        desk.picks_by_hand("Sore throat")
        desk.types("sore for four days")
        self.look("request")
        desk.follows("Enter it")
        expect(page.get_by_text("Entered, with the time on the paper.")).to_be_visible()

    def when_the_appointment_is_typed_in(self) -> None:
        desk = self.desk
        desk.fills_in("Number of the form", f"{self.number}/1")
        desk.fills_in("Time it happened", "9:15am")
        desk.fills_in("Time of the appointment", "10am")
        desk.fills_in("With", "Gp Oak")
        desk.follows("Enter the appointment")

    def then_both_sides_are_shown_and_another_place_is_chosen(self) -> None:
        page = self.page
        expect(page.get_by_text("On paper: 10am today with Gp Oak")).to_be_visible()
        expect(page.get_by_text("The place is taken: Hartley, Finn")).to_be_visible()
        self.look("clash")
        self.desk.picks_by_hand("Book 10:15am today with Gp Oak, Oak Surgery")
        self.desk.follows("Do this")
        expect(page.get_by_text("Entered, with the time on the paper.")).to_be_visible()

    def then_the_case_tells_both_times(self) -> None:
        with everywhere(because="the test looks", at=self.world.at):
            case = Case.objects.get(patient=self.world.patients["zoe"])
            steps = list(CaseStep.objects.filter(case=case).order_by("pk"))
        local = [(step.step, f"{clock.local(step.at):%H:%M}") for step in steps]
        assert local == [("submit", "09:12"), ("book", "09:15")]
        assert all(step.entered_at is not None for step in steps)
        self.page.get_by_role("link", name="The case itself").press("Enter")
        self.page.locator("summary", has_text="History").press("Enter")
        expect(self.page.get_by_text(re.compile("9:12am: Submitted.*from paper"))).to_be_visible()


@pytest.fixture
def outage(seat, committed_world, acting, tmp_path, monkeypatch) -> Outage:
    monkeypatch.setattr(clock, "now", lambda: committed_world.at)
    return Outage(seat("receptionist"), committed_world, acting, tmp_path)


def test_the_hub_loses_the_network(outage, chromium):
    steps = Steps("Hub loses the network")
    outage.given_the_pack_was_made()
    with steps.step(outage.desk, "Downloads the pack beforehand"):
        outage.when_the_pack_is_downloaded()

    outage.when_the_network_goes()
    outage.then_the_page_stays_readable_and_sends_nothing()
    outage.then_the_pack_opens_from_the_disk(chromium)

    outage.when_the_place_is_sold_and_the_network_is_back()
    with steps.step(outage.desk, "Types the request in, with its time"):
        outage.when_the_request_is_typed_in()
    with steps.step(outage.desk, "Types the appointment in"):
        outage.when_the_appointment_is_typed_in()
    with steps.step(outage.desk, "Sees both sides, and chooses another place"):
        outage.then_both_sides_are_shown_and_another_place_is_chosen()
    outage.then_the_case_tells_both_times()
    print(steps.table())
    assert outage.desk.barriers == []
