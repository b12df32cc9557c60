"""The frame of every page, and what no template may hold."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string

from config.dev.assets import cleaned
from tests.pages.markup import elements, words

pytestmark = pytest.mark.urls("tests.pages.addresses")
TEMPLATES = Path(__file__).parents[2] / "templates"
PERSON = {
    "name": "Sam O’Neil",
    "role_label": "Receptionist",
    "organisation_name": "Elm Tree Surgery",
    "network_name": "Riverside Network",
    "memberships_count": 2,
}
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "event handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "words marked safe": re.compile(r"\|\s*safe\b|autoescape off"),
    "somebody else's server": re.compile(r"(src|href)=\"(https?:)?//"),
}


class Empty(forms.Form):
    name = forms.CharField()


def body(markup: str) -> str:
    """The part between the body tags, which the parser of tests can read."""
    return markup[markup.index("<body") : markup.index("</body>") + len("</body>")]


def test_no_template_holds_what_the_browser_would_refuse():
    found = [
        (str(path.relative_to(TEMPLATES)), what)
        for path in sorted(TEMPLATES.rglob("*.html"))
        for what, pattern in FORBIDDEN.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_the_header_says_who_and_where_i_am():
    """U23: name, role, organisation and network; a switcher where there are several."""
    page = body(render_to_string("base.html", {"person": PERSON}))

    assert words(page, "header").startswith(
        "Headroom Sam O’Neil , Receptionist Elm Tree Surgery, Riverside Network Switch"
    )


def test_signed_in_pages_offer_emergency_now():
    page = body(render_to_string("base.html", {"person": PERSON}))

    buttons = [a for a in elements(page, "a") if a.get("class") == "app-emergency"]
    assert [button["href"] for button in buttons] == ["/triage/emergency/"]


def test_strangers_see_no_names_and_no_menus():
    page = body(render_to_string("base.html", {}))

    assert words(page, "header") == "Headroom"


def test_the_training_line_shows_only_in_training():
    """U23."""
    line = "Training: the clock reads Monday 30 November, 9:31am"

    assert words(body(render_to_string("base.html", {"training_words": line})), "section") == line
    assert elements(body(render_to_string("base.html", {})), "section") == []


@pytest.mark.parametrize(
    ("data", "begins"), [({}, "Error: "), ({"name": "a"}, "Headroom"), (None, "Headroom")]
)
def test_the_title_starts_with_error_when_the_form_failed(data, begins):
    page = render_to_string("base.html", {"form": Empty(data)})

    assert page[page.index("<title>") + len("<title>") :].startswith(begins)


def test_the_first_stop_of_the_keyboard_skips_to_the_content():
    """U01: the skip link comes first."""
    page = body(render_to_string("base.html", {"person": PERSON}))

    assert elements(page, "a")[0]["href"] == "#maincontent"
    assert elements(page, "main")[0]["id"] == "maincontent"


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "500", "503"])
def test_error_pages_say_what_to_do_without_any_context(status):
    page = body(render_to_string(f"{status}.html", {}))

    assert len(elements(page, "h1")) == 1
    assert "call 999" in words(page, "main")
    assert elements(page, "script") == []


def test_assets_ask_for_nothing_outside_their_folder():
    sheet = (
        "a{b:c}@font-face{font-family:Frutiger W01;src:url(https://assets.nhs.uk/f.woff2)}"
        "i{background:url(/assets/images/nhsuk-icon-tick.svg)}\n/*# sourceMappingURL=a.css.map */"
    )

    assert cleaned(sheet) == "a{b:c}i{background:url(images/nhsuk-icon-tick.svg)}\n"
