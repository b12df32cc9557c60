"""A date in three boxes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from practices.templatetags.components.fields import text_input
from practices.templatetags.components.frame import Frame
from practices.templatetags.components.html import (
    EMPTY,
    Attributes,
    Part,
    class_names,
    element,
    part,
)

Box = Mapping[str, Any] | bool | None
WIDTHS = {"day": 2, "month": 2, "year": 4}


def date_input(
    *,
    id: str = "",
    items: Iterable[Mapping[str, Any]] = (),
    day: Box = None,
    month: Box = None,
    year: Box = None,
    values: Mapping[str, Any] = EMPTY,
    name_prefix: str = "",
    fieldset: Mapping[str, Any] = EMPTY,
    hint: Part = None,
    error: Part | bool = None,
    disabled: bool | None = None,
    group: Mapping[str, Any] = EMPTY,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """Day, month and year, typed; a box that is False is left out."""
    frame = Frame(id, None, hint, error, group, fieldset.get("described_by", ""))
    named = {"day": day, "month": month, "year": year}
    boxes = [item for item in items if item] or usual_boxes(named)
    any_wrong = any(is_wrong(item) for item in boxes)
    shared = {
        "id": id,
        "values": values,
        "name_prefix": name_prefix,
        "disabled": disabled,
        "wrong": frame.has_error and not any_wrong,
    }
    box = element(
        "div",
        {"class": class_names("nhsuk-date-input", classes), "id": id or None, **attributes},
        frame.beside("before_inputs"),
        *(date_box(item, **shared) for item in boxes),
        frame.beside("after_inputs"),
    )
    return frame.around(frame.asking(fieldset, box, role="group"), wrong=any_wrong)


def usual_boxes(given: Mapping[str, Box]) -> list[Mapping[str, Any]]:
    """Day, month and year as far as they were not turned off."""
    return [
        {"name": name, "width": WIDTHS[name], **(box if isinstance(box, Mapping) else {})}
        for name, box in given.items()
        if box is not False
    ]


def is_wrong(item: Mapping[str, Any]) -> bool:
    """Whether this box is the one that is wrong."""
    return bool(item.get("error")) or "nhsuk-input--error" in item.get("classes", "")


def date_box(
    item: Mapping[str, Any],
    *,
    id: str,
    values: Mapping[str, Any],
    name_prefix: str,
    disabled: bool | None,
    wrong: bool,
) -> SafeString:
    """One of the three boxes with its label."""
    name = item.get("name", "")
    given = {"text": name.capitalize(), **part(item.get("label"))}
    given["classes"] = class_names("nhsuk-date-input__label", given.get("classes", ""))
    classes = item.get("classes", "")
    red = "nhsuk-input--error" not in classes and (
        bool(item.get("error")) or (wrong and item.get("error") is not False)
    )
    box = text_input(
        name=f"{name_prefix}[{name}]" if name_prefix else name,
        id=item.get("id") or f"{id}-{name}",
        label=given,
        error=red,
        value=item.get("value", values.get(name)),
        width=item.get("width", WIDTHS.get(name, 2)),
        disabled=item.get("disabled", disabled),
        prefix=item.get("prefix"),
        suffix=item.get("suffix"),
        described_by=item.get("described_by", ""),
        classes=class_names("nhsuk-date-input__input", classes),
        attributes={"inputmode": "numeric", **item.get("attributes", {})},
    )
    return element("div", {"class": "nhsuk-date-input__item"}, box)
