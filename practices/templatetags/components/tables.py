"""Tables: compact or striped, numbers on the right, cards on a phone, sideways scroll."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from practices.templatetags.components.cards import card as draw_card
from practices.templatetags.components.html import (
    EMPTY,
    NOTHING,
    Attributes,
    Part,
    class_names,
    element,
    flag,
    hidden,
    join,
    modifier,
    part,
)
from practices.templatetags.components.scroll import scrolled
from practices.templatetags.components.text import LABEL_SIZES
from practices.templatetags.components.text import heading as draw_heading

Cell = str | Mapping[str, Any]
ALIGNMENTS = ("left", "centre", "right")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the cells of one table have in common."""

    head: Sequence[dict[str, Any]]
    responsive: bool
    first_cell_is_header: bool
    sortable: bool
    sorts_on_server: bool

    def role(self, name: str) -> str | None:
        """A responsive table loses its shape on a phone: roles keep its meaning."""
        return name if self.responsive else None

    def table(
        self,
        own: Attributes,
        attributes: Attributes,
        caption: SafeString,
        rows: Iterable[Iterable[Cell]],
    ) -> SafeString:
        """The table element with its caption, its head and its rows."""
        by_script = "nhsuk-table--sortable" in own["class"] and not self.sorts_on_server
        module = "nhsuk-table" if by_script else None
        all_of_them = {**own, "data-module": module, "role": self.role("table"), **attributes}
        return element("table", all_of_them, caption, head_of(self), body_of(rows, self))


def table(
    *,
    rows: Iterable[Iterable[Cell]],
    head: Iterable[Cell] = (),
    caption: Part = None,
    first_cell_is_header: bool = False,
    responsive: bool = False,
    compact: bool = False,
    striped: bool = False,
    scroll: bool = False,
    border: bool = True,
    last_row_border: bool = True,
    variant: str = "",
    card: Mapping[str, Any] | bool = False,
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """Rows of cells; a cell is words, or a mapping with text, format="numeric", href and so on."""
    layout = layout_of(head, responsive=responsive, first_cell_is_header=first_cell_is_header)
    base = "nhsuk-table"
    looks = {
        "compact": compact,
        "responsive": responsive,
        "no-border": not border,
        "no-last-row-border": border and not last_row_border,
        "striped": striped,
        "sortable": layout.sortable,
    }
    flags = [flag(f"{base}--{look}", on=on, classes=classes) for look, on in looks.items()]
    reverse = modifier(f"{base}--", variant, ("reverse",), classes)
    names = class_names(base, reverse, *flags, classes)
    title = titled(caption, id=id, scroll=scroll, sortable=f"{base}--sortable" in names)
    drawn = layout.table({"class": names, "id": id}, attributes, caption_of(title), rows)
    if scroll:
        drawn = scrolled(text=drawn, labelled_by=title.get("id"), variant=variant)
    with_card = card if isinstance(card, Mapping) else {}
    return draw_card(**{**with_card, "text": drawn}) if card else drawn


def layout_of(head: Iterable[Cell], *, responsive: bool, first_cell_is_header: bool) -> Layout:
    """The layout that the head of the table asks for."""
    cells = [part(cell) for cell in head if cell is not False]
    sortable = any(cell.get("sort") for cell in cells)
    on_server = sortable and any(cell.get("href") for cell in cells)
    return Layout(cells, responsive, first_cell_is_header, sortable, on_server)


def titled(caption: Part, *, id: str | None, scroll: bool, sortable: bool) -> dict[str, Any]:
    """The arguments of the caption, with an id where the scrolling region needs its name."""
    title = part(caption)
    if scroll and title and not title.get("id"):
        words = str(title["text"]).replace(" ", "-").lower()
        title["id"] = f"{id or 'table-' + words[:40]}-caption"
    if sortable:
        title.setdefault("visually_hidden_text", "Column headers are sortable")
    return title


def caption_of(title: dict[str, Any]) -> SafeString:
    """The caption of the table."""
    if not title.get("text"):
        return NOTHING
    words = dict(title)
    if words.get("visually_hidden_text"):
        words["visually_hidden_text"] = f"({words['visually_hidden_text']})"
    if words.get("caption"):
        words["caption"] = {"size": words.get("size"), **part(words["caption"])}
    return draw_heading(
        **words,
        sizes=LABEL_SIZES,
        class_name="nhsuk-table__caption",
        class_prefix="nhsuk-table__caption--",
        element_name="caption",
    )


def head_of(layout: Layout) -> SafeString:
    """The heading row."""
    if not layout.head:
        return NOTHING
    cells = [
        element(
            "th",
            {
                "class": cell_names("nhsuk-table__header", header),
                "scope": "col",
                "role": layout.role("columnheader"),
                "colspan": None if layout.responsive else header.get("colspan"),
                "rowspan": header.get("rowspan"),
                **sorting(header, layout),
                **header.get("attributes", {}),
            },
            linked(header),
        )
        for header in layout.head
    ]
    return element(
        "thead",
        {"class": "nhsuk-table__head", "role": layout.role("rowgroup")},
        element("tr", {"class": "nhsuk-table__row", "role": layout.role("row")}, *cells),
    )


def sorting(header: Mapping[str, Any], layout: Layout) -> dict[str, Any]:
    """How the column is sorted now, and what a press would do."""
    asked = header.get("sort")
    sort = "none" if asked is True else asked
    if not (sort and layout.sortable):
        return {}
    return {
        "data-sort": True,
        "data-sort-next": None if layout.sorts_on_server else header.get("sort_next"),
        "aria-sort": None if sort == "none" else sort,
    }


def body_of(rows: Iterable[Iterable[Cell]], layout: Layout) -> SafeString:
    """The rows of the table."""
    lines = [
        element(
            "tr",
            {"class": "nhsuk-table__row", "role": layout.role("row")},
            *(
                body_cell(part(cell), number, layout)
                for number, cell in enumerate(row)
                if cell is not False
            ),
        )
        for row in rows
        if row
    ]
    return element("tbody", {"class": "nhsuk-table__body"}, *lines)


def body_cell(data: dict[str, Any], number: int, layout: Layout) -> SafeString:
    """One cell; on a phone it brings the words of its column along."""
    header = layout.head[number] if number < len(layout.head) else {}
    leads = number == 0 and layout.first_cell_is_header
    tag, base = ("th", "nhsuk-table__header") if leads else ("td", "nhsuk-table__cell")
    shape = {
        **data,
        "format": data.get("format", header.get("format")),
        "align": data.get("align") or inherited_alignment(data, header),
    }
    attributes = {
        "class": cell_names(base, shape),
        "scope": "row" if leads else None,
        "role": layout.role("rowheader" if leads else "cell"),
        "colspan": None if layout.responsive else data.get("colspan"),
        "rowspan": data.get("rowspan"),
        "data-sort-value": data.get("sort_value") or None,
        **data.get("attributes", {}),
    }
    inner = linked(data)
    above = {**header, **part(data.get("header"))} if data.get("header") else header
    if not (layout.responsive and above):
        return element(tag, attributes, inner)
    spoken = element(
        "span", {"class": "nhsuk-table__heading", "aria-hidden": "true"}, words_of(above), " "
    )
    whole = element("span", {}, inner) if isinstance(data.get("text"), SafeString) else inner
    return element(tag, attributes, spoken, whole)


def inherited_alignment(data: Mapping[str, Any], header: Mapping[str, Any]) -> str | None:
    """Words in a column of numbers stand on the right with them."""
    if data.get("format") == "string" and header.get("format") == "numeric":
        return "right"
    return header.get("align")


def cell_names(base: str, shape: Mapping[str, Any]) -> str:
    """The classes of a cell: numbers, alignment, width."""
    classes = shape.get("classes", "")
    width = shape.get("width")
    wide = f"nhsuk-u-width-{width}"
    return class_names(
        base,
        flag(f"{base}--numeric", on=shape.get("format") == "numeric", classes=classes),
        modifier("nhsuk-u-text-align-", shape.get("align"), ALIGNMENTS, classes),
        flag(wide, on=bool(width), classes=classes),
        classes,
    )


def words_of(cell: Mapping[str, Any]) -> SafeString:
    """The words of a cell and those only screen readers speak."""
    extra = cell.get("visually_hidden_text")
    return join([cell.get("text", ""), hidden(f" {extra}") if extra else ""])


def linked(cell: Mapping[str, Any]) -> SafeString:
    """The words of a cell, as a link where it leads somewhere."""
    if not cell.get("href"):
        return words_of(cell)
    return element("a", {"class": "nhsuk-link", "href": cell["href"]}, words_of(cell))
