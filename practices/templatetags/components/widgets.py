"""How each widget of Django is drawn."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString

from practices.templatetags.components.choices import checkboxes, radios
from practices.templatetags.components.dates import date_input
from practices.templatetags.components.fields import (
    character_count,
    select,
    text_input,
    textarea,
)
from practices.templatetags.components.frame import Frame

Drawing = Callable[[BoundField, Mapping[str, Any], str], SafeString]
OURS = (
    "class",
    "width",
    "prefix",
    "suffix",
    "small",
    "inline",
    "threshold",
    "rows",
    "cols",
    "required",
    "maxlength",
    "aria-describedby",
    "aria-invalid",
    "id",
    "placeholder",
)
"""Widget attributes that choose the look, or that the components write themselves."""


def passed_on(field: BoundField) -> dict[str, Any]:
    """The widget's attributes that belong on the control itself."""
    attrs = {**field.field.widget.attrs, **field.field.widget_attrs(field.field.widget)}
    return {name: value for name, value in attrs.items() if name not in OURS}


def chosen_look(field: BoundField, *names: str) -> dict[str, Any]:
    """The widget's attributes that choose the look."""
    attrs = field.field.widget.attrs
    return {name: attrs[name] for name in names if name in attrs}


def typed(field: BoundField) -> Any:
    """What stands in the field, as the widget writes it."""
    return field.field.widget.format_value(field.value())


def draw_text(field: BoundField, shared: Mapping[str, Any], size: str) -> SafeString:
    """A field of one line."""
    widget = field.field.widget
    secret = isinstance(widget, forms.PasswordInput) and not widget.render_value
    return text_input(
        name=field.html_name,
        id=field.auto_id,
        type=widget.input_type,
        value=None if secret else typed(field),
        label={"text": field.label, "size": size},
        classes=widget.attrs.get("class", ""),
        disabled=field.field.disabled,
        attributes=passed_on(field),
        **chosen_look(field, "width", "prefix", "suffix"),
        **shared,
    )


def draw_textarea(field: BoundField, shared: Mapping[str, Any], size: str) -> SafeString:
    """A field of several lines; with a limit it counts."""
    limit = getattr(field.field, "max_length", None)
    settings: dict[str, Any] = {
        "name": field.html_name,
        "id": field.auto_id,
        "value": typed(field),
        "label": {"text": field.label, "size": size},
        "disabled": field.field.disabled,
        "rows": field.field.widget.attrs.get("rows", 5),
        "classes": field.field.widget.attrs.get("class", ""),
        "attributes": passed_on(field),
        **shared,
    }
    if limit:
        return character_count(maxlength=limit, **chosen_look(field, "threshold"), **settings)
    return textarea(**settings)


def options_of(field: BoundField) -> list[dict[str, Any]]:
    """The choices of a field, each with whether it is made."""
    widget = field.field.widget
    value = widget.format_value(field.value())
    return [
        {"value": choice["value"], "text": str(choice["label"]), "made": choice["selected"]}
        for _, group, _ in widget.optgroups(field.html_name, value)
        for choice in group
    ]


def draw_select(field: BoundField, shared: Mapping[str, Any], size: str) -> SafeString:
    """A list that opens; groups of choices are drawn by Django."""
    if field.field.widget.allow_multiple_selected or grouped(field):
        return draw_otherwise(field, shared, size)
    items = [
        {"value": str(one["value"]), "text": one["text"], "selected": one["made"]}
        for one in options_of(field)
    ]
    return select(
        name=field.html_name,
        id=field.auto_id,
        items=items,
        label={"text": field.label, "size": size},
        disabled=field.field.disabled,
        classes=field.field.widget.attrs.get("class", ""),
        attributes=passed_on(field),
        **shared,
    )


def grouped(field: BoundField) -> bool:
    """Whether the choices come in groups with names."""
    return any(isinstance(label, list | tuple) for _, label in field.field.choices)


def choice_items(field: BoundField) -> list[dict[str, Any]]:
    """The choices as radios or checkboxes."""
    return [
        {"value": str(one["value"]), "text": one["text"], "checked": one["made"]}
        for one in options_of(field)
        if one["value"] != ""
    ]


def asked(field: BoundField, size: str) -> dict[str, Any]:
    """The fieldset that asks the question of a group."""
    return {"legend": {"text": field.label, "size": size}}


def draw_radios(field: BoundField, shared: Mapping[str, Any], size: str) -> SafeString:
    """One choice of a few, all in sight."""
    return radios(
        name=field.html_name,
        id_prefix=field.auto_id,
        items=choice_items(field),
        fieldset=asked(field, size),
        disabled=field.field.disabled,
        **chosen_look(field, "small", "inline"),
        **shared,
    )


def draw_checkboxes(field: BoundField, shared: Mapping[str, Any], size: str) -> SafeString:
    """Any number of choices, all in sight."""
    return checkboxes(
        name=field.html_name,
        id_prefix=field.auto_id,
        items=choice_items(field),
        fieldset=asked(field, size),
        disabled=field.field.disabled,
        **chosen_look(field, "small", "inline"),
        **shared,
    )


def draw_checkbox(field: BoundField, shared: Mapping[str, Any], _size: str) -> SafeString:
    """Yes, or not ticked; the label stands beside the box."""
    item = {
        "value": "on",
        "text": field.label,
        "checked": bool(field.value()),
        "attributes": passed_on(field),
    }
    return checkboxes(
        name=field.html_name,
        id_prefix=field.auto_id,
        items=[item],
        disabled=field.field.disabled,
        **chosen_look(field, "small"),
        **shared,
    )


def draw_date(field: BoundField, shared: Mapping[str, Any], size: str) -> SafeString:
    """Day, month and year in three boxes."""
    value = field.value()
    widget = field.field.widget
    if list(widget.widgets_names) != ["_day", "_month", "_year"]:
        return draw_otherwise(field, shared, size)
    numbers = value if isinstance(value, list) else widget.decompress(value)
    items = [
        {
            "name": f"{field.html_name}{suffix}",
            "id": f"{field.auto_id}{suffix}",
            "label": suffix.strip("_").capitalize(),
            "width": 4 if suffix == "_year" else 2,
            "value": number,
        }
        for suffix, number in zip(widget.widgets_names, numbers, strict=True)
    ]
    return date_input(
        id=field.auto_id,
        items=items,
        fieldset=asked(field, size),
        disabled=field.field.disabled,
        **shared,
    )


def draw_otherwise(field: BoundField, shared: Mapping[str, Any], size: str) -> SafeString:
    """Any other widget as Django draws it, in the NHS.UK frame."""
    frame = Frame(
        field.id_for_label or field.auto_id,
        {"text": field.label, "size": size},
        shared["hint"],
        shared["error"],
    )
    attrs = {"class": WIDGET_CLASSES.get(type(field.field.widget), "nhsuk-input")}
    return frame.around_labelled(field.as_widget(attrs=attrs))


WIDGET_CLASSES: dict[type[forms.Widget], str] = {
    forms.Select: "nhsuk-select",
    forms.SelectMultiple: "nhsuk-select",
    forms.FileInput: "nhsuk-file-upload",
    forms.ClearableFileInput: "nhsuk-file-upload",
}
DRAWINGS: tuple[tuple[type[forms.Widget], Drawing], ...] = (
    (forms.FileInput, draw_otherwise),
    (forms.Textarea, draw_textarea),
    (forms.CheckboxSelectMultiple, draw_checkboxes),
    (forms.RadioSelect, draw_radios),
    (forms.Select, draw_select),
    (forms.CheckboxInput, draw_checkbox),
    (forms.MultiWidget, draw_date),
    (Input, draw_text),
)
"""The first that fits draws; subclasses therefore stand before their parents."""
