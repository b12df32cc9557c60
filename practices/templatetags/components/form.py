"""Django's form fields as NHS.UK components.

Django and crispy say `aria-describedby="id_x_helptext id_x_error"`: our hints and errors have
exactly these ids.
"""

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe

from practices.templatetags.components.boxes import error_summary
from practices.templatetags.components.html import NOTHING, join
from practices.templatetags.components.widgets import DRAWINGS, draw_otherwise

# Django's own words: they say what is wrong, and not what to do.
SAYS_NOTHING = (
    forms.Field.default_error_messages["required"],
    forms.ChoiceField.default_error_messages["invalid_choice"],
    forms.MultipleChoiceField.default_error_messages["invalid_choice"],
    forms.MultipleChoiceField.default_error_messages["invalid_list"],
)


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
    return what_is_missing(field) if error.message in SAYS_NOTHING else field.errors[0]


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
