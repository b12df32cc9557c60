"""A form on a page: what is asked, what is wrong, and what a screen reader hears of both."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template

from practices.form_fields import DayField
from practices.templatetags.components.form import form_errors, form_field, form_fields
from tests.pages.markup import elements

MODES = [("phone", "Phone"), ("video", "Video")]


class Ask(forms.Form):
    words = forms.CharField(
        label="The patient’s own words", max_length=20, widget=forms.Textarea(attrs={"rows": 2})
    )
    number = forms.CharField(
        label="NHS number",
        help_text="10 digits",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    born = DayField(label="Date of birth", what="the date of birth")
    mode = forms.ChoiceField(label="How?", choices=MODES, widget=forms.RadioSelect)
    day = forms.ChoiceField(label="Day", choices=[("", "Choose"), ("1", "Today")])
    needs = forms.MultipleChoiceField(
        label="Needs",
        choices=[("a", "Step-free"), ("b", "Carer")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agrees = forms.BooleanField(label="The patient agrees")
    draft = forms.CharField(widget=forms.HiddenInput, required=False)


GOOD = {
    "words": "sore <throat>",
    "number": "9990123456",
    "born_day": "27",
    "born_month": "3",
    "born_year": "1984",
    "mode": "video",
    "day": "1",
    "needs": ["b"],
    "agrees": "on",
}


def test_the_field_is_described_by_its_hint_and_its_error():
    form = Ask({})

    markup = form_field(field=form["number"])

    assert elements(markup, "input")[0]["aria-describedby"] == "id_number_helptext id_number_error"
    assert 'id="id_number_helptext"' in markup
    assert 'id="id_number_error"' in markup
    assert elements(markup, "label")[0]["for"] == elements(markup, "input")[0]["id"] == "id_number"


def test_what_was_typed_is_kept_and_escaped():
    form = Ask({"words": "<script>alert(1)</script>", "number": '"><b>'})

    markup = form_fields(form=form)

    assert "<script>" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in markup
    assert elements(markup, "input")[1]["value"] == '"><b>'


def test_every_error_links_to_the_control_where_one_starts():
    form = Ask({})

    links = [link["href"] for link in elements(form_errors(form=form), "a")]

    assert links == ["#id_words", "#id_number", "#id_born_day", "#id_mode", "#id_day", "#id_agrees"]
    drawn = form_fields(form=form)
    assert [link for link in links if f'id="{link[1:]}"' not in drawn] == []


def test_errors_say_what_to_do():
    form = Ask({})

    markup = form_errors(form=form)

    assert "This field is required" not in markup
    for words in (
        "Enter the patient’s own words",
        "Enter NHS number",
        "Enter the date of birth",
        "Answer the question",
        "Choose day",
        "Tick the box if this is so: The patient agrees",
    ):
        assert words in markup


def test_a_good_form_shows_no_errors():
    form = Ask(GOOD)

    assert form.is_valid()
    assert form_errors(form=form) == ""
    assert "nhsuk-error-message" not in form_fields(form=form)


def test_what_was_chosen_stays_chosen():
    markup = form_fields(form=Ask(GOOD))

    ticked = [box["id"] for box in elements(markup, "input") if "checked" in box]

    assert ticked == ["id_mode-2", "id_needs-2", "id_agrees"]
    assert [one["value"] for one in elements(markup, "option") if "selected" in one] == ["1"]


def test_hidden_fields_stay_hidden():
    markup = form_fields(form=Ask({**GOOD, "draft": "x"}))

    assert elements(markup, "input")[0] == {
        "type": "hidden",
        "name": "draft",
        "value": "x",
        "id": "id_draft",
    }


def test_a_password_is_never_written_back():
    class SignIn(forms.Form):
        secret = forms.CharField(widget=forms.PasswordInput)

    markup = form_fields(form=SignIn({"secret": "horse battery"}))

    assert "horse" not in markup


def test_crispy_draws_the_same_fields():
    page = Template("{% load crispy_forms_tags %}{% crispy form %}")

    markup = page.render(Context({"form": Ask(GOOD)}))

    assert form_fields(form=Ask(GOOD)) in markup
    assert "novalidate" in markup


@pytest.mark.parametrize(
    ("day", "month", "year", "says"),
    [
        ("", "", "", "Enter the date of birth"),
        ("27", "", "1984", "The date of birth must include a month"),
        ("27", "", "", "The date of birth must include a month and a year"),
        ("30", "2", "1984", "The date of birth must be a real date"),
        ("27", "March", "1984", "The date of birth must be written in numbers"),
        ("２７", "3", "1984", "The date of birth must be written in numbers"),
        ("-1", "3", "1984", "The date of birth must be written in numbers"),
        ("27", "3", "84", "Year must include 4 numbers"),
        ("27", "3", "0000", "The date of birth must be a real date"),
        ("9" * 5000, "3", "1984", "The date of birth must be a real date"),
        ("9" * 30, "3", "1984", "The date of birth must be a real date"),
    ],
)
def test_a_wrong_day_is_said_in_one_sentence(day, month, year, says):
    """U20: a date in three boxes."""
    form = Ask({**GOOD, "born_day": day, "born_month": month, "born_year": year})

    assert form.errors == {"born": [says]}


def test_a_day_is_read_as_a_date():
    form = Ask(GOOD)

    assert form.is_valid()
    assert form.cleaned_data["born"] == date(1984, 3, 27)


def test_a_day_known_before_stands_in_its_boxes():
    markup = form_field(field=Ask(initial={"born": date(1984, 3, 27)})["born"])

    assert [box["value"] for box in elements(markup, "input")] == ["27", "3", "1984"]
