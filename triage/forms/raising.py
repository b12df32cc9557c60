"""What somebody at the desk hears that makes a request more urgent: they raise, never lower."""

from typing import Any

from django import forms

from triage.forms.once import Once
from triage.forms.reception import counted_words
from triage.rules.codes import Urgency
from triage.rules.urgency import higher_by_ear


class Raise(Once):
    """How soon a clinician should read it, and what was seen or heard."""

    urgency = forms.ChoiceField(
        label="How soon should a clinician read it?",
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={
            "required": "Choose how soon a clinician should read it",
            "invalid_choice": "Choose how soon a clinician should read it",
        },
    )
    reason = counted_words(
        "What did you see or hear?",
        what="What you saw or heard",
        missing="Describe what you saw or heard",
        rows=3,
    )

    def __init__(self, *args: Any, now_is: Urgency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        higher = [(one.value, one.label) for one in higher_by_ear(now_is)]
        self.fields["urgency"].choices = higher

    def clean_urgency(self) -> Urgency:
        return Urgency(self.cleaned_data["urgency"])
