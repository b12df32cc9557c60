"""Who interprets at an appointment."""

from typing import Self

from django import forms

from practices.form_fields import too_long
from triage.forms.once import Once
from triage.forms.reception import Words

LONGEST = 100


class InterpreterForm(Once):
    """A name and reference, or the telephone line; emptied, nobody is booked any more.

    `version` is the appointment as the person had it before them.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words = Words(
        label="Interpreter booked",
        help_text="Name and reference, or the telephone line. Leave empty if nobody is booked",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": too_long("Interpreter booked")},
    )

    def at_version(self, version: int) -> Self:
        """The same words, to be sent again about the appointment as it is now."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
        return self
