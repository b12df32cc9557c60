"""Fields of one line or many: text input, text area, select, character count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    has_words,
    join,
    modifier,
    part,
)
from practices.templatetags.components.text import error_message, hint, label

CHARACTER_WIDTHS = ("2", "3", "4", "5", "10", "20", "30")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round every field: label, hint, error and the group that holds them."""

    id: str
    label: Part = None
    hint: Part = None
    error: Part | bool = None
    group: Mapping[str, Any] = field(default_factory=dict)
    described_by: str = ""

    @property
    def has_error(self) -> bool:
        """Whether the field is wrong, with or without words of its own."""
        return self.error is True or (not isinstance(self.error, bool) and has_words(self.error))

    @property
    def hint_arguments(self) -> dict[str, Any]:
        return {"id": f"{self.id}-hint", **part(self.hint)} if has_words(self.hint) else {}

    @property
    def error_arguments(self) -> dict[str, Any]:
        if isinstance(self.error, bool) or not has_words(self.error):
            return {}
        return {"id": f"{self.id}-error", **part(self.error)}

    @property
    def describes(self) -> str | None:
        """The ids that describe the field, in reading order."""
        ids = (self.described_by, self.hint_arguments.get("id"), self.error_arguments.get("id"))
        return " ".join(one for one in ids if one) or None

    def messages(self) -> SafeString:
        """The hint and the error, where there are any."""
        return join(
            [
                hint(**self.hint_arguments) if self.hint_arguments else NOTHING,
                error_message(**self.error_arguments) if self.error_arguments else NOTHING,
            ]
        )

    def around(self, *inner: str, wrong: bool = False) -> SafeString:
        """The whole group."""
        error = "nhsuk-form-group--error" if self.has_error or wrong else ""
        names = class_names("nhsuk-form-group", error, self.group.get("classes", ""))
        return element("div", {"class": names, **self.group.get("attributes", {})}, *inner)

    def labelled(self) -> SafeString:
        """The label, tied to the field."""
        return label(**{"for_": self.id, **part(self.label)})

    def beside(self, place: str) -> str:
        """What the group puts before or after the field."""
        return part(self.group.get(place)).get("text", "")


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
    box = element(
        "input",
        {
            "class": input_names(frame, width=width, large=large, code=code, classes=classes),
            "id": frame.id,
            "name": name,
            "type": type,
            "value": value,
            "disabled": disabled or None,
            "aria-describedby": frame.describes,
            **attributes,
        },
    )
    beside = [affix(prefix, "prefix"), box, affix(suffix, "suffix")]
    return frame.around(
        frame.labelled(),
        frame.messages(),
        wrapped(frame, beside, wrapper, flag("nhsuk-input-wrapper--large", on=large)),
    )


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
    return frame.around(
        frame.labelled(),
        frame.messages(),
        frame.beside("before_input"),
        box,
        frame.beside("after_input"),
    )


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
    return frame.around(frame.labelled(), frame.messages(), wrapped(frame, [box], wrapper))


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
    unit = "words" if counted == "words" else "characters"
    says = (description or f"You can enter up to %{{count}} {unit}").replace("%{count}", str(limit))
    message = element(
        "div",
        {
            "class": class_names("nhsuk-hint nhsuk-character-count__message", message_classes),
            "id": f"{field_id}-info",
            "hidden": not limit,
        },
        says if limit else "",
    )
    own = {"textarea-description": {"other": description}} if description and not limit else {}
    attributes = {
        "data-module": "nhsuk-character-count",
        "data-maxlength": maxlength,
        "data-maxwords": maxwords,
        "data-threshold": threshold,
        "data-count-type": counted,
        **spoken_messages({**own, **messages}),
        **group.get("attributes", {}),
    }
    return textarea(
        name=name,
        id=field_id,
        described_by=f"{field_id}-info",
        classes=class_names("nhsuk-js-character-count", classes),
        group={
            **group,
            "classes": class_names(group.get("classes", ""), "nhsuk-character-count"),
            "attributes": attributes,
            "after_input": join([message, part(group.get("after_input")).get("text", "")]),
        },
        **textarea_arguments,
    )


def spoken_messages(messages: Mapping[str, Any]) -> dict[str, str]:
    """The script's words as data attributes, by key and plural rule."""
    spoken = {}
    for key, words in messages.items():
        if isinstance(words, Mapping):
            spoken.update({f"data-i18n.{key}.{rule}": text for rule, text in words.items()})
        else:
            spoken[f"data-i18n.{key}"] = words
    return spoken
