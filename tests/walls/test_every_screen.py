"""What holds on every page, looked at in a real browser: without scripts, by keyboard, by thumb.

U01: a control that has the focus shows it in yellow. U32: nothing that is pressed is smaller than
24 pixels, a main action no smaller than 44. U35: text grows with the reader's own text size. U46:
what a page lets somebody do, it lets them do without scripts.
"""

import pytest

from practices import clock
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.people import barriers
from tests.pages.test_clinic_browser import drawn
from tests.walls.screens import screens
from tests.walls.two_networks import target_of

__all__ = ["drawn"]
pytestmark = [pytest.mark.long, pytest.mark.browser]
SEEN = "const seen = (one) => one.checkVisibility({ visibilityProperty: true });"
FOR_SHOW = "practices:gallery"
# A form whose button is folded away can be opened by hand.
NEEDS_SCRIPTS = f"""() => {{
  {SEEN}
  const buttons = [...document.querySelectorAll("button")];
  const folded = (one) => one.closest("details:not([open])") !== null;
  const sends = (form) => buttons.some((one) =>
    one.form === form && one.type === "submit" && !one.disabled && (seen(one) || folded(one)));
  const named = (fault) => (one) => `${{fault}}: ${{one.outerHTML.slice(0, 120)}}`;
  return [
    ...buttons.filter((one) => one.type === "button" && seen(one)).map(named("does nothing")),
    ...[...document.forms].filter((one) => seen(one) && !sends(one)).map(named("is not sent")),
    ...[...document.querySelectorAll("[hx-get], [hx-post]")]
      .filter((one) => !one.matches("form[action], [hx-trigger]")).map(named("only by a script")),
  ];
}}"""
MAIN = ".nhsuk-button:not(.nhsuk-button--small), .app-emergency, .app-time"
TOO_SMALL = f"""() => {{
  {SEEN}
  return [...document.querySelectorAll("{MAIN}")].filter(seen)
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.height < 44 || box.width < 44)
    .map(([one, box]) => `${{box.width}} by ${{box.height}}: ${{one.outerHTML.slice(0, 120)}}`);
}}"""
# NHS.UK draws a box on the label; some links light up a part of themselves.
NOT_YELLOW = f"""() => {{
  {SEEN}
  const yellow = (style) => [style.backgroundColor, style.boxShadow, style.borderTopColor,
    style.outlineStyle === "none" ? "" : style.outlineColor]
    .some((colour) => colour.includes("255, 235, 59"));
  const parts = (one) => [getComputedStyle(one),
    ...[...one.querySelectorAll("*")].map((part) => getComputedStyle(part)),
    ...[...(one.labels ?? [])].map((label) => getComputedStyle(label, "::before"))];
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const dull = (one) => {{
    one.focus({{ preventScroll: true }});
    return document.activeElement === one && !parts(one).some(yellow);
  }};
  return [...document.querySelectorAll(CONTROLS)].filter((one) => seen(one) && dull(one))
    .map((one) => one.outerHTML.slice(0, 120));
}}"""
# Twice as large counts as a narrower screen, where NHS.UK writes a size smaller.
LARGER = 1.4
# A chart's own letters are drawn to the width of the picture; its table beside it grows.
LETTERS = f"""() => {{
  {SEEN}
  const written = (one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  return [...document.querySelectorAll("body *:not(svg *)")]
    .filter((one) => seen(one) && written(one))
    .map((one) => [one.outerHTML.slice(0, 120), parseFloat(getComputedStyle(one).fontSize)]);
}}"""


@pytest.fixture
def pages(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    found = list(screens(world, target_of(world, acting)))
    assert len(found) >= 50
    return found


@pytest.fixture
def desk(chromium):
    with chromium.new_context(viewport=DESK) as context:
        yield context.new_page()


@pytest.fixture
def phone(chromium):
    with chromium.new_context(viewport=PHONE) as context:
        yield context.new_page()


@pytest.fixture
def phone_without_scripts(chromium):
    with chromium.new_context(viewport=PHONE, java_script_enabled=False) as context:
        yield context.new_page()


def faults_of(page, pages, drawn, look):
    """A line for each thing that `look` finds, with the role and the page."""
    faults = []
    for name, answer in pages:
        page.goto(drawn(answer))
        faults += [f"{name}: {fault}" for fault in look(page)]
    return faults


def say(faults):
    if faults:
        pytest.fail("\n".join(faults))


def unlit(page):
    """What has the focus and does not show it, for somebody at a keyboard."""
    page.keyboard.press("Tab")
    return page.evaluate(NOT_YELLOW)


def pressed_too_small(page):
    return page.evaluate(TOO_SMALL) + barriers(page, only=["target-size"])


def grows_too_little(page):
    """Text that stays small where the reader's browser writes twice as large."""
    session = page.context.new_cdp_session(page)
    before = page.evaluate(LETTERS)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    after = page.evaluate(LETTERS)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    session.detach()
    grown = dict(after)
    pairs = [(what, then, grown[what]) for what, then in before if what in grown]
    return [f"{then} to {now}: {what}" for what, then, now in pairs if now < LARGER * then]


def test_u01_what_has_the_focus_is_yellow(pages, drawn, desk):
    say(faults_of(desk, pages, drawn, unlit))


def test_u32_what_is_pressed_is_large_enough_for_a_thumb(pages, drawn, phone):
    say(faults_of(phone, pages, drawn, pressed_too_small))


def test_u35_text_grows_with_the_readers_own_size(pages, drawn, desk):
    say(faults_of(desk, pages, drawn, grows_too_little))


def test_u46_nothing_on_a_page_needs_a_script(pages, drawn, phone_without_scripts):
    used = [(name, answer) for name, answer in pages if not name.endswith(FOR_SHOW)]

    say(faults_of(phone_without_scripts, used, drawn, lambda page: page.evaluate(NEEDS_SCRIPTS)))


DULL = """<style>:focus { outline: 2px solid #005eb8; }</style>
<a href="#">A link that is blue</a>"""
CRAMPED = """<style>button { all: unset; display: block; font-size: 9px; height: 12px; }</style>
<button class="nhsuk-button">One</button><button>Two</button><button>Three</button>"""
TINY = "<p style='font-size: 11px'>EMIS</p><p>Grows</p>"
SCRIPTED = """<button type="button">More</button><form method="post"><input name="a"></form>
<p hx-get="/more/">More</p>
<details><summary>Sound</summary><form method="post"><button>Send</button></form></details>"""


@pytest.mark.parametrize(
    ("content", "look", "number"),
    [
        (DULL, unlit, 1),
        (CRAMPED, lambda page: page.evaluate(TOO_SMALL), 1),
        (CRAMPED, lambda page: barriers(page, only=["target-size"]), 3),
        (TINY, grows_too_little, 1),
        (SCRIPTED, lambda page: page.evaluate(NEEDS_SCRIPTS), 3),
    ],
)
def test_control_what_does_not_hold_is_found(desk, content, look, number):
    desk.set_content(f"<html lang='en'><title>Control</title><main>{content}</main></html>")

    assert len(look(desk)) == number
