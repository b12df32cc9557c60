"""What every form of the desk shares: it is done once, and says plainly what is wrong."""

import uuid
from typing import Any

from django import forms


def new_once() -> str:
    """A key of its own for each form shown: sent twice, it is done once."""
    return str(uuid.uuid4())


class Once(forms.Form):
    """A form that is done once, however often its button is pressed."""

    once = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=64, initial=new_once
    )

    def refuse(self, text: str, *, field: str) -> None:
        """The refusal stands beside the field it is about, or above the form."""
        self.add_error(field if field in self.fields else None, text)

    def add_error(self, field: str | None, error: Any) -> None:
        """As Django does; and no field takes the focus from the summary of what is wrong."""
        super().add_error(field, error)
        for each in self.fields.values():
            each.widget.attrs.pop("autofocus", None)
