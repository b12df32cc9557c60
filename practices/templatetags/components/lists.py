"""Lists with a shape of their own: summary list, breadcrumb, pagination, tabs."""
# ruff: noqa: A002  (the arguments are named as the attributes of HTML are)

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
    has_words,
    hidden,
    join,
    modifier,
    part,
)
from practices.templatetags.components.icons import icon
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
    links = [
        element(
            "li",
            {"class": f"{base}__list-item"},
            element(
                "a",
                {"class": f"{base}__link", "href": item["href"], **item.get("attributes", {})},
                item.get("text", ""),
            ),
        )
        for item in items
        if item.get("href")
    ]
    last = items[-1] if items else {}
    back = draw_back_link(
        **{
            "visually_hidden_text": "Back to",
            "text": last.get("text", "Back"),
            "href": last.get("href"),
            "attributes": last.get("attributes", {}),
            "variant": variant,
            **back_link,
        }
    )
    return element(
        "nav",
        {"class": names, "id": id, "aria-label": aria_label, **attributes},
        element("ol", {"class": f"{base}__list"}, *links),
        back,
    )


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
    heads = [
        element(
            "li",
            {
                "class": class_names(
                    f"{base}__list-item", f"{base}__list-item--selected" if first else ""
                )
            },
            element(
                "a",
                {"class": f"{base}__tab", "href": f"#{ref}", **item.get("attributes", {})},
                item.get("label", ""),
            ),
        )
        for ref, first, item in named
    ]
    panels = [tab_panel(item.get("panel"), ref, shown=first) for ref, first, item in named]
    listed = element("ul", {"class": f"{base}__list"}, *heads) if heads else NOTHING
    return element(
        "div",
        {"class": class_names(base, classes), "id": id, "data-module": base, **attributes},
        draw_heading(text=title, level=2, class_name=f"{base}__heading"),
        listed,
        *panels,
    )


def tab_panel(given: Part, ref: str, *, shown: bool) -> SafeString:
    """What a tab opens."""
    panel = part(given)
    names = class_names("nhsuk-tabs__panel", "" if shown else "nhsuk-tabs__panel--hidden")
    return element(
        "div",
        {"class": names, "id": ref, **panel.get("attributes", {})},
        paragraph(panel.get("text", "")),
    )


def pagination(
    *,
    items: Iterable[Mapping[str, Any]] = (),
    previous: Mapping[str, Any] = EMPTY,
    next: Mapping[str, Any] = EMPTY,
    aria_label: str = "Pagination",
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """The pages of a list, or the page before and the page after."""
    base = "nhsuk-pagination"
    pages = [page_item(item) for item in items if item]
    names = class_names(base, f"{base}--numbered" if pages else "", classes)
    if pages:
        inner = [
            edge_of_numbers(previous, "previous"),
            element("ul", {"class": f"{base}__list"}, *pages),
            edge_of_numbers(next, "next"),
        ]
    else:
        inner = [
            element(
                "ul",
                {"class": f"nhsuk-list {base}__list"},
                neighbour(previous, "previous"),
                neighbour(next, "next"),
            )
        ]
    return element(
        "nav",
        {"class": names, "id": id, "role": "navigation", "aria-label": aria_label, **attributes},
        *inner,
    )


def page_item(item: Mapping[str, Any]) -> SafeString:
    """One numbered page."""
    base = "nhsuk-pagination__item"
    names = class_names(
        base,
        flag(f"{base}--current", on=item.get("current")),
        flag(f"{base}--ellipsis", on=item.get("ellipsis")),
        item.get("classes", ""),
    )
    if item.get("ellipsis"):
        return element("li", {"class": names}, "⋯")
    label = (
        item.get("aria_label") or item.get("visually_hidden_text") or f"Page {item.get('number')}"
    )
    return element(
        "li",
        {"class": names},
        element(
            "a",
            {
                "class": "nhsuk-pagination__link",
                "href": item.get("href"),
                "aria-label": label,
                "aria-current": "page" if item.get("current") else None,
                **item.get("attributes", {}),
            },
            str(item.get("number")),
        ),
    )


def edge_words(given: Mapping[str, Any], side: str) -> SafeString:
    """ "Previous page" or "Next page", or the words given."""
    words = given.get("text") or join([side.capitalize(), hidden(" page")])
    return element("span", {"class": "nhsuk-pagination__title"}, words)


def edge_of_numbers(given: Mapping[str, Any], side: str) -> SafeString:
    """The link before or after the numbers."""
    if not given.get("href"):
        return NOTHING
    before = side == "previous"
    words, arrow = edge_words(given, side), icon("arrow-left" if before else "arrow-right")
    return element(
        "a",
        {
            "href": given["href"],
            "class": f"nhsuk-pagination__{side}",
            "rel": "prev" if before else "next",
        },
        *([arrow, words] if before else [words, arrow]),
    )


def neighbour(given: Mapping[str, Any], side: str) -> SafeString:
    """The link to the page before or after, with what that page is about."""
    if not given.get("href"):
        return NOTHING
    rel = "prev" if side == "previous" else "next"
    label = given.get("label")
    about = (
        join(
            [
                hidden(":"),
                " ",
                element("span", {"class": "nhsuk-pagination__page"}, part(label)["text"]),
            ]
        )
        if has_words(label)
        else ""
    )
    link = element(
        "a",
        {
            "class": f"nhsuk-pagination__link nhsuk-pagination__link--{rel}",
            "href": given["href"],
            "rel": rel,
            **given.get("attributes", {}),
        },
        edge_words(given, side),
        about,
        icon("arrow-left" if rel == "prev" else "arrow-right"),
    )
    return element("li", {"class": f"nhsuk-pagination-item--{side}"}, link)
