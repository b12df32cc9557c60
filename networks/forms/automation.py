"""What the rebalancer may do by itself, as it is chosen. Forms check form; actions the rest."""

import uuid

from django import forms

from networks.actions.automation import LONGEST_REASON, AutomationWish
from networks.rules.automation import Automation
from practices.form_fields import too_long

MISSING = "Choose what the rebalancer may do by itself"


def _new_once() -> str:
    return str(uuid.uuid4())


class AutomationForm(forms.Form):
    """One of three, whether other networks help, and a reason."""

    once = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=64, initial=_new_once
    )
    mode = forms.ChoiceField(
        label="What may happen without a click?",
        choices=[(one.value, f"{one.label}. {one.says}") for one in Automation],
        widget=forms.RadioSelect,
        error_messages={"required": MISSING, "invalid_choice": MISSING},
    )
    mutual_aid = forms.BooleanField(
        label="Take part in mutual aid",
        help_text="Who finds no place here is offered places of networks you have agreements with,"
        " and yours are offered to theirs. Each practice decides; nothing happens without a click",
        required=False,
    )
    reason = forms.CharField(
        label="Why it changes",
        help_text="For those who will ask in half a year",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Enter why it changes",
            "max_length": too_long(),
        },
    )

    def wish(self) -> AutomationWish:
        """What was chosen, as the action wants it."""
        said = self.cleaned_data
        return AutomationWish(Automation(said["mode"]), said["reason"], said["mutual_aid"])

    def refuse(self, text: str, *, field: str = "") -> None:
        """The refusal stands beside the field it is about, or above the form."""
        self.add_error(field if field in self.fields else None, text)
