"""Django's form fields as NHS.UK components.

Django and crispy say `aria-describedby="id_x_helptext id_x_error"`: our hints and errors have
exactly these ids.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString, mark_safe

from practices.templatetags.components.boxes import error_summary
from practices.templatetags.components.choices import checkboxes, radios
from practices.templatetags.components.dates import date_input
from practices.templatetags.components.fields import (
    Frame,
    character_count,
    select,
    text_input,
    textarea,
)
from practices.templatetags.components.html import NOTHING, join

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


def form_field(*, field: BoundField, label_size: str = "s") -> SafeString:
    """One field of a form: label, hint, error and the control that its widget names."""
    if field.is_hidden:
        return SafeString(field)
    shared = {
        "hint": {"text": hint_of(field), "id": f"{field.auto_id}_helptext"},
        "error": {"text": first_error(field), "id": f"{field.auto_id}_error"},
    }
    for widget_class, draw in DRAWINGS:
        if isinstance(field.field.widget, widget_class):
            return draw(field, shared, label_size)
    return draw_otherwise(field, shared, label_size)


def hint_of(field: BoundField) -> str:
    """The help text, which may be markup only where our own code marked it so."""
    return field.help_text or ""


def first_error(field: BoundField) -> str:
    """One thing at a time: the first error says what to do."""
    if not field.errors:
        return ""
    error = field.form.errors.as_data()[field.name][0]
    says_nothing = error.message == forms.Field.default_error_messages["required"]
    return what_is_missing(field) if says_nothing else field.errors[0]


def what_is_missing(field: BoundField) -> str:
    """What to do about an empty field whose form has no better words."""
    label = str(field.label)
    if label.endswith("?"):
        return "Answer the question"
    if isinstance(field.field.widget, forms.CheckboxInput):
        return f"Tick the box if this is so: {label}"
    verb = "Choose" if hasattr(field.field, "choices") else "Enter"
    keep = label[:2].isupper() or label.startswith(("GP", "NHS"))
    return f"{verb} {label if keep else label[:1].lower() + label[1:]}"


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
    return frame.around(frame.labelled(), frame.messages(), field.as_widget(attrs=attrs))


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


def form_errors(*, form: forms.BaseForm) -> SafeString:
    """All that is wrong with a form, each linked to its field; nothing when all is well."""
    if not form.errors:
        return NOTHING
    lines = [{"text": words} for words in form.non_field_errors()]
    lines += [
        {"text": first_error(field), "href": f"#{first_control(field)}"}
        for field in form
        if field.errors
    ]
    return error_summary(errors=lines)


def first_control(field: BoundField) -> str:
    """The id of the control where the person should start."""
    names = getattr(field.field.widget, "widgets_names", None)
    return f"{field.auto_id}{names[0]}" if names else field.auto_id


def form_fields(*, form: forms.BaseForm, label_size: str = "s") -> SafeString:
    """All fields of a form in order, the hidden ones first."""
    hidden_ones = [mark_safe(str(field)) for field in form.hidden_fields()]  # noqa: S308 Django's own markup
    drawn = [form_field(field=field, label_size=label_size) for field in form.visible_fields()]
    return join([*hidden_ones, *drawn])
