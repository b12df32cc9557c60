"""What a patient types to cancel by their own link."""

from django import forms

from practices.form_fields import DayField


class OwnCancel(forms.Form):
    """The date of birth, and nothing else."""

    born_on = DayField(
        label="Your date of birth",
        what="your date of birth",
        called="Date",
        help_text="For example, 27 3 2007",
        error_messages={"required": "Enter your date of birth"},
    )
