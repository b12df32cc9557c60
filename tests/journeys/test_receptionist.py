"""The receptionist on Monday at half past nine: from the call to the booking, by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.people import sign_in
from tests.journeys.steps import Steps
from triage.rules.red_flags import BY_CODE

TWO_MINUTES = 120_000
BOOKED = "Booked: Monday 30 November, 10am"


@pytest.fixture
def desk(page: Page, committed_world) -> Desk:
    sign_in(page, committed_world, "receptionist")
    return Desk(page)


def test_from_the_patient_to_the_booking(desk):
    desk.keeps("reception")
    desk.finds("oneil")
    desk.keeps("reception-namesakes")
    desk.finds("o'neil 14/3/1985")
    desk.starts_counting()

    steps = Steps("Reception: from the patient to the booking")
    with steps.step(desk, "Asks the red flags: none said"):
        desk.says_none_was_said()
    with steps.step(desk, "Picks the need"):
        desk.picks("Sore throat")
    with steps.step(desk, "Types the patient's words"):
        desk.types("Sore throat for four days")
    desk.keeps("reception-new")
    with steps.step(desk, "Asks for the ranked list"):
        desk.sends()
    desk.keeps("reception-options")
    with steps.step(desk, "Holds the best place"):
        desk.holds_the_best()
    desk.keeps("reception-held")
    with steps.step(desk, "Books it"):
        desk.confirms()
    desk.keeps("reception-booked")
    print(steps.table())
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(BOOKED)
    assert steps.cost == (desk.interactions, desk.loads) == (6, 2)
    assert desk.scrolled == []
    desk.page.get_by_role("button", name="Next call").press("Enter")
    expect(desk.page.get_by_role("cell", name="10am", exact=True)).to_be_visible()
    desk.look()
    desk.keeps("reception-day")
    assert desk.barriers == []
    assert desk.complaints == []


def test_the_same_without_scripts(page_without_scripts, committed_world):
    """U46."""
    sign_in(page_without_scripts, committed_world, "receptionist")
    desk = Desk(page_without_scripts, scripts=False)
    desk.finds("999 000 0018")
    desk.starts_counting()

    desk.says_none_was_said()
    desk.picks("Sore throat")
    desk.types("Sore throat for four days")
    desk.sends()
    desk.holds_the_best()
    expect(desk.page.locator(".app-hold__left")).to_contain_text("Held until 9:3")
    desk.confirms()

    expect(desk.page.get_by_role("heading", level=1)).to_have_text(BOOKED)
    assert (desk.interactions, desk.loads) == (6, 3)


def test_a_hold_is_told_politely_and_takes_the_keyboard_along(desk):
    """U03: after a part of the page came, the focus is in it."""
    desk.reaches_the_list("o'neil 14/3/1985")

    desk.holds_the_best()

    expect(desk.page.locator("#app-polite")).to_have_text("Held for 2 minutes")
    expect(desk.page.get_by_role("button", name="Book it")).to_be_focused()
    expect(desk.page.locator(".app-hold__left")).to_contain_text("Held for 1 minute")


# Whether what is read aloud is wholly in sight, and nothing lies over it.
IN_SIGHT = """(said) => {
  const { left, right, top, bottom } = said.getBoundingClientRect();
  return [top + 2, bottom - 2].every((at) => {
    const found = document.elementFromPoint((left + right) / 2, at);
    return found === said || said.contains(found) || found?.contains(said); }); }"""


@pytest.mark.parametrize("height", [768, 500])
def test_a_reason_still_to_be_chosen_comes_first_and_the_offer_stays_in_sight(desk, height):
    desk.reaches_the_list("o'neil 14/3/1985")
    desk.page.set_viewport_size({"width": 1366, "height": height})

    desk.page.get_by_role("button", name="Riverside hub").first.press("Enter")

    reason = desk.page.get_by_label("The patient prefers it")
    expect(reason).to_be_focused()
    expect(reason).to_be_in_viewport(ratio=1)
    for said in ("#offer", ".app-hold__left"):
        assert desk.page.locator(said).evaluate(IN_SIGHT), said
    desk.keeps(f"reception-held-reason-{height}")
    desk.presses("Space")
    desk.tab_to("Book it")
    desk.presses("Enter")
    desk.page.wait_for_url("**/desk/**just=booked")
    desk.found_no_barrier()


def test_a_place_let_go_leaves_the_focus_where_it_was_held(desk):
    """U03: never nowhere."""
    desk.reaches_the_list("o'neil 14/3/1985")
    desk.holds_the_best()

    desk.tab_to("Let it go")
    desk.presses("Enter")

    expect(desk.page.get_by_role("heading", name="Nothing is held")).to_be_focused()
    desk.look()
    desk.found_no_barrier()


def test_a_hold_that_ran_out_is_offered_again_and_keeps_what_was_chosen(page, committed_world):
    page.clock.install()
    sign_in(page, committed_world, "receptionist")
    desk = Desk(page)
    desk.reaches_the_list("o'neil 14/3/1985")
    page.get_by_role("button", name="Riverside hub").first.press("Enter")
    why = page.get_by_label("The patient prefers it")
    why.check()
    book, again = (page.get_by_role("button", name=name) for name in ("Book it", "Hold it again"))
    book.focus()

    page.clock.fast_forward(TWO_MINUTES)

    expect(page.locator(".app-hold__left")).to_contain_text("The hold ran out")
    expect(book).to_be_hidden()
    expect(again).to_be_focused()
    desk.look()
    desk.keeps("reception-hold-over")
    again.press("Enter")
    expect(book).to_be_focused()
    expect(why).to_be_checked()
    desk.found_no_barrier()


def test_a_red_flag_says_at_once_what_to_do(desk):
    desk.finds("o'neil 14/3/1985")
    stroke = BY_CODE["stroke"]

    desk.page.get_by_label(stroke.question).press("Space")

    shown = desk.page.locator(".app-flag__say:visible")
    expect(shown).to_have_text(f"999. Say: “{stroke.say}”")
    expect(desk.page.locator("#app-assertive")).to_contain_text(stroke.say)
    desk.picks_by_hand("Something else")
    desk.types("His face droops")
    desk.keeps("reception-flag-ticked")
    desk.sends(to="**/desk/HR-*/")
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("Emergency: act now")
    desk.keeps("reception-emergency-case")
    assert desk.barriers == []


# How many of the questions are not wholly in sight, without a scroll.
OUT_OF_SIGHT = """() => [...document.querySelectorAll("[data-flag], [data-none]")].filter((box) => {
  const { top, bottom } = box.parentElement.getBoundingClientRect();
  return bottom === top || top < 0 || bottom > innerHeight; }).length"""


def test_every_question_is_in_sight_before_none_can_be_said(desk):
    desk.finds("o'neil 14/3/1985")
    assert desk.page.evaluate(OUT_OF_SIGHT) == 0

    desk.says_none_was_said()

    folded = desk.page.get_by_label(BY_CODE["reduced_movements"].question)
    expect(folded).to_be_hidden()
    expect(desk.page.get_by_role("button", name="Find a place")).to_be_in_viewport(ratio=1)
    expect(desk.page.get_by_label("none of these said")).to_be_in_viewport(ratio=1)
    assert desk.page.evaluate("scrollY") == 0
    desk.presses("Space")
    expect(folded).to_be_visible()


def test_control_on_a_screen_too_small_some_are_out_of_sight(desk):
    desk.finds("o'neil 14/3/1985")
    desk.page.set_viewport_size({"width": 1366, "height": 500})

    assert desk.page.evaluate(OUT_OF_SIGHT) > 0


def test_none_said_leaves_a_ticked_flag_and_the_form_is_refused(desk):
    desk.finds("o'neil 14/3/1985")
    stroke = desk.page.get_by_label(BY_CODE["stroke"].question)
    stroke.press("Space")

    desk.page.get_by_label("none of these said").press("Space")

    expect(stroke).to_be_checked()
    desk.sends(to="**/new/")
    expect(stroke).to_be_checked()
    expect(desk.page.locator(".nhsuk-error-summary")).to_contain_text("untick the one")


def test_emergency_now_is_on_every_page_and_needs_a_number_only(desk):
    desk.page.get_by_role("link", name="Emergency now").press("Enter")
    expect(desk.page.get_by_label("Phone number")).to_be_focused()
    desk.page.keyboard.type("07700 900123")
    desk.look()
    desk.keeps("emergency-now")
    desk.page.keyboard.press("Enter")

    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Emergency raised")
    desk.look()
    desk.keeps("emergency-raised")
    assert desk.barriers == []


def test_errors_are_said_and_nothing_typed_is_lost(desk):
    """U17: the title, the focus, and what was typed."""
    desk.finds("o'neil 14/3/1985")
    desk.types("Sore throat for four days")

    desk.sends(to="**/new/")

    expect(desk.page).to_have_title("Error: New request – Headroom")
    expect(desk.page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(desk.page.get_by_label("own words")).to_have_value("Sore throat for four days")
    desk.look()
    desk.keeps("reception-new-errors")
    assert desk.barriers == []


def test_two_tabs_with_two_patients_never_mix(desk, page):
    desk.finds("o'neil 14/3/1985")
    other = Desk(page.context.new_page())
    other.finds("nguyen 24/12/1950")

    for tab, words in ((desk, "Hers"), (other, "His")):
        tab.says_none_was_said()
        tab.picks("Ear pain")
        tab.types(words)
    desk.sends()
    other.sends()

    expect(desk.page.locator(".app-patient__name")).to_contain_text("O'Neil")
    expect(other.page.locator(".app-patient__name")).to_contain_text("Nguy")


def test_on_a_phone_nothing_runs_off_the_side(phone_page, committed_world):
    sign_in(phone_page, committed_world, "receptionist")
    desk = Desk(phone_page)
    wide = []
    desk.keeps("reception-320")
    wide += desk.runs_off()
    desk.finds("o'neil 14/3/1985")
    expect(phone_page.get_by_label("none of these said")).to_be_focused()
    expect(phone_page.get_by_role("heading", level=1)).to_be_in_viewport()
    desk.keeps("reception-new-320")
    wide += desk.runs_off()
    desk.says_none_was_said()
    desk.picks_by_hand("Sore throat")
    desk.types("Sore throat for four days")
    desk.sends()
    desk.holds_the_best()
    desk.keeps("reception-held-320")
    wide += desk.runs_off()
    desk.confirms()
    desk.keeps("reception-booked-320")
    wide += desk.runs_off()

    assert wide == []
    assert desk.barriers == []
