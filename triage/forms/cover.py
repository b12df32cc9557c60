"""Naming who answers for a queue: who, when, and under which number."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms

from practices.form_fields import TimeField, moment, too_long
from practices.rules.refusals import Override
from triage.forms.once import Once

LONGEST_REASON = 200


class CoverForm(Once):
    """One line of the cover table on one day."""

    clinician = forms.TypedChoiceField(
        label="Who answers?", coerce=int, error_messages={"required": "Choose who answers"}
    )
    starts = TimeField(label="From", like="11:30am")
    ends = TimeField(label="Until", like="2pm")
    phone = forms.CharField(
        label="Phone",
        help_text="Where this person is rung then: a number, or an extension of 3 or 4 digits",
        max_length=30,
        widget=forms.TextInput(attrs={"width": "20", "autocomplete": "off", "type": "tel"}),
        error_messages={
            "required": "Enter where this person is rung",
            "max_length": too_long("The phone number"),
        },
    )

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]], day: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["clinician"].choices = [("", "Choose a name"), *people]

    def clean_starts(self) -> datetime:
        return moment(self.day, self.cleaned_data["starts"])

    def clean_ends(self) -> datetime:
        return moment(self.day, self.cleaned_data["ends"])

    def wish(self) -> dict[str, Any]:
        """What was typed, as instants of the day."""
        said = self.cleaned_data
        return {
            "clinician_id": said["clinician"],
            "phone": said["phone"],
            "starts_at": said["starts"],
            "ends_at": said["ends"],
        }


class WithdrawForm(Once):
    """Why a line is taken away although nobody else answers then; blank where somebody does."""

    code = forms.ChoiceField(
        label="Why may there be a gap?",
        required=False,
        choices=[("", "There is no gap"), *Override.choices()],
    )
    reason = forms.CharField(
        label="In your words",
        help_text="Name no patient: whoever answers for the house reads this",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": too_long()},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        has_words = any(letter.isalnum() for letter in said.get("reason", ""))
        if said.get("code") and not has_words and "reason" not in self.errors:
            self.add_error("reason", "Enter why there may be a gap, in your words")
        if has_words and not said.get("code") and "code" not in self.errors:
            self.add_error("code", "Choose why there may be a gap")
        return said
