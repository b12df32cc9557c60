"""Naming who answers for a queue: who, when, and under which number."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms

from practices.rules.london import instant
from practices.rules.refusals import Override
from triage.forms.once import Once

LONGEST_REASON = 200


def _time(label: str, example: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=f"For example, {example}",
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"width": "5", "autocomplete": "off", "type": "text"}),
        error_messages={
            "required": f"Enter a time like {example}",
            "invalid": f"Enter a time like {example}",
        },
    )


class CoverForm(Once):
    """One line of the cover table on one day."""

    clinician = forms.TypedChoiceField(
        label="Who answers?", coerce=int, error_messages={"required": "Choose who answers"}
    )
    starts = _time("From", "11:30")
    ends = _time("Until", "14:00")
    phone = forms.CharField(
        label="Phone",
        help_text="Where this person is rung then: a number, or an extension of 3 or 4 digits",
        max_length=30,
        widget=forms.TextInput(attrs={"width": "20", "autocomplete": "off", "type": "tel"}),
        error_messages={"required": "Enter where this person is rung"},
    )

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]], day: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["clinician"].choices = [("", "Choose a name"), *people]

    def wish(self) -> dict[str, Any]:
        """What was typed, as instants of the day."""
        said = self.cleaned_data

        def at(wall: time) -> Any:
            return instant(self.day, wall)

        return {
            "clinician_id": said["clinician"],
            "phone": said["phone"],
            "starts_at": at(said["starts"]),
            "ends_at": at(said["ends"]),
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
        error_messages={"max_length": f"Use {LONGEST_REASON} characters or fewer"},
    )
