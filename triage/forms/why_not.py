"""Why a proposed place is not taken: one form beside each place."""

from typing import Any

from django import forms

from practices.form_fields import too_long
from triage.actions.offers import LONGEST_REASON
from triage.forms.once import Once


class WhyNot(Once):
    """A reason; that it says something, the action asks."""

    reason = forms.CharField(
        label="Say why not",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"autocomplete": "off", "width": "20"}),
        error_messages={"max_length": too_long("The reason")},
    )

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{of}_%s", **kwargs)
        self.of = of

    @property
    def is_refused(self) -> bool:
        """Whether the page shows it again with what was wrong."""
        return bool(self.errors)
