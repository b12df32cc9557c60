"""The pages of a list, and the page before and after."""

# ruff: noqa: A002  (the arguments are named as the attributes of HTML are)
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from practices.templatetags.components.html import (
    EMPTY,
    NOTHING,
    Attributes,
    class_names,
    element,
    flag,
    has_words,
    hidden,
    join,
    part,
)
from practices.templatetags.components.icons import icon


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
