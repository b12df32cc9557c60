"""Things to press: buttons, action links, back links, the skip link."""

from django.utils.safestring import SafeString

from practices.templatetags.components.html import (
    EMPTY,
    Attributes,
    Part,
    class_names,
    element,
    flag,
    hidden,
    modifier,
    part,
    true_or_false,
)
from practices.templatetags.components.icons import icon as draw_icon

VARIANTS = ("brand", "login", "reverse", "secondary", "secondary-solid", "warning")


def button(
    *,
    text: str = "",
    href: str | None = None,
    type: str | None = None,
    variant: str = "",
    small: bool = False,
    name: str | None = None,
    value: str | None = None,
    id: str | None = None,
    icon: Part = None,
    disabled: bool | None = None,
    prevent_double_click: bool | None = None,
    busy: str = "",
    aria_label: str | None = None,
    element_name: str = "",
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """A button, or a link that looks like one. `busy` are its words while the form is sent."""
    kind = element_name.lower() or link_or_button(href, type)
    shared = {
        "class": button_names(variant, icon, small=small, classes=classes),
        "id": id,
        "data-module": "nhsuk-button",
        "aria-label": aria_label,
        "data-prevent-double-click": true_or_false(prevent_double_click),
        "data-busy": busy or None,
    }
    if kind == "a":
        own = {"href": "#" if href is None else href, "role": "button", "draggable": "false"}
    else:
        own = {
            "name": name,
            "type": type or "submit",
            "value": text if kind == "input" else value,
            "disabled": disabled or None,
            "aria-disabled": "true" if disabled else None,
        }
    return element(kind, {**shared, **own, **attributes}, *with_icon(text, icon))


def button_names(variant: str, icon: Part, *, small: bool, classes: str) -> str:
    """The classes of a button."""
    return class_names(
        "nhsuk-button",
        modifier("nhsuk-button--", variant, VARIANTS, classes),
        flag("nhsuk-button--icon", on=bool(icon), classes=classes),
        flag("nhsuk-button--small", on=small, classes=classes),
        classes,
    )


def link_or_button(href: str | None, type: str | None) -> str:
    """An href makes a link, unless a button type was asked for."""
    return "a" if href and not type else "button"


def with_icon(text: str, icon: Part) -> list[str]:
    """The words of the button and its icon, in the order asked for."""
    if not icon:
        return [text]
    given = {"placement": "start", "name": icon} if isinstance(icon, str) else part(icon)
    picture = given.get("text") or draw_icon(given["name"])
    words = [element("span", {"class": "nhsuk-button__content"}, text)] if text else []
    return [*words, picture] if given.get("placement") == "end" else [picture, *words]


def action_link(
    *,
    text: str = "",
    href: str | None = None,
    type: str | None = None,
    id: str | None = None,
    variant: str = "",
    open_in_new_window: bool = False,
    element_name: str = "",
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """The one link that takes people to what they came for."""
    kind = element_name.lower() or link_or_button(href, type)
    names = class_names(
        "nhsuk-action-link",
        modifier("nhsuk-action-link--", variant, ("reverse",), classes),
        classes,
    )
    own = {"type": type or "submit"}
    if kind == "a":
        own = {
            "href": "#" if href is None else href,
            "target": "_blank" if open_in_new_window else None,
        }
    words = element("span", {"class": "nhsuk-action-link__text"}, text)
    return element(
        kind,
        {"class": names, "id": id, **own, **attributes},
        draw_icon("arrow-right-circle"),
        words,
    )


def back_link(
    *,
    text: str = "Back",
    href: str | None = None,
    type: str | None = None,
    id: str | None = None,
    variant: str = "",
    visually_hidden_text: str = "",
    element_name: str = "",
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """The way back to the page before."""
    kind = element_name.lower() or link_or_button(href, type)
    names = class_names(
        "nhsuk-back-link", modifier("nhsuk-back-link--", variant, ("reverse",), classes), classes
    )
    own = {"href": "#" if href is None else href} if kind == "a" else {"type": type or "submit"}
    spoken = hidden(f"{visually_hidden_text} ") if visually_hidden_text else ""
    return element(kind, {"class": names, "id": id, **own, **attributes}, spoken, text)


def skip_link(
    *,
    text: str = "Skip to main content",
    href: str = "#maincontent",
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """The first thing on the page for people who use the keyboard."""
    names = class_names("nhsuk-skip-link", classes)
    return element(
        "a",
        {"class": names, "id": id, "data-module": "nhsuk-skip-link", "href": href, **attributes},
        text,
    )
