"""Somebody at the hub's desk without an appointment."""

from collections.abc import Iterable
from typing import Any

from django import forms

from hubs.rules.walk_ups import SentTo
from practices.form_fields import too_long
from triage.actions.arrivals import WalkUpWish
from triage.forms.once import Once
from triage.forms.reception import Words


class WalkUp(Once):
    """Who came, what they said, and where they go; an emergency needs no name."""

    words = Words(
        label="What they said",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Enter what they said",
            "max_length": too_long(),
        },
    )
    sent_to = forms.ChoiceField(
        label="Where they go",
        choices=SentTo.choices(),
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={
            "required": "Choose where they go",
            "invalid_choice": "Choose where they go",
        },
    )
    practice = forms.TypedChoiceField(
        label="Their practice", required=False, coerce=int, empty_value=None
    )
    name = forms.CharField(
        label="Their name",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "width": "20"}),
        error_messages={"max_length": too_long("Their name")},
    )
    phone = forms.CharField(
        label="Number their practice can call",
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "width": "20", "autocomplete": "off", "maxlength": 40}
        ),
    )

    def __init__(self, *args: Any, practices: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].choices = [("", "Choose one"), *practices]

    def wish(self) -> WalkUpWish:
        """What was typed, as the action wants it."""
        said = self.cleaned_data
        return WalkUpWish(
            name=said["name"],
            words=said["words"],
            sent_to=SentTo(said["sent_to"]),
            phone=said["phone"],
            practice_id=said["practice"],
        )
