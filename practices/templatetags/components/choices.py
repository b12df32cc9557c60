"""Radios and checkboxes: choices that are all in sight."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    part,
)
from practices.templatetags.components.text import hint as draw_hint
from practices.templatetags.components.text import label as draw_label

ONLY_SCRIPTED = "nhsuk-u-frontend-not-supported-hidden"


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
    values = (value,) if value else ()
    choices = Choices("radio", name, frame, values, disabled=bool(disabled))
    names = choices.names(small=small, inline=inline, classes=classes)
    return choices.draw(items, fieldset, {"class": names, "id": id}, attributes)


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
    # Without a fieldset there is no group to describe: each box is described by itself.
    alone = "" if fieldset else frame.describes or ""
    choices = Choices("checkbox", name, frame, tuple(values), bool(disabled), alone)
    names = choices.names(small=small, inline=inline, classes=classes)
    return choices.draw(items, fieldset, {"class": names, "id": id}, attributes)


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of one field, and what they have in common."""

    kind: str
    name: str
    frame: Frame
    values: tuple[object, ...] = ()
    disabled: bool = False
    described_by: str = ""

    @property
    def family(self) -> str:
        """What NHS.UK calls the group."""
        return "nhsuk-radios" if self.kind == "radio" else "nhsuk-checkboxes"

    def names(self, *, small: bool, inline: bool, classes: str) -> str:
        """The classes of the box that holds the choices."""
        return class_names(
            self.family,
            flag(f"{self.family}--small", on=small, classes=classes),
            flag(f"{self.family}--inline", on=inline, classes=classes),
            classes,
        )

    def draw(
        self,
        items: Iterable[Mapping[str, Any]],
        fieldset: Mapping[str, Any],
        own: Attributes,
        attributes: Attributes,
    ) -> SafeString:
        """The whole group, in a fieldset where one is asked for."""
        drawn = [self.line(item, number) for number, item in enumerate(items, start=1) if item]
        box = element(
            "div",
            {**own, "data-module": self.family, **attributes},
            self.frame.beside("before_inputs"),
            *drawn,
            self.frame.beside("after_inputs"),
        )
        return self.frame.around(self.frame.asking(fieldset, box))

    def line(self, item: Mapping[str, Any], number: int) -> SafeString:
        """One choice with its label, its hint and what opens below it; or a divider."""
        extra = ONLY_SCRIPTED if item.get("behaviour") == "inclusive" else ""
        if item.get("divider"):
            names = class_names(f"{self.family}__divider", extra)
            return element("div", {"class": names}, item["divider"])
        # The first has no number, so that an error can link to it.
        usual_id = self.frame.id if number == 1 else f"{self.frame.id}-{number}"
        item_id = item.get("id") or usual_id
        hint = {"id": f"{item_id}-item-hint", **part(item.get("hint"))}
        row = element(
            "div",
            {"class": class_names(f"{self.family}__item", extra)},
            self.box(item, item_id, hint),
            self.label(item, item_id),
            self.hint(hint),
        )
        return join([row, self.revealed(item, item_id)])

    def box(self, item: Mapping[str, Any], item_id: str, hint: Mapping[str, Any]) -> SafeString:
        """The box or button itself."""
        off = item.get("disabled")
        described = class_names(self.described_by, hint["id"] if has_words(hint) else "")
        own = {
            "class": class_names(f"{self.family}__input", item.get("classes", "")),
            "id": item_id,
            "name": item.get("name") or self.name,
            "type": self.kind,
            "value": item.get("value", ""),
            "checked": self.is_made(item),
            "disabled": bool(self.disabled if off is None else off),
            "data-behaviour": item.get("behaviour"),
            "data-behaviour-group": item.get("behaviour_group"),
            "data-aria-controls": f"conditional-{item_id}" if self.opens(item) else None,
            "aria-describedby": described or None,
        }
        return element("input", {**own, **item.get("attributes", {})})

    def is_made(self, item: Mapping[str, Any]) -> bool:
        """Whether the choice is made, by its own word or by the values of the field."""
        own = item.get("checked")
        return bool(own) or (own is None and item.get("value") in self.values)

    def opens(self, item: Mapping[str, Any]) -> str:
        """What the choice opens when it is made."""
        return part(item.get("conditional")).get("text", "")

    def revealed(self, item: Mapping[str, Any], item_id: str) -> SafeString:
        """What the choice opens, hidden until it is made."""
        inner = self.opens(item)
        if not inner:
            return NOTHING
        base = f"{self.family}__conditional"
        names = class_names(base, flag(f"{base}--hidden", on=not self.is_made(item)))
        return element("div", {"class": names, "id": f"conditional-{item_id}"}, inner)

    def label(self, item: Mapping[str, Any], item_id: str) -> SafeString:
        """The words of a choice."""
        given = {"text": item.get("text", ""), **part(item.get("label"))}
        names = class_names(f"{self.family}__label", given.pop("classes", ""))
        return draw_label(for_=item_id, classes=names, **given)

    def hint(self, hint: Mapping[str, Any]) -> SafeString:
        """The grey line below a choice, where there is one."""
        if not has_words(hint):
            return NOTHING
        names = class_names(f"{self.family}__hint", hint.get("classes", ""))
        return draw_hint(**{**hint, "classes": names})
