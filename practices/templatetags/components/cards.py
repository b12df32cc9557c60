"""Cards, warning callouts and summary lists."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from practices.templatetags.components.boxes import paragraph
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
    join,
    modifier,
    part,
)
from practices.templatetags.components.icons import icon
from practices.templatetags.components.text import heading as draw_heading

VARIANTS = ("feature", "primary", "secondary", "warning")
CARE = {
    "emergency": "Immediate action required",
    "urgent": "Urgent advice",
    "non-urgent": "Non-urgent advice",
}


def card(
    *,
    heading: Part = None,
    text: str = "",
    href: str | None = None,
    variant: str = "",
    clickable: bool = False,
    actions: Part | Iterable[Mapping[str, Any]] = None,
    image: Mapping[str, Any] = EMPTY,
    description: Part = None,
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """A box of its own; as care card it says how urgent its advice is."""
    head = part(heading)
    care = variant in CARE and bool(head.get("text"))
    names = class_names(
        "nhsuk-card",
        flag("nhsuk-card--clickable", on=clickable, classes=classes),
        variant_names(variant, classes, care=care),
        classes,
    )
    title = card_heading(head, href=href, names=names, care=variant if care else "")
    offered = action_list(actions, heading=head.get("text", ""), base="nhsuk-card__action")
    on_top = care or bool(offered)
    top = element("div", {"class": "nhsuk-card__heading-container"}, title, offered)
    body = card_body(
        {"text": text, **part(description)},
        NOTHING if on_top else title,
        icon("chevron-right-circle") if "nhsuk-card--primary" in names else NOTHING,
    )
    own = {"class": names, "id": id, **attributes}
    return element("div", own, picture(image), top if on_top else NOTHING, body)


def card_body(says: Mapping[str, Any], title: SafeString, arrow: SafeString) -> SafeString:
    """What the card says."""
    names = class_names("nhsuk-card__content", says.get("classes", ""))
    words = paragraph(says["text"], "nhsuk-card__description")
    return element("div", {"class": names, **says.get("attributes", {})}, title, words, arrow)


def variant_names(variant: str, classes: str, *, care: bool) -> str:
    """The classes that make the kind of card."""
    if care:
        urgency = modifier("nhsuk-card--care--", variant, CARE, classes)
        return f"nhsuk-card--care {urgency}" if urgency else ""
    return modifier("nhsuk-card--", variant, VARIANTS, classes)


def picture(image: Mapping[str, Any]) -> SafeString:
    """The picture on top of the card, if any."""
    if image.get("text"):
        return image["text"]
    if not image.get("src"):
        return NOTHING
    return element(
        "img", {"class": "nhsuk-card__img", "src": image["src"], "alt": image.get("alt", "")}
    )


def card_heading(head: dict[str, Any], *, href: str | None, names: str, care: str) -> SafeString:
    """The heading of the card, a link where the whole card is one; `after` stands below it."""
    arrow = NOTHING
    if care:
        arrow = element("span", {"class": "nhsuk-card--care__arrow", "aria-hidden": "true"})
    if is_html(head.get("text", "")):
        return join([head["text"], arrow])
    after = head.pop("after", "")
    spoken = head.pop("visually_hidden_text", "") or CARE.get(care, "")
    words = head.get("text", "")
    if href and "nhsuk-card--feature" not in names:
        words = element("a", {"class": "nhsuk-card__link", "href": href}, words)
    elif spoken:
        words = element("span", {"role": "text"}, hidden(f"{spoken}: "), words)
    title = (
        draw_heading(
            **{
                "level": 2,
                **head,
                "text": words,
                "class_name": "nhsuk-card__heading",
                "class_prefix": "nhsuk-heading-",
            }
        )
        if words
        else NOTHING
    )
    return join([title, after, arrow])


def action_list(
    actions: Part | Iterable[Mapping[str, Any]], *, heading: str, base: str
) -> SafeString:
    """The links of a card or a summary row: one alone, more as a list."""
    given = dict(actions) if isinstance(actions, Mapping) else {"items": actions or ()}
    items = [item for item in given.get("items") or () if isinstance(item, Mapping)]
    names = class_names(f"{base}s", given.get("classes", ""))
    if not items:
        return NOTHING
    if len(items) == 1:
        return element("div", {"class": names}, action(items[0], heading=heading))
    return element(
        "ul",
        {"class": names},
        *(element("li", {"class": base}, action(item, heading=heading)) for item in items),
    )


def action(item: Mapping[str, Any], *, heading: str) -> SafeString:
    """One link or button; screen readers hear what it is about."""
    names = class_names("nhsuk-link", item.get("classes", ""))
    about = f" {item['visually_hidden_text']}" if item.get("visually_hidden_text") else ""
    of_card = join([" (", heading, ")"]) if heading else ""
    spoken = hidden(join([about, of_card])) if about or of_card else ""
    shared = {"class": names, "id": item.get("id")}
    if item.get("href") and not item.get("type"):
        own = {"href": item["href"]}
        return element(
            "a", {**shared, **own, **item.get("attributes", {})}, item.get("text", ""), spoken
        )
    own = {"name": item.get("name"), "type": item.get("type", "submit"), "value": item.get("value")}
    return element(
        "button", {**shared, **own, **item.get("attributes", {})}, item.get("text", ""), spoken
    )


def warning_callout(
    *,
    heading: Part = None,
    text: str = "",
    visually_hidden_text: str = "Important",
    actions: Part | Iterable[Mapping[str, Any]] = None,
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """A yellow box: read this before you go on."""
    head = {
        "level": 3,
        "visually_hidden_text": visually_hidden_text or "Important",
        **part(heading),
    }
    words = head.get("text", "")
    if not words or is_html(words) or "important" in words.lower():
        head.pop("visually_hidden_text")
    return card(
        heading=head,
        text=text,
        actions=actions,
        id=id,
        classes=classes,
        attributes=attributes,
        variant="warning",
    )
