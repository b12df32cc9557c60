"""The gallery in a real browser: axe, widths, colours, and what scripts add."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, expect

from practices.views.gallery import SAMPLES, Sample
from tests.pages import browser as real
from tests.pages.test_components_page import PERSON

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.pages.addresses"),
    pytest.mark.skipif(not real.AXE.is_file(), reason="no axe here: run ./dev once"),
]
FRAME = {
    "person": PERSON,
    "idle_seconds": 900,
    "shift_seconds": 40_000,
    "training_words": "Training: the clock reads Monday 30 November, 9:31am",
    "navigation": [{"text": "Reception", "href": "/a", "current": True}],
    "clock_words": "Monday 30 November, 9:31am",
}
BOOKING = """{% extends "base.html" %}{% block content %}<h1>Book</h1>
<form method="post" action="/nowhere.html" id="book">
{% nhs_button text="Book" busy="Booking…" name="do" value="book" %}</form>{% endblock %}"""

PRESS_TWICE = """() => {
  const sent = [];
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    sent.push(String(new URLSearchParams(new FormData(event.target, event.submitter))));
    event.preventDefault();
  });
  const button = document.querySelector("#book button");
  button.click();
  button.click();
  return sent;
}"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the drawn pages are served."""
    for name, form in {"gallery": Sample(), "errors": Sample({})}.items():
        page = render_to_string("practices/gallery.html", {**SAMPLES, **FRAME, "form": form})
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    with real.serving(tmp_path) as served:
        yield served


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ["gallery", "errors"])
@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
@pytest.mark.parametrize("width", [1366, 320])
def test_the_gallery_is_accessible_and_fits(chromium, address, name, look, width):
    context = chromium.new_context(viewport={"width": width, "height": 768}, **look)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{address}/{name}.html")
    expect(page.locator(".app-hold__left")).to_have_text(re.compile("^Held for "))

    seen = "-".join([name, str(width), *look.values()])
    page.screenshot(path=f"screenshots/{seen}.png", full_page=True)
    assert complaints == []
    assert real.width_of(page) == width
    assert real.accessibility_faults(page) == []
    context.close()


OVER = "The hold ran out: others may take this place now. What you typed is kept."


def test_the_hold_counts_down_and_says_so_politely(page, address):
    page.clock.install(time=0)
    page.clock.pause_at(1)
    page.goto(f"{address}/gallery.html")
    left, voice = page.locator(".app-hold__left"), page.locator("#app-polite")

    expect(left).to_have_text("Held for 5 minutes")
    page.clock.run_for(65_000)
    expect(left).to_have_text("Held for 3 minutes 55 seconds")
    expect(voice).to_have_text("")
    page.clock.run_for(116_000)
    expect(voice).to_have_text("The hold ends in 2 minutes.")
    page.clock.run_for(120_000)
    expect(left).to_have_text(OVER)
    expect(voice).to_have_text(OVER)


def test_new_rows_wait_until_they_are_asked_for(page, address):
    page.goto(f"{address}/gallery.html")
    row, button = page.get_by_text("A new case"), page.locator("[data-new-rows]")

    expect(button).to_have_text("Show 1 new case")
    expect(row).to_be_hidden()
    button.press("Enter")

    expect(row).to_be_visible()
    expect(row).to_be_focused()
    expect(button).to_be_hidden()


def test_a_form_is_sent_once_and_says_so(page, address, tmp_path):
    """U26; what the server does of it is races/test_twice."""
    drawn = engines["django"].from_string(BOOKING).render(FRAME)
    (tmp_path / "book.html").write_text(drawn, encoding="utf-8")
    page.goto(f"{address}/book.html")

    sent = page.evaluate(PRESS_TWICE)

    assert sent == ["do=book"]
    expect(page.get_by_role("button", name="Booking…")).to_be_visible()


LISTEN = """() => {
  const voice = document.getElementById("app-polite");
  window.heard = [];
  new MutationObserver(() => voice.textContent && window.heard.push(voice.textContent))
    .observe(voice, { childList: true });
}"""
COMES = """(words) => {
  const news = document.createElement("p");
  news.dataset.say = words;
  document.body.append(news);
  const detail = { elt: news };
  document.body.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail }));
}"""


def test_u04_news_is_said_politely_and_once_in_thirty_seconds(page, address):
    page.clock.install(time=0)
    page.clock.pause_at(1)
    page.goto(f"{address}/gallery.html")
    page.evaluate(LISTEN)

    heard = []
    for words, pause in (("1 new case", 1_000), ("2 new cases", 1_000), ("3 new cases", 27_000)):
        page.evaluate(COMES, words)
        page.clock.run_for(pause)
        heard.append(page.evaluate("window.heard"))
    page.clock.run_for(2_000)

    assert heard == [["1 new case"]] * 3
    assert page.evaluate("window.heard") == ["1 new case", "3 new cases"]
    assert page.get_attribute("#app-polite", "aria-live") == "polite"


HANGS = """() => document.addEventListener("submit", (event) => event.preventDefault())"""


def test_u27_what_takes_longer_than_a_second_says_that_it_is_being_done(page, address, tmp_path):
    plain = BOOKING.replace(' busy="Booking…"', "")
    drawn = engines["django"].from_string(plain).render(FRAME)
    (tmp_path / "slow.html").write_text(drawn, encoding="utf-8")
    page.clock.install(time=0)
    page.clock.pause_at(1)
    page.goto(f"{address}/slow.html")
    page.evaluate(HANGS)
    button, voice = page.locator("#book button"), page.locator("#app-polite")

    button.click()
    page.clock.run_for(900)
    expect(button).to_have_text("Book")
    page.clock.run_for(200)

    expect(button).to_have_text("Working…")
    page.clock.run_for(100)
    expect(voice).to_have_text("Working…")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(button).to_have_text("Book")


def test_the_gallery_can_be_read_without_scripts(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{address}/gallery.html")

    expect(page.locator(".app-hold__left")).to_have_text("Held until 9:36am")
    expect(page.get_by_text("Two sessions.")).to_be_visible()
    context.close()
