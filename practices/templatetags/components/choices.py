"""Radios and checkboxes: choices that are all in sight."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from practices.templatetags.components.fields import Frame
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
    part,
)
from practices.templatetags.components.text import fieldset as draw_fieldset
from practices.templatetags.components.text import hint as draw_hint
from practices.templatetags.components.text import label as draw_label


def radios(
    *,
    name: str,
    items: Iterable[Mapping[str, Any]],
    fieldset: Mapping[str, Any] = EMPTY,
    hint: Part = None,
    error: Part | bool = None,
    id: str | None = None,
    id_prefix: str = "",
    value: object = None,
    small: bool = False,
    inline: bool = False,
    disabled: bool | None = None,
    group: Mapping[str, Any] = EMPTY,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """One choice of a few."""
    frame = Frame(id_prefix or name, None, hint, error, group, fieldset.get("described_by", ""))
    drawn = [
        item_of(
            "radio",
            item,
            name=name,
            item_id=numbered(frame.id, item, number),
            chosen=chosen(item, [value] if value else []),
            disabled=disabled,
        )
        for number, item in enumerate(items, start=1)
        if item
    ]
    return choices(
        frame,
        drawn,
        fieldset,
        {
            "class": box_names("radios", small=small, inline=inline, classes=classes),
            "id": id,
            "data-module": "nhsuk-radios",
            **attributes,
        },
    )


def checkboxes(
    *,
    name: str = "",
    items: Iterable[Mapping[str, Any]],
    fieldset: Mapping[str, Any] = EMPTY,
    hint: Part = None,
    error: Part | bool = None,
    id: str | None = None,
    id_prefix: str = "",
    values: Iterable[object] = (),
    described_by: str = "",
    small: bool = False,
    inline: bool = False,
    disabled: bool | None = None,
    group: Mapping[str, Any] = EMPTY,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """Any number of choices of a few."""
    described = fieldset.get("described_by") or described_by
    frame = Frame(id_prefix or name, None, hint, error, group, described)
    alone = "" if fieldset else frame.describes or ""
    drawn = [
        item_of(
            "checkbox",
            item,
            name=item.get("name") or name,
            item_id=numbered(frame.id, item, number),
            chosen=chosen(item, list(values)),
            disabled=disabled,
            described_by=alone,
        )
        for number, item in enumerate(items, start=1)
        if item
    ]
    return choices(
        frame,
        drawn,
        fieldset,
        {
            "class": box_names("checkboxes", small=small, inline=inline, classes=classes),
            "id": id,
            "data-module": "nhsuk-checkboxes",
            **attributes,
        },
    )


def choices(
    frame: Frame, drawn: list[SafeString], fieldset: Mapping[str, Any], attributes: Attributes
) -> SafeString:
    """The group of choices, in a fieldset where one is asked for."""
    box = element(
        "div", attributes, frame.beside("before_inputs"), *drawn, frame.beside("after_inputs")
    )
    inner = join([frame.messages(), box])
    if not fieldset:
        return frame.around(inner)
    asked = {key: given for key, given in fieldset.items() if key not in ("legend", "described_by")}
    return frame.around(
        draw_fieldset(
            legend=fieldset.get("legend"),
            text=inner,
            described_by=frame.describes or "",
            **asked,
        )
    )


def box_names(kind: str, *, small: bool, inline: bool, classes: str) -> str:
    """The classes of the box that holds the choices."""
    return class_names(
        f"nhsuk-{kind}",
        flag(f"nhsuk-{kind}--small", on=small, classes=classes),
        flag(f"nhsuk-{kind}--inline", on=inline, classes=classes),
        classes,
    )


def numbered(prefix: str, item: Mapping[str, Any], number: int) -> str:
    """The id of a choice; the first has no number, so that an error can link to it."""
    return item.get("id") or (prefix if number == 1 else f"{prefix}-{number}")


def chosen(item: Mapping[str, Any], values: list[object]) -> bool:
    """Whether the choice is made, by its own word or by the values of the field."""
    own = item.get("checked")
    return bool(own) or (own is None and item.get("value") in values)


def item_of(
    kind: str,
    item: Mapping[str, Any],
    *,
    name: str,
    item_id: str,
    chosen: bool,
    disabled: bool | None,
    described_by: str = "",
) -> SafeString:
    """One choice with its label, its hint and what opens below it."""
    family = "radios" if kind == "radio" else "checkboxes"
    only_scripted = "nhsuk-u-frontend-not-supported-hidden"
    extra = only_scripted if item.get("behaviour") == "inclusive" else ""
    if item.get("divider"):
        return element(
            "div", {"class": class_names(f"nhsuk-{family}__divider", extra)}, item["divider"]
        )
    hint = {"id": f"{item_id}-item-hint", **part(item.get("hint"))}
    opens = part(item.get("conditional")).get("text")
    off = item.get("disabled")
    box = element(
        "input",
        {
            "class": class_names(f"nhsuk-{family}__input", item.get("classes", "")),
            "id": item_id,
            "name": name,
            "type": kind,
            "value": item.get("value", ""),
            "checked": chosen,
            "disabled": bool(off or (off is None and disabled)),
            "data-behaviour": item.get("behaviour"),
            "data-behaviour-group": item.get("behaviour_group"),
            "data-aria-controls": f"conditional-{item_id}" if opens else None,
            "aria-describedby": class_names(described_by, hint["id"] if has_words(hint) else "")
            or None,
            **item.get("attributes", {}),
        },
    )
    row = element(
        "div",
        {"class": class_names(f"nhsuk-{family}__item", extra)},
        box,
        item_label(item, family, item_id),
        item_hint(hint, family),
    )
    return join([row, revealed(opens, family, item_id, shown=chosen)])


def item_label(item: Mapping[str, Any], family: str, item_id: str) -> SafeString:
    """The words of a choice."""
    given = {"text": item.get("text", ""), **part(item.get("label"))}
    names = class_names(f"nhsuk-{family}__label", given.pop("classes", ""))
    return draw_label(for_=item_id, classes=names, **given)


def item_hint(hint: dict[str, Any], family: str) -> SafeString:
    """The grey line below a choice, where there is one."""
    if not has_words(hint):
        return NOTHING
    return draw_hint(
        **{**hint, "classes": class_names(f"nhsuk-{family}__hint", hint.get("classes", ""))}
    )


def revealed(opens: str | None, family: str, item_id: str, *, shown: bool) -> SafeString:
    """What a choice opens when it is made."""
    if not opens:
        return NOTHING
    base = f"nhsuk-{family}__conditional"
    return element(
        "div",
        {
            "class": class_names(base, "" if shown else f"{base}--hidden"),
            "id": f"conditional-{item_id}",
        },
        opens,
    )
