"""Words of NHS.UK pages: headings, captions, labels, legends, hints and error messages."""

from typing import Any

from django.utils.safestring import SafeString

from practices.templatetags.components.html import (
    EMPTY,
    NOTHING,
    Attributes,
    Part,
    class_names,
    element,
    hidden,
    join,
    modifier,
    part,
)

SIZES = ("xxs", "xs", "s", "m", "l", "xl")
LABEL_SIZES = ("s", "m", "l", "xl")


def caption(
    *,
    text: str = "",
    id: str | None = None,
    size: str | None = None,
    placement: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
    element_name: str = "span",
) -> SafeString:
    """A short grey line beside a heading, saying what the heading is part of."""
    sized = modifier("nhsuk-caption-", size, ("m", "l", "xl", "xxl"), classes)
    bottom = "nhsuk-caption--bottom" if placement in ("after", "end") else ""
    names = class_names(sized or "nhsuk-caption", bottom, classes)
    return element(element_name, {"class": names, "id": id, **attributes}, text)


def heading(
    *,
    text: str = "",
    id: str | None = None,
    level: int = 1,
    size: str | None = None,
    sizes: tuple[str, ...] = SIZES,
    caption: Part = None,
    href: str | None = None,
    visually_hidden_text: str = "",
    class_name: str = "nhsuk-heading",
    class_prefix: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
    element_name: str | None = None,
) -> SafeString:
    """A heading with its caption; nothing when it has no words."""
    if not text:
        return NOTHING
    prefix = f"{class_name}-" if class_prefix is None else class_prefix
    sized = modifier(prefix, size, sizes, classes)
    base = "" if sized and prefix == f"{class_name}-" else class_name
    names = class_names(base, sized, classes)
    above = {"size": size if sized else None, **part(caption)}
    inner = element("a", {"class": "nhsuk-link", "href": href}, text) if href else text
    spoken = join([" ", hidden(f" {visually_hidden_text}")]) if visually_hidden_text else ""
    title = element(
        element_name or f"h{level}",
        {"class": names or None, "id": id, **attributes},
        placed(above, "start", None),
        inner,
        spoken,
        placed(above, "end"),
    )
    return join([placed(above, "before"), title, placed(above, "after")])


def placed(given: dict[str, Any], *places: str | None) -> SafeString:
    """The caption, where it wants to stand in one of these places."""
    wanted = given.get("text") and given.get("placement") in places
    return caption(**given) if wanted else NOTHING


class Title:
    """What a label or a legend says, and the page heading it may stand in."""

    def __init__(
        self,
        *,
        text: str,
        heading: Part | bool,
        is_page_heading: bool | None,
        above: Part,
        size: str | None,
        hidden: str,
    ) -> None:
        self.stands_alone = not (
            (is_page_heading and heading is not False) or (is_page_heading is not False and heading)
        )
        self.heading = {} if isinstance(heading, bool) else part(heading)
        chosen = {} if self.stands_alone else self.heading
        self.text = chosen.get("text") or text or self.heading.get("text", "")
        self.size = chosen.get("size") or size
        self.hidden = chosen.get("visually_hidden_text") or hidden
        self.caption = {"size": self.size, **part(chosen.get("caption") or above)}

    @property
    def caption_inside(self) -> dict[str, Any]:
        """The caption when it belongs inside the element, else nothing."""
        return self.caption if self.caption.get("placement") in (None, "start", "end") else {}

    def caption_at(self, place: str) -> SafeString:
        """The caption when it stands outside, at that place."""
        return placed(self.caption, place)


def label(
    *,
    text: str = "",
    for_: str | None = None,
    id: str | None = None,
    size: str | None = None,
    heading: Part | bool = None,
    is_page_heading: bool | None = None,
    caption: Part = None,
    visually_hidden_text: str = "",
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """The label of a field; as page heading it is the one h1."""
    title = Title(
        text=text,
        heading=heading,
        is_page_heading=is_page_heading,
        above=caption,
        size=size,
        hidden=visually_hidden_text,
    )
    if not title.text:
        return NOTHING
    inner = title_of_label(title, id=id, classes=classes, attributes={"for": for_, **attributes})
    if not title.stands_alone:
        inner = element(
            f"h{title.heading.get('level', 1)}",
            {
                "class": "nhsuk-label-wrapper",
                "id": title.heading.get("id"),
                **title.heading.get("attributes", {}),
            },
            inner,
        )
    return join([title.caption_at("before"), inner, title.caption_at("after")])


def title_of_label(
    title: Title, *, id: str | None, classes: str, attributes: Attributes
) -> SafeString:
    """The label element itself."""
    return heading(
        text=title.text,
        id=id,
        size=title.size,
        sizes=LABEL_SIZES,
        caption=title.caption_inside,
        visually_hidden_text=title.hidden,
        class_name="nhsuk-label",
        class_prefix="nhsuk-label--",
        classes=classes,
        attributes=attributes,
        element_name="label",
    )


def legend(
    *,
    text: str = "",
    id: str | None = None,
    size: str | None = None,
    heading: Part | bool = None,
    is_page_heading: bool | None = None,
    caption: Part = None,
    visually_hidden_text: str = "",
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """What a group of fields asks; as page heading it is the one h1."""
    title = Title(
        text=text,
        heading=heading,
        is_page_heading=is_page_heading,
        above=caption,
        size=size,
        hidden=visually_hidden_text,
    )
    if not title.text:
        return NOTHING
    if title.caption.get("placement") == "before":
        title.caption["placement"] = "start"
    base = "nhsuk-fieldset__legend"
    names = class_names(base, modifier(f"{base}--", title.size, LABEL_SIZES, classes), classes)
    return join(
        [
            title_of_legend(title, id=id, names=names, attributes=attributes),
            title.caption_at("after"),
        ]
    )


def title_of_legend(
    title: Title, *, id: str | None, names: str, attributes: Attributes
) -> SafeString:
    """The legend element itself."""
    words = {
        "text": title.text,
        "visually_hidden_text": title.hidden,
        "caption": title.caption_inside,
    }
    if title.stands_alone:
        return heading(
            **words, id=id, class_name=names, attributes=attributes, element_name="legend"
        )
    inside = heading(
        **words,
        id=title.heading.get("id"),
        level=title.heading.get("level", 1),
        class_name="nhsuk-fieldset__heading",
        attributes=title.heading.get("attributes", {}),
    )
    return element("legend", {"class": names, "id": id, **attributes}, inside)


def hint(
    *, text: str = "", id: str | None = None, classes: str = "", attributes: Attributes = EMPTY
) -> SafeString:
    """A grey line that helps to fill in a field."""
    return element(
        "div", {"class": class_names("nhsuk-hint", classes), "id": id, **attributes}, text
    )


def error_message(
    *,
    text: str = "",
    id: str | None = None,
    visually_hidden_text: str = "Error",
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """A red line that says what to do; screen readers hear "Error:" before it."""
    names = class_names("nhsuk-error-message", classes)
    spoken = hidden(f"{visually_hidden_text}: ") if visually_hidden_text else ""
    return element("span", {"class": names, "id": id, **attributes}, spoken, text)


draw_legend = legend


def fieldset(
    *,
    legend: Part = None,
    text: str = "",
    id: str | None = None,
    role: str | None = None,
    described_by: str = "",
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """Fields that answer one question together."""
    names = class_names("nhsuk-fieldset", classes)
    return element(
        "fieldset",
        {
            "class": names,
            "id": id,
            "role": role,
            "aria-describedby": described_by or None,
            **attributes,
        },
        draw_legend(**part(legend)),
        text,
    )
