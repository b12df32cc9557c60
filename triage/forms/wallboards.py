"""What is asked of whoever hangs a display on a hub's wall."""

from typing import Any

from django import forms

from practices.form_fields import too_long
from triage.actions.wallboards import LONGEST_NAME
from triage.forms.once import Once


class NewDisplay(Once):
    """Where in a hub it hangs; one form a hub."""

    hub = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(
        max_length=LONGEST_NAME,
        help_text="For example, the corridor by the kitchen",
        widget=forms.TextInput(attrs={"autocomplete": "off", "width": "20"}),
        error_messages={
            "required": "Enter where the display hangs",
            "max_length": too_long(),
        },
    )

    def __init__(self, *args: Any, code: str, hub_name: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_%s_{code}", **kwargs)
        self.code = self.fields["hub"].initial = code
        self.fields["name"].label = f"Where in {hub_name} does it hang?"
