"""Boxes that set words apart: tag, card, warning, inset, details, panel, banner, error summary."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from practices.templatetags.components.html import (
    EMPTY,
    NOTHING,
    Attributes,
    Part,
    class_names,
    element,
    flag,
    hidden,
    is_html,
    modifier,
    part,
    true_or_false,
)
from practices.templatetags.components.text import heading as draw_heading

COLOURS = (
    "white",
    "grey",
    "green",
    "aqua-green",
    "blue",
    "purple",
    "pink",
    "red",
    "orange",
    "yellow",
)


def paragraph(text: str, classes: str | None = None) -> SafeString:
    """Plain words as a paragraph; markup as it is; nothing for nothing."""
    if not text or is_html(text):
        return NOTHING if not text else SafeString(text)
    return element("p", {"class": classes}, text)


def tag(
    *,
    text: str = "",
    colour: str | bool = "",
    border: bool = True,
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """A short status word."""
    names = class_names(
        "nhsuk-tag",
        modifier("nhsuk-tag--", colour, COLOURS, classes),
        flag("nhsuk-tag--no-colour", on=colour is False, classes=classes),
        flag("nhsuk-tag--no-border", on=not border, classes=classes),
        classes,
    )
    return element("strong", {"class": names, "id": id, **attributes}, text)


def inset_text(
    *,
    text: str = "",
    visually_hidden_text: str = "Information",
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """Words set in from the text round them."""
    names = class_names("nhsuk-inset-text", classes)
    return element(
        "div",
        {"class": names, "id": id, **attributes},
        hidden(f"{visually_hidden_text or 'Information'}: "),
        paragraph(text),
    )


def details(
    *,
    summary: Part,
    text: str = "",
    open: bool = False,
    variant: str = "",
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """Words that only some people need, behind a line that opens them."""
    line = part(summary)
    names = class_names(
        "nhsuk-details", modifier("nhsuk-details--", variant, ("reverse",), classes), classes
    )
    top = element(
        "summary",
        {
            "class": class_names("nhsuk-details__summary", line.get("classes", "")),
            **line.get("attributes", {}),
        },
        element("span", {"class": "nhsuk-details__summary-text"}, line.get("text", "")),
    )
    return element(
        "details",
        {"class": names, "id": id, **attributes, "open": open},
        top,
        element("div", {"class": "nhsuk-details__text"}, text),
    )


def panel(
    *,
    heading: Part,
    text: str = "",
    variant: str = "",
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """A large green box: it is done."""
    base = "nhsuk-panel__heading"
    names = class_names(
        "nhsuk-panel", modifier("nhsuk-panel--", variant, ("interruption",), classes), classes
    )
    title = draw_heading(
        **{
            "sizes": ("m", "l", "xl"),
            "class_name": base,
            "class_prefix": f"{base}--",
            **part(heading),
        }
    )
    body = element("div", {"class": "nhsuk-panel__body"}, text) if text else NOTHING
    return element("div", {"class": names, "id": id, **attributes}, title, body)


def notification_banner(
    *,
    text: str = "",
    title: Part = None,
    heading: Part = None,
    variant: str = "",
    role: str | None = None,
    id: str | None = None,
    disable_auto_focus: bool | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """Something to know that is not about this page; or that the last step worked."""
    base = "nhsuk-notification-banner"
    success = variant == "success"
    named = {
        "id": f"{base}-title",
        "text": "Success" if success else "Important",
        "level": 2,
        "class_name": f"{base}__title",
        **{key: given for key, given in part(title).items() if given},
    }
    head = {"level": 3, "class_name": f"{base}__heading", **part(heading)}
    words = paragraph(text, "nhsuk-body" if head.get("text") else f"{base}__heading")
    return element(
        "div",
        {
            "class": class_names(
                base, modifier(f"{base}--", variant, ("success",), classes), classes
            ),
            "id": id,
            "data-module": base,
            "data-disable-auto-focus": true_or_false(disable_auto_focus),
            "role": role or ("alert" if success else "region"),
            "aria-labelledby": named["id"],
            **attributes,
        },
        element("div", {"class": f"{base}__header"}, draw_heading(**named)),
        element("div", {"class": f"{base}__content"}, draw_heading(**head), words),
    )


def error_summary(
    *,
    errors: Iterable[Mapping[str, Any]] = (),
    heading: Part = "There is a problem",
    description: Part = None,
    id: str | None = None,
    disable_auto_focus: bool | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """All that is wrong on the page, each with a link to its field; focus moves here."""
    base = "nhsuk-error-summary"
    lines = [error_line(error) for error in errors if error]
    listed = element("ul", {"class": f"nhsuk-list {base}__list"}, *lines) if lines else NOTHING
    title = draw_heading(**{**part(heading), "level": 2, "class_name": f"{base}__heading"})
    says = part(description).get("text")
    intro = element("p", {}, says) if says else NOTHING
    return element(
        "div",
        {
            "class": class_names(base, classes),
            "id": id,
            "data-module": base,
            "data-disable-auto-focus": true_or_false(disable_auto_focus),
            **attributes,
        },
        element(
            "div",
            {"role": "alert"},
            title,
            element("div", {"class": f"{base}__body"}, intro, listed),
        ),
    )


def error_line(error: Mapping[str, Any]) -> SafeString:
    """One thing that is wrong, linked to its field where there is one."""
    text, href = error.get("text", ""), error.get("href")
    if href:
        text = element("a", {"href": href, **error.get("attributes", {})}, text)
    return element("li", {}, text)
