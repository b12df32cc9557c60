"""Two people at two desks: what one does, the other sees, and nothing moves under a pointer."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from networks.actions.snapshots import take_snapshot
from practices import news
from practices.doors import perform
from practices.news import Newsroom
from tests.cases import submitted
from tests.journeys.conftest import DESK
from tests.journeys.people import barriers, keep_picture, sign_in
from tests.pages.browser import PATIENCE
from tests.processes import BROKER, live_stream, web_server
from tests.world import SETUP
from triage import actions
from triage.actions.asking import answer_question, ask_supervisor
from triage.rules.codes import Need


@pytest.fixture
def told(monkeypatch):
    """What this process commits is told where the live process listens."""
    monkeypatch.setattr(news, "_newsroom", Newsroom(BROKER))


@pytest.fixture
def served(committed, now, tmp_path, told):
    """Pages and stream, each with its own process, as in the demo."""
    with (
        live_stream(committed, now, tmp_path / "live.log") as stream,
        web_server(committed, now, tmp_path / "web.log", live_port=stream.port) as served,
    ):
        yield served


@pytest.fixture
def pages(chromium, served):
    """`pages()` is a page in a browser of its own."""
    contexts = []

    def opened() -> Page:
        context = chromium.new_context(base_url=served.url, viewport=DESK)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def queue(committed_world, acting, now, pages):
    """The supervisor's queue with two cases in it, live."""
    for who in ("zoe", "ellen"):
        submitted(committed_world, acting, who, Need.BACK_JOINT, at=now)
    page = pages()
    sign_in(page, committed_world, "supervisor")
    page.goto("/triage/queue/")
    page.evaluate("window.neverReloaded = true")
    expect(page.get_by_text("Live.", exact=True)).to_be_visible()
    return page


def tops(page):
    """Where each row that can be seen stands on the screen."""
    return page.locator("[data-row]:visible").evaluate_all(
        "rows => rows.map(row => [row.dataset.row, Math.round(row.getBoundingClientRect().top)])"
    )


def test_a_case_claimed_elsewhere_turns_grey_in_place(queue, committed_world, pages):
    colleague = pages()
    sign_in(colleague, committed_world, "clinician")
    before = tops(queue)

    colleague.get_by_role("button", name="Next for me").click()
    colleague.wait_for_url("**/triage/cases/**")

    taken = queue.locator(".app-queue__taken")
    expect(taken).to_contain_text("With Clinician")
    expect(queue.get_by_text("Unassigned 1.")).to_be_visible()
    assert tops(queue) == before
    assert queue.evaluate("window.neverReloaded")
    assert barriers(queue) == []
    keep_picture(queue, "live-claimed-elsewhere")


def test_new_cases_wait_and_nothing_moves_under_the_pointer(queue, committed_world, acting, now):
    """U05, and U03: the focus goes to what was asked for."""
    link = queue.locator("[data-row] a").first
    link.hover()
    before = tops(queue)
    under = "([x, y]) => document.elementFromPoint(x, y).closest('[data-row]')?.dataset.row"
    box = link.bounding_box()
    point = [box["x"] + 5, box["y"] + 5]
    first = queue.evaluate(under, point)

    submitted(committed_world, acting, "child", Need.FEVER_CHILD, at=now)
    button = queue.get_by_role("button", name="Show 1 new case")
    expect(button).to_be_visible()
    while_waiting, still_under = tops(queue), queue.evaluate(under, point)
    expect(queue.locator("#app-polite")).to_contain_text("1 new case")
    keep_picture(queue, "live-new-case-waits")
    button.click()

    assert still_under == first
    assert [name for name, _ in while_waiting] == [name for name, _ in before]
    rows = queue.locator("[data-row]:visible")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Hartley")
    expect(rows.first.locator("a")).to_be_focused()
    assert queue.evaluate("window.neverReloaded")


def test_a_closed_case_says_so_where_it_stood(queue, committed_world, acting, now):
    before = tops(queue)
    reference = before[0][0]
    me = acting(committed_world, "clinician")
    perform(actions.claim, by=me, at=now, reference=reference)
    perform(
        actions.hand_back, by=me, at=now, reference=reference, reason="Known to you: please see"
    )
    row = queue.locator(f'[data-row="{reference}"]')

    expect(row).to_contain_text("Handed back")
    assert tops(queue) == before


def test_an_emergency_comes_to_every_clinicians_page_and_goes(queue, committed_world, acting, now):
    """U45: an alert goes when it is dealt with."""
    before = tops(queue)
    queue.locator("[data-row] a").first.hover()
    emergency = perform(
        actions.raise_emergency,
        by=acting(committed_world, "receptionist"),
        at=now,
        phone="07700 900123",
        where="In the car park",
    )

    banner = queue.get_by_role("region", name="Emergencies now")
    expect(banner).to_contain_text("In the car park")
    expect(queue.locator("#app-assertive")).to_contain_text("07700 900123")
    keep_picture(queue, "live-emergency")
    moved = tops(queue)
    perform(
        actions.acknowledge_emergency,
        by=acting(committed_world, "clinician"),
        at=now,
        reference=emergency.reference,
    )

    expect(banner).to_be_hidden()
    assert moved == before
    assert queue.evaluate("window.neverReloaded")


def test_a_cut_network_is_said_in_words_and_nothing_is_missed(queue, committed_world, acting, now):
    """U06: live, or not live since when, in words."""
    line = queue.locator("[data-live]")

    queue.context.set_offline(True)
    expect(line).to_have_text(re.compile(r"Not live since 9:3\dam\."))
    keep_picture(queue, "live-not-live")
    submitted(committed_world, acting, "child", Need.FEVER_CHILD, at=now)
    queue.context.set_offline(False)

    expect(line).to_have_text("Live.")
    expect(queue.get_by_role("button", name="Show 1 new case")).to_be_visible()


def test_where_no_stream_stays_open_a_page_asks_for_news(committed_world, acting, now, pages, told):
    """A proxy that cuts streams: versions are asked for, and only news is looked at."""
    submitted(committed_world, acting, "zoe", Need.BACK_JOINT, at=now)
    page = pages()
    page.route(re.compile(r"/live/\?of="), lambda route: route.abort())
    sign_in(page, committed_world, "supervisor")
    page.goto("/triage/queue/")
    expect(page.locator("[data-live]")).to_have_text(
        re.compile(r"Checked every few seconds, last at 9:3\dam\.")
    )

    submitted(committed_world, acting, "child", Need.FEVER_CHILD, at=now)

    expect(page.get_by_role("button", name="Show 1 new case")).to_be_visible()


def test_without_the_live_process_a_page_looks_by_itself(
    committed, committed_world, acting, now, told, chromium, tmp_path
):
    """The fallback, and the control of all above: no stream, no news within seconds."""
    submitted(committed_world, acting, "zoe", Need.BACK_JOINT, at=now)
    with (
        web_server(committed, now, tmp_path / "web.log") as served,
        chromium.new_context(base_url=served.url, viewport=DESK) as context,
    ):
        page = context.new_page()
        context.set_default_timeout(PATIENCE)
        sign_in(page, committed_world, "supervisor")
        page.clock.install(time=now)
        page.clock.pause_at(now + timedelta(seconds=1))
        page.goto("/triage/queue/")
        expect(page.locator("[data-live]")).to_have_text(re.compile("Not live since 9:3.am"))
        button = page.get_by_role("button", name="Show 1 new case")

        submitted(committed_world, acting, "child", Need.FEVER_CHILD, at=now)
        page.clock.run_for(2_000)
        at_once = button.is_visible()
        page.clock.fast_forward(20_000)
        page.clock.resume()
        expect(button).to_be_visible()

    assert not at_once


def test_the_board_counts_anew_when_the_network_is_counted(
    committed_world, acting, now, pages, told
):
    page = pages()
    sign_in(page, committed_world, "manager")
    page.goto("/networks/board/")
    page.evaluate("window.neverReloaded = true")
    expect(page.get_by_text("Live.", exact=True)).to_be_visible()
    expect(page.get_by_text("Nothing has been counted yet")).to_be_visible()

    perform(take_snapshot, by=SETUP, at=now, network_id=committed_world.network.pk)

    expect(page.get_by_text("Figures as of")).to_be_visible()
    assert page.evaluate("window.neverReloaded")


def test_the_supervisors_answer_comes_to_the_open_case(pages, committed_world, acting, now):
    """What is being typed beside it stays, and may be sent after reading the answer."""
    case = submitted(committed_world, acting, "zoe", Need.BACK_JOINT, at=now)
    me, wish = acting(committed_world, "clinician"), {"at": now, "reference": case.reference}
    perform(actions.claim, by=me, **wish)
    perform(ask_supervisor, by=me, **wish, question="Scan today?")
    page = pages()
    sign_in(page, committed_world, "clinician")
    page.goto(f"/triage/cases/{case.reference}/")
    page.evaluate("window.neverReloaded = true")
    expect(page.locator("#asked-now")).to_contain_text("not answered yet")
    note = page.locator("#id_outcome_note, [name=note]").first
    note.fill("Reflexes equal")

    done = perform(
        answer_question, by=acting(committed_world, "supervisor"), **wish, reply="No, review Friday"
    )

    expect(page.locator("#asked-now")).to_contain_text("“No, review Friday”")
    expect(page.locator("#app-polite")).to_contain_text("No, review Friday")
    expect(page.locator(".app-history__line").first).to_contain_text("Supervisor answered")
    expect(note).to_have_value("Reflexes equal")
    versions = page.locator(".app-case input[name=version]").evaluate_all(
        "fields => fields.map(field => Number(field.value))"
    )
    assert set(versions) == {done.version}
    assert page.evaluate("window.neverReloaded")
    assert barriers(page) == []
    keep_picture(page, "live-answer-on-the-case")
