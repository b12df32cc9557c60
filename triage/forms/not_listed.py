"""Somebody who is not on our list: a name, a date of birth or an age, and a number."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from practices.form_fields import EMAIL_USE, DayField, email_field, too_long
from practices.rules import nhs_number
from practices.rules.person_names import parse_born_on
from practices.rules.phones import parse_phone
from practices.rules.refusals import BadInput
from triage.actions.not_listed import OLDEST, StrangerWish
from triage.forms.once import Once

LONGEST_NAME = 50
STANDINGS = [
    ("temporary", "Staying here for a while"),
    ("newborn", "A newborn"),
    ("unregistered", "Not registered, or we do not know"),
]


def _name(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "width": "20"}),
        error_messages={
            "required": missing,
            "max_length": f"{label} must be {LONGEST_NAME} characters or fewer",
        },
    )


class NotListed(Once):
    """What is asked of a stranger; only the name is always needed."""

    given_name = _name("First name", "Enter the first name, or “Unknown”")
    family_name = _name("Last name", "Enter the last name, or “Unknown”")
    born_on = DayField(
        label="Date of birth",
        help_text="For example, 27 3 1984",
        what="the date of birth",
        called="Date",
        required=False,
    )
    age = forms.IntegerField(
        label="Or their age, as it sounds",
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "width": "3"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Age must be a whole number from 0 to {OLDEST}"
        ),
    )
    phone = forms.CharField(
        label="Phone number to call back",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "width": "20", "autocomplete": "off"}),
        error_messages={"max_length": too_long("The phone number")},
    )
    email = email_field("Email address (optional)", EMAIL_USE)
    nhs_number = forms.CharField(
        label="NHS number (optional)",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "width": "10"}),
    )
    standing = forms.ChoiceField(
        label="Why are they not on our list?",
        choices=STANDINGS,
        initial="unregistered",
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={"required": "Choose why", "invalid_choice": "Choose why"},
    )
    is_another = forms.BooleanField(label="This is another person of that name", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        return _read(parse_phone, typed, training=settings.TRAINING) if typed else ""

    def clean_nhs_number(self) -> str | None:
        typed: str = self.cleaned_data["nhs_number"]
        return _read(nhs_number.parse, typed, training=settings.TRAINING) if typed else None

    def clean_born_on(self) -> date | None:
        born_on: date | None = self.cleaned_data["born_on"]
        return _read(parse_born_on, born_on.isoformat(), today=self.today) if born_on else None

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not (self.errors or found.get("born_on") or found.get("age") is not None):
            self.add_error("born_on", "Enter the date of birth, or their age as it sounds")
        return found

    def wish(self) -> StrangerWish:
        """What was typed, as the action wants it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "once"}
        return StrangerWish(**said)


def _read(rule: Any, typed: str, **options: Any) -> Any:
    """The text as its rule reads it; its sentence stands beside the field."""
    try:
        return rule(typed, **options)
    except BadInput as refusal:
        raise forms.ValidationError(refusal.text) from refusal
