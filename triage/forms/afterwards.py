"""What somebody says when they look again."""

from django import forms

from practices.form_fields import too_long
from triage.actions.second_looks import LookWish
from triage.forms.clinic import CHOOSE, LONGEST_REASON, CaseForm
from triage.forms.reception import Words
from triage.rules.codes import Urgency
from triage.rules.second_looks import Again


class LookForm(CaseForm):
    """Another day, or nothing more to do, or worse: which of the three, the button says."""

    name = "look"
    what = forms.ChoiceField(
        choices=[("keep", "Keep"), ("done", "Done"), ("raise", "Raise")],
        error_messages={"required": "Press one of the buttons"},
    )
    again = forms.ChoiceField(choices=[CHOOSE, *Again.choices()], required=False)
    urgency = forms.ChoiceField(
        choices=[CHOOSE, *((one.value, one.label) for one in Urgency)], required=False
    )
    note = Words(
        required=False,
        max_length=LONGEST_REASON,
        error_messages={"max_length": too_long()},
    )

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if said.get("what") == "keep" and not said.get("again"):
            self.add_error("again", "Choose when to look again")
        if said.get("what") == "raise" and not said.get("urgency"):
            self.add_error("urgency", "Choose how soon somebody has to act")
        return said

    def look(self) -> LookWish:
        """What was said of another day."""
        said = self.cleaned_data
        again = Again(said["again"]) if said["what"] == "keep" else None
        return LookWish(again=again, note=said["note"])
