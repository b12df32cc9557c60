"""What a page is made of: the NHS.UK components and our own, as template tags.

The library is loaded everywhere; a template needs no `{% load %}`. All arguments are named, and a
wrong name fails when the template is compiled. Text is escaped; only a SafeString is HTML. Tags
with an end take HTML between the two. A page:

    {% extends "base.html" %}
    {% block title %}Find the patient{% endblock %}
    {% block beforeContent %}{% nhs_back_link href=back_url %}{% endblock %}
    {% block content %}
      {% nhs_error_summary form=form %}                  first, so that focus goes there
      <h1 class="nhsuk-heading-l">Find the patient</h1>
      <form method="post" novalidate>{% csrf_token %}
        {% nhs_field field=form.name %}                  or {% nhs_fields form=form %}
        {% nhs_button text="Find" prevent_double_click=True %}
      </form>
      {% nhs_table caption="Waiting" head=page.head rows=page.rows compact=True %}
      {% nhs_inset %}<p>Nothing is booked yet.</p>{% endnhs_inset %}
      {% nhs_tag text="Urgent" colour="red" %}
    {% endblock %}

Rows, heads, summary rows and items come from a presenter as lists of words or of mappings whose
keys are the options of the NHS.UK macro in Python's spelling (`{"text": "7", "format":
"numeric"}`). docs/COMPONENTS.md has the list and more examples; the gallery shows them all.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.defaulttags import CsrfTokenNode
from django.utils.choices import flatten_choices
from django.utils.html import format_html
from django.utils.safestring import SafeString

from practices.templatetags.components import (
    boxes,
    buttons,
    cards,
    charts,
    choices,
    dates,
    fields,
    lists,
    measures,
    paging,
    patients,
    scroll,
    tables,
    text,
    undo,
)
from practices.templatetags.components import form as drawn_form
from practices.templatetags.components.html import NOTHING
from practices.whose import NAME, stamp

register = template.Library()

SIMPLE = {
    "nhs_action_link": buttons.action_link,
    "nhs_back_link": buttons.back_link,
    "nhs_breadcrumb": lists.breadcrumb,
    "nhs_button": buttons.button,
    "nhs_character_count": fields.character_count,
    "nhs_checkboxes": choices.checkboxes,
    "nhs_date_input": dates.date_input,
    "nhs_error_message": text.error_message,
    "nhs_field": drawn_form.form_field,
    "nhs_fields": drawn_form.form_fields,
    "nhs_heading": text.heading,
    "nhs_hint": text.hint,
    "nhs_input": fields.text_input,
    "nhs_label": text.label,
    "nhs_pagination": paging.pagination,
    "nhs_panel": boxes.panel,
    "nhs_radios": choices.radios,
    "nhs_select": fields.select,
    "nhs_skip_link": buttons.skip_link,
    "nhs_summary_list": lists.summary_list,
    "nhs_table": tables.table,
    "nhs_tabs": lists.tabs,
    "nhs_tag": boxes.tag,
    "nhs_textarea": fields.textarea,
    "hourly_chart": charts.hourly_chart,
    "meter": measures.meter,
    "patient_banner": patients.patient_banner,
    "phone_link": patients.phone_link,
    "priority_tag": measures.priority_tag,
    "time_left": measures.time_left,
    "undo_offer": undo.undo_offer,
}


class FormToken(CsrfTokenNode):
    """Django's own token, and for whom the form was drawn."""

    def render(self, context: template.Context) -> SafeString:
        token = super().render(context)
        mark = stamp(context["request"]) if token and "request" in context else ""
        field = '{}<input type="hidden" name="{}" value="{}">'
        return format_html(field, token, NAME, mark) if mark else token


@register.tag
def csrf_token(parser: template.base.Parser, token: template.base.Token) -> FormToken:
    """Stands in each form that is sent, in the place of Django's tag of that name.

    What is sent after the session has ended then goes back to its writer and to nobody else.
    """
    return FormToken()


for name, component in SIMPLE.items():
    register.simple_tag(component, name=name)


@register.filter
def typed_words(field: BoundField) -> str:
    """What stands in a field, as its writer read it: the words of a choice and not its code."""
    value = field.value()
    words = {str(key): said for key, said in flatten_choices(getattr(field.field, "choices", ()))}
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(str(words.get(str(one), one)) for one in chosen)


@register.simple_tag
def nhs_error_summary(
    *, form: forms.BaseForm | None = None, errors: Iterable[Mapping[str, Any]] = ()
) -> SafeString:
    """All that is wrong with a form, or the given errors; nothing when all is well."""
    if form is not None:
        return drawn_form.form_errors(form=form)
    listed = list(errors)
    return boxes.error_summary(errors=listed) if listed else NOTHING


@register.simple_block_tag
def nhs_card(
    content: str,
    *,
    heading: str = "",
    level: int = 2,
    variant: str = "",
    id: str | None = None,
    classes: str = "",
) -> SafeString:
    """A box of its own. `variant` may be a care card: "urgent", "emergency", "non-urgent"."""
    return cards.card(
        heading={"text": heading, "level": level} if heading else None,
        text=content,
        variant=variant,
        id=id,
        classes=classes,
    )


@register.simple_block_tag
def nhs_details(
    content: str, *, summary: str, open: bool = False, id: str | None = None, classes: str = ""
) -> SafeString:
    """Words that only some people need, behind a line that opens them."""
    return boxes.details(summary=summary, text=content, open=open, id=id, classes=classes)


@register.simple_block_tag
def nhs_fieldset(
    content: str, *, legend: str, size: str = "m", described_by: str = ""
) -> SafeString:
    """Fields that answer one question together."""
    return text.fieldset(
        legend={"text": legend, "size": size}, text=content, described_by=described_by
    )


@register.simple_block_tag
def nhs_inset(content: str, *, id: str | None = None, classes: str = "") -> SafeString:
    """Words set in from the text round them."""
    return boxes.inset_text(text=content, id=id, classes=classes)


@register.simple_block_tag
def nhs_banner(
    content: str,
    *,
    title: str = "",
    heading: str = "",
    variant: str = "",
    disable_auto_focus: bool | None = None,
) -> SafeString:
    """Something to know that is not about this page; variant "success": the last step worked."""
    return boxes.notification_banner(
        text=content,
        title=title,
        heading=heading,
        variant=variant,
        disable_auto_focus=disable_auto_focus,
    )


@register.simple_block_tag
def nhs_warning(content: str, *, heading: str, level: int = 3) -> SafeString:
    """A yellow box: read this before you go on."""
    return cards.warning_callout(heading={"text": heading, "level": level}, text=content)


@register.simple_block_tag
def nhs_scroll(content: str, *, labelled_by: str) -> SafeString:
    """A wide thing that scrolls sideways by itself; `labelled_by` is the id of its name."""
    return scroll.scrolled(text=content, labelled_by=labelled_by)
