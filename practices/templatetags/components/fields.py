"""Fields of one line or many: text input, text area, select, character count."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from practices.templatetags.components.frame import Frame
from practices.templatetags.components.html import (
    EMPTY,
    NOTHING,
    Attributes,
    Part,
    class_names,
    element,
    flag,
    has_words,
    join,
    modifier,
    part,
)

CHARACTER_WIDTHS = ("2", "3", "4", "5", "10", "20", "30")


def text_input(
    *,
    name: str,
    label: Part = None,
    hint: Part = None,
    error: Part | bool = None,
    id: str = "",
    value: object = None,
    type: str = "text",
    width: object = None,
    prefix: Part = None,
    suffix: Part = None,
    large: bool = False,
    code: bool = False,
    disabled: bool | None = None,
    described_by: str = "",
    group: Mapping[str, Any] = EMPTY,
    wrapper: Mapping[str, Any] = EMPTY,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """A field of one line, with its label, hint and error."""
    frame = Frame(id or name, label, hint, error, group, described_by)
    own = {
        "class": input_names(frame, width=width, large=large, code=code, classes=classes),
        "id": frame.id,
        "name": name,
        "type": type,
        "value": value,
        "disabled": disabled or None,
        "aria-describedby": frame.describes,
    }
    box = element("input", {**own, **attributes})
    beside = [affix(prefix, "prefix"), box, affix(suffix, "suffix")]
    large_wrapper = flag("nhsuk-input-wrapper--large", on=large)
    return frame.around_labelled(wrapped(frame, beside, wrapper, large_wrapper))


def input_names(frame: Frame, *, width: object, large: bool, code: bool, classes: str) -> str:
    """The classes of the input element."""
    return class_names(
        "nhsuk-input",
        flag("nhsuk-input--large", on=large, classes=classes),
        flag("nhsuk-input--code", on=code, classes=classes),
        "nhsuk-input--error" if frame.has_error else "",
        modifier("nhsuk-input--width-", width, CHARACTER_WIDTHS, classes),
        classes,
    )


def affix(given: Part, side: str) -> SafeString:
    """A unit or sign before or after the box; the label must say it too."""
    if not has_words(given):
        return NOTHING
    words = part(given)
    names = class_names(f"nhsuk-input-wrapper__{side}", words.get("classes", ""))
    return element(
        "div", {"class": names, "aria-hidden": "true", **words.get("attributes", {})}, words["text"]
    )


def wrapped(
    frame: Frame, pieces: list[SafeString], wrapper: Mapping[str, Any], extra: str = ""
) -> SafeString:
    """The box with what stands beside it; bare when it stands alone."""
    before, after = frame.beside("before_input"), frame.beside("after_input")
    if not (before or after or wrapper or sum(bool(piece) for piece in pieces) > 1):
        return join(pieces)
    names = class_names("nhsuk-input-wrapper", extra, wrapper.get("classes", ""))
    return element("div", {"class": names, **wrapper.get("attributes", {})}, before, *pieces, after)


def textarea(
    *,
    name: str,
    label: Part = None,
    hint: Part = None,
    error: Part | bool = None,
    id: str = "",
    value: object = None,
    rows: int = 5,
    disabled: bool | None = None,
    described_by: str = "",
    group: Mapping[str, Any] = EMPTY,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """A field of several lines, with its label, hint and error."""
    frame = Frame(id or name, label, hint, error, group, described_by)
    names = class_names(
        "nhsuk-textarea", "nhsuk-textarea--error" if frame.has_error else "", classes
    )
    box = element(
        "textarea",
        {
            "class": names,
            "id": frame.id,
            "name": name,
            "rows": rows,
            "disabled": disabled or None,
            "aria-describedby": frame.describes,
            **attributes,
        },
        "" if value is None else str(value),
    )
    return frame.around_labelled(frame.beside("before_input"), box, frame.beside("after_input"))


def select(
    *,
    name: str,
    items: Iterable[Mapping[str, Any]],
    label: Part = None,
    hint: Part = None,
    error: Part | bool = None,
    id: str = "",
    value: object = None,
    disabled: bool | None = None,
    described_by: str = "",
    group: Mapping[str, Any] = EMPTY,
    wrapper: Mapping[str, Any] = EMPTY,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """One choice from a list that opens, with its label, hint and error."""
    frame = Frame(id or name, label, hint, error, group, described_by)
    names = class_names("nhsuk-select", "nhsuk-select--error" if frame.has_error else "", classes)
    box = element(
        "select",
        {
            "class": names,
            "id": frame.id,
            "name": name,
            "disabled": disabled or None,
            "aria-describedby": frame.describes,
            **attributes,
        },
        *(option(item, chosen=value) for item in items if item),
    )
    return frame.around_labelled(wrapped(frame, [box], wrapper))


def option(item: Mapping[str, Any], *, chosen: object) -> SafeString:
    """One line of a select."""
    if item.get("divider"):
        return element("hr", {})
    value = item.get("value", item.get("text"))
    selected = item.get("selected")
    if selected is None:
        selected = bool(chosen) and value == chosen
    return element(
        "option",
        {
            "value": item.get("value"),
            "selected": bool(selected),
            "disabled": bool(item.get("disabled")),
            **item.get("attributes", {}),
        },
        item.get("text", ""),
    )


def character_count(
    *,
    name: str,
    id: str = "",
    maxlength: int | None = None,
    maxwords: int | None = None,
    threshold: int | None = None,
    count_type: str = "",
    description: str = "",
    messages: Mapping[str, Any] = EMPTY,
    message_classes: str = "",
    group: Mapping[str, Any] = EMPTY,
    classes: str = "",
    **textarea_arguments: Any,
) -> SafeString:
    """A text area that tells how much room is left."""
    field_id = id or name
    limit = maxwords or maxlength
    counted = count_type or ("words" if maxwords else None)
    own = {"textarea-description": {"other": description}} if description and not limit else {}
    attributes = {
        "data-module": "nhsuk-character-count",
        "data-maxlength": maxlength,
        "data-maxwords": maxwords,
        "data-threshold": threshold,
        "data-count-type": counted,
        **spoken_messages({**own, **messages}),
    }
    room = room_left(field_id, limit, counted, description, message_classes)
    return textarea(
        name=name,
        id=field_id,
        described_by=f"{field_id}-info",
        classes=class_names("nhsuk-js-character-count", classes),
        group=counting_group(group, attributes, room),
        **textarea_arguments,
    )


def room_left(
    field_id: str, limit: int | None, counted: str | None, description: str, classes: str
) -> SafeString:
    """How much may be typed, in words; the script rewrites them at each key."""
    unit = "words" if counted == "words" else "characters"
    says = (description or f"You can enter up to %{{count}} {unit}").replace("%{count}", str(limit))
    names = class_names("nhsuk-hint nhsuk-character-count__message", classes)
    return element(
        "div",
        {"class": names, "id": f"{field_id}-info", "hidden": not limit},
        says if limit else "",
    )


def counting_group(
    group: Mapping[str, Any], attributes: Attributes, room: SafeString
) -> dict[str, Any]:
    """The group of a text area that counts."""
    return {
        **group,
        "classes": class_names(group.get("classes", ""), "nhsuk-character-count"),
        "attributes": {**attributes, **group.get("attributes", {})},
        "after_input": join([room, part(group.get("after_input")).get("text", "")]),
    }


def spoken_messages(messages: Mapping[str, Any]) -> dict[str, str]:
    """The script's words as data attributes, by key and plural rule."""
    spoken = {}
    for key, words in messages.items():
        if isinstance(words, Mapping):
            spoken.update({f"data-i18n.{key}.{rule}": text for rule, text in words.items()})
        else:
            spoken[f"data-i18n.{key}"] = words
    return spoken
