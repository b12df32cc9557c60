"""The hub loses the network: read on, work on paper, and type it in with the times it happened."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from networks.tasks import make_packs
from practices import clock
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.journeys.people import barriers, keep_picture, sign_in
from triage import actions
from triage.models import Case, CaseStep
from triage.rules.codes import Need

SHEET = re.compile(r"Request form ([2-9A-Z]{3}-[2-9A-Z]{3})")
LOST = "No network. Page made Monday 30 November"


class Outage:
    """One morning at Oak and its hub."""

    def __init__(self, page: Page, world, acting, folder: Path) -> None:
        self.page, self.world, self.acting, self.folder = page, world, acting, folder
        self.barriers: list[str] = []

    def look(self, name: str) -> None:
        """No barrier for anybody; a picture is kept."""
        self.barriers += barriers(self.page)
        keep_picture(self.page, f"outage-{name}")

    def given_the_pack_was_downloaded(self) -> None:
        submitted(self.world, self.acting, "tam", Need.SKIN_RASH, at=self.world.at)
        make_packs()
        sign_in(self.page, self.world, "receptionist")
        self.page.goto("/triage/paper/")
        self.look("paper")
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Download the pack").press("Enter")
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
        page = self.page
        page.goto("/triage/paper/enter/")
        expect(page.get_by_label("Find the patient")).to_be_focused()
        page.keyboard.type("o'neil 14/3/1985")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Enter a request of O'Neil, Zoë").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Request on paper")
        page.get_by_label("Number of the form").press_sequentially(self.number)
        page.get_by_label("Time it happened").press_sequentially("9:12am")
        page.get_by_label("none of these said").press("Space")
        page.get_by_label("Sore throat", exact=True).press("Space")
        page.get_by_label("own words").press_sequentially("sore for four days")
        self.look("request")
        page.get_by_role("button", name="Enter it").press("Enter")
        expect(page.get_by_text("Entered, with the time on the paper.")).to_be_visible()

    def when_the_appointment_is_typed_in(self) -> None:
        page = self.page
        page.get_by_label("Number of the form").first.press_sequentially(f"{self.number}/1")
        page.get_by_label("Time it happened").first.press_sequentially("9:15am")
        page.get_by_label("Time of the appointment").press_sequentially("10am")
        page.get_by_label("With", exact=True).select_option("Gp Oak")
        page.get_by_role("button", name="Enter the appointment").press("Enter")

    def then_both_sides_are_shown_and_another_place_is_chosen(self) -> None:
        page = self.page
        expect(page.get_by_text("On paper: 10am today with Gp Oak")).to_be_visible()
        expect(page.get_by_text("The place is taken: Hartley, Finn")).to_be_visible()
        self.look("clash")
        page.get_by_label(re.compile("^Book 10:15am today with Gp Oak")).press("Space")
        page.get_by_role("button", name="Do this").press("Enter")
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
def outage(page, committed_world, acting, tmp_path, monkeypatch) -> Outage:
    monkeypatch.setattr(clock, "now", lambda: committed_world.at)
    return Outage(page, committed_world, acting, tmp_path)


def test_the_hub_loses_the_network(outage, chromium):
    outage.given_the_pack_was_downloaded()

    outage.when_the_network_goes()
    outage.then_the_page_stays_readable_and_sends_nothing()
    outage.then_the_pack_opens_from_the_disk(chromium)

    outage.when_the_place_is_sold_and_the_network_is_back()
    outage.when_the_request_is_typed_in()
    outage.when_the_appointment_is_typed_in()
    outage.then_both_sides_are_shown_and_another_place_is_chosen()
    outage.then_the_case_tells_both_times()
    assert outage.barriers == []
