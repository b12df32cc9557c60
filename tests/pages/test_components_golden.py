"""Every component we port gives the markup of all its official fixtures."""

from pathlib import Path

import pytest
from django.test.html import parse_html

from practices.templatetags.components import (
    boxes,
    buttons,
    cards,
    choices,
    dates,
    fields,
    lists,
    paging,
    scroll,
    tables,
    text,
)
from tests.pages import official

PORTED = {
    "action-link": buttons.action_link,
    "back-link": buttons.back_link,
    "breadcrumb": lists.breadcrumb,
    "button": buttons.button,
    "card": cards.card,
    "character-count": fields.character_count,
    "checkboxes": choices.checkboxes,
    "date-input": dates.date_input,
    "details": boxes.details,
    "error-message": text.error_message,
    "error-summary": boxes.error_summary,
    "fieldset": text.fieldset,
    "heading": text.heading,
    "hint": text.hint,
    "input": fields.text_input,
    "inset-text": boxes.inset_text,
    "label": text.label,
    "legend": text.legend,
    "notification-banner": boxes.notification_banner,
    "pagination": paging.pagination,
    "panel": boxes.panel,
    "radios": choices.radios,
    "scroll": scroll.scrolled,
    "select": fields.select,
    "skip-link": buttons.skip_link,
    "summary-list": lists.summary_list,
    "tables": tables.table,
    "tabs": lists.tabs,
    "tag": boxes.tag,
    "textarea": fields.textarea,
    "warning-callout": cards.warning_callout,
}
NOT_PORTED = {
    "caption": "drawn by headings, labels and legends; it has no examples of its own",
    "code": "no page shows program code",
    "contents-list": "our pages are short",
    "do-dont-list": "advice for the public, not for staff",
    "file-upload": "drawn by Django inside our form group",
    "footer": "ours says when the page was made, and no NHS England copyright",
    "header": "ours has no NHS logo, but the person, the organisation and Emergency now",
    "hero": "for the front pages of public sites",
    "images": "pages about patients have no pictures",
    "password-input": "a plain text input; browsers bring their own way to show it",
    "search-input": "a text input and a button, so that a search works by Enter everywhere",
    "task-list": "no page is a list of sections to fill in",
}
needs_packages = pytest.mark.skipif(
    not official.COMPONENTS.is_dir(),
    reason="no official fixtures here: run ./dev once, which installs them in .dev/npm",
)


@needs_packages
def test_each_official_component_is_ported_or_has_a_reason():
    assert sorted([*PORTED, *NOT_PORTED]) == official.components()


@needs_packages
@pytest.mark.parametrize("name", PORTED)
def test_component_matches_all_its_official_fixtures(name):
    component = PORTED[name]
    examples = list(official.fixtures(name))

    wrong = [
        one.name
        for one in examples
        if parse_html(component(**one.arguments)) != parse_html(one.html)
    ]

    assert len(examples) >= 3
    assert wrong == []


def listing() -> str:
    """The list of components as docs/COMPONENTS.md shows it."""
    lines = [f"- {name}: {PORTED[name].__doc__.splitlines()[0]}" for name in sorted(PORTED)]
    without = [f"- {name}: {NOT_PORTED[name]}" for name in sorted(NOT_PORTED)]
    return "\n".join(["## Ported", *lines, "", "## Not ported", *without, ""])


def test_docs_list_every_component():
    page = (Path(__file__).parents[2] / "docs" / "COMPONENTS.md").read_text(encoding="utf-8")

    assert page.endswith(listing()), f"End docs/COMPONENTS.md with:\n{listing()}"
