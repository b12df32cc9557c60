"""Lists with a shape of their own: summary list, breadcrumb, tabs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString

from practices.templatetags.components.boxes import paragraph
from practices.templatetags.components.buttons import back_link as draw_back_link
from practices.templatetags.components.cards import action
from practices.templatetags.components.cards import card as draw_card
from practices.templatetags.components.html import (
    EMPTY,
    NOTHING,
    Attributes,
    Part,
    class_names,
    element,
    flag,
    join,
    modifier,
    part,
)
from practices.templatetags.components.text import heading as draw_heading

SUMMARY = "nhsuk-summary-list"


def summary_list(
    *,
    rows: Iterable[Mapping[str, Any]] = (),
    text: str = "",
    border: bool = True,
    last_row_border: bool = True,
    card: Mapping[str, Any] = EMPTY,
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """Facts about one thing: key, value and what can be done about it."""
    ends = flag(f"{SUMMARY}--no-border", on=not border, classes=classes) or flag(
        f"{SUMMARY}--no-last-row-border", on=border and not last_row_border, classes=classes
    )
    drawn = [row for row in rows if isinstance(row, Mapping)]
    has_actions = any(row_actions(row) for row in drawn)
    about = part(card.get("heading")).get("text", "")
    borderless = f"{SUMMARY}--no-border" in classes or f"{SUMMARY}--no-last-row-border" in classes
    lines = [
        summary_row(
            row,
            about=about,
            has_actions=has_actions,
            may_drop_border=not borderless and (last_row_border or row is not drawn[-1]),
        )
        for row in drawn
    ]
    made = element(
        "dl",
        {"class": class_names(SUMMARY, ends, classes), "id": id, **attributes},
        text or join(lines),
    )
    return draw_card(**{**card, "text": made}) if card else made


def row_actions(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What can be done about a row."""
    given = row.get("actions") or ()
    items = given.get("items") or () if isinstance(given, Mapping) else given
    return [item for item in items if isinstance(item, Mapping)]


def summary_row(
    row: Mapping[str, Any], *, about: str, has_actions: bool, may_drop_border: bool
) -> SafeString:
    """One row: key, value, actions."""
    items = row_actions(row)
    names = class_names(
        f"{SUMMARY}__row",
        f"{SUMMARY}__row--no-actions" if has_actions and not items else "",
        flag(
            f"{SUMMARY}__row--no-border",
            on=may_drop_border and row.get("border") is False,
            classes=row.get("classes", ""),
        ),
        row.get("classes", ""),
    )
    key, value = part(row.get("key")), part(row.get("value"))
    return element(
        "div",
        {"class": names, "id": row.get("id"), **row.get("attributes", {})},
        cell("dt", "key", key, key.get("text", "")),
        cell("dd", "value", value, value.get("text", "")),
        offered(row.get("actions"), items, about),
    )


def cell(tag: str, side: str, given: Mapping[str, Any], *inner: str) -> SafeString:
    """A key, a value or the actions of a row."""
    classes = given.get("classes", "")
    width = given.get("width")
    wide = f"nhsuk-u-width-{width}" if width and f"nhsuk-u-width-{width}" not in classes else ""
    names = class_names(f"{SUMMARY}__{side}", wide, classes)
    return element(
        tag, {"class": names, "id": given.get("id"), **given.get("attributes", {})}, *inner
    )


def offered(given: Any, items: list[Mapping[str, Any]], about: str) -> SafeString:
    """What can be done about the row."""
    if not items:
        return NOTHING
    links = [action(item, heading=about) for item in items]
    if len(links) > 1:
        base = f"{SUMMARY}__actions-list"
        links = [
            element(
                "ul",
                {"class": base},
                *(element("li", {"class": f"{base}-item"}, link) for link in links),
            )
        ]
    return cell("dd", "actions", given if isinstance(given, Mapping) else {}, *links)


def breadcrumb(
    *,
    items: Sequence[Mapping[str, Any]],
    back_link: Mapping[str, Any] = EMPTY,
    aria_label: str = "Breadcrumb",
    variant: str = "",
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """Where the page stands; on a phone only the way back."""
    base = "nhsuk-breadcrumb"
    names = class_names(base, modifier(f"{base}--", variant, ("reverse",), classes), classes)
    last = items[-1] if items else {}
    usual = {
        "visually_hidden_text": "Back to",
        "text": last.get("text", "Back"),
        "href": last.get("href"),
        "attributes": last.get("attributes", {}),
        "variant": variant,
    }
    return element(
        "nav",
        {"class": names, "id": id, "aria-label": aria_label, **attributes},
        element("ol", {"class": f"{base}__list"}, *(crumb(item) for item in items)),
        draw_back_link(**{**usual, **back_link}),
    )


def crumb(item: Mapping[str, Any]) -> SafeString:
    """One step of the way, where it leads somewhere."""
    if not item.get("href"):
        return NOTHING
    own = {"class": "nhsuk-breadcrumb__link", "href": item["href"]}
    link = element("a", {**own, **item.get("attributes", {})}, item.get("text", ""))
    return element("li", {"class": "nhsuk-breadcrumb__list-item"}, link)


def tabs(
    *,
    items: Sequence[Mapping[str, Any]] = (),
    title: str = "Contents",
    id: str | None = None,
    id_prefix: str = "",
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """Panels of which one is seen; all of them without JavaScript."""
    base = "nhsuk-tabs"
    named = [
        (item.get("id") or f"{id_prefix or id}-{number}", number == 1, item)
        for number, item in enumerate(items, start=1)
        if item
    ]
    heads = [tab_head(item, ref, shown=first) for ref, first, item in named]
    panels = [tab_panel(item.get("panel"), ref, shown=first) for ref, first, item in named]
    listed = element("ul", {"class": f"{base}__list"}, *heads) if heads else NOTHING
    return element(
        "div",
        {"class": class_names(base, classes), "id": id, "data-module": base, **attributes},
        draw_heading(text=title, level=2, class_name=f"{base}__heading"),
        listed,
        *panels,
    )


def tab_head(item: Mapping[str, Any], ref: str, *, shown: bool) -> SafeString:
    """What opens a panel."""
    base = "nhsuk-tabs__list-item"
    own = {"class": "nhsuk-tabs__tab", "href": f"#{ref}"}
    link = element("a", {**own, **item.get("attributes", {})}, item.get("label", ""))
    return element("li", {"class": class_names(base, flag(f"{base}--selected", on=shown))}, link)


def tab_panel(given: Part, ref: str, *, shown: bool) -> SafeString:
    """What a tab opens."""
    panel = part(given)
    names = class_names("nhsuk-tabs__panel", "" if shown else "nhsuk-tabs__panel--hidden")
    return element(
        "div",
        {"class": names, "id": ref, **panel.get("attributes", {})},
        paragraph(panel.get("text", "")),
    )
