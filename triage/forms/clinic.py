"""What a clinician says about a case. Forms check form; what may be done, the rules decide."""

from typing import Any, Self

from django import forms

from practices.form_fields import too_long
from triage.forms.reception import Once, Words
from triage.rules.attempts import LONGEST_NUMBER, TRIED, Met
from triage.rules.codes import Urgency

LONGEST_NOTE = 2000
LONGEST_REASON = 500
CHOOSE = ("", "Choose one")


class CaseForm(Once):
    """A wish about one case as somebody saw it: `version` is what they had before them."""

    name = ""
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{self.name}_%s", **kwargs)

    @property
    def is_refused(self) -> bool:
        """Whether the page shows it again with what was wrong."""
        return bool(self.errors)

    def seen_version(self) -> int | None:
        """The version the person had before them."""
        return getattr(self, "cleaned_data", {}).get("version")

    def at_version(self, version: int) -> Self:
        """The same words, to be sent again about the case as it is now."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
        return self

    def wish(self) -> dict[str, object]:
        """What the action is asked for, with the version it was asked about."""
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"once", "version"}
        }
        return said | {"version": self.cleaned_data["version"]}


def words_field(
    label: str, *, most: int, hint: str = "", rows: int = 2, initial: str = ""
) -> Words:
    """A box for words that may stay empty."""
    named = label.removesuffix(" (optional)")
    return Words(
        label=label,
        help_text=hint,
        required=False,
        max_length=most,
        initial=initial,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": too_long(named)},
    )


class Plain(CaseForm):
    """A button and nothing else."""

    name = "plain"


class ClassForm(CaseForm):
    """The class a clinician puts a name to."""

    name = "class"
    urgency = forms.ChoiceField(
        label="Class",
        choices=[(one.value, f"{one.value} {one.label}") for one in Urgency],
        error_messages={"required": "Choose a class"},
    )
    reason = words_field("Why it changes", most=LONGEST_REASON)

    def clean_urgency(self) -> Urgency:
        return Urgency(self.cleaned_data["urgency"])


class AsItIs(CaseForm):
    """One press signs the class the case has."""

    name = "as_is"
    urgency = forms.CharField(widget=forms.HiddenInput)


def number_field() -> forms.CharField:
    """The number that was rung, where it is not the case's."""
    return forms.CharField(
        label="Another number (optional)",
        required=False,
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel", "width": "20"}),
        error_messages={"max_length": too_long("Number")},
    )


class AttemptForm(CaseForm):
    """Somebody tried to reach the patient."""

    name = "attempt"
    channel = forms.ChoiceField(
        label="Tried to reach them by", choices=[(one.value, one.label) for one in TRIED]
    )
    number = number_field()
    met = forms.ChoiceField(
        choices=Met.choices(),
        widget=forms.HiddenInput,
        error_messages={"required": "Say who answered"},
    )

    def clean_met(self) -> Met:
        return Met(self.cleaned_data["met"])


class AskForm(CaseForm):
    """What somebody asks their supervisor now."""

    name = "ask"
    question = words_field("What do you want to ask?", most=LONGEST_REASON)


class AnswerForm(CaseForm):
    """What the supervisor answers."""

    name = "answer"
    reply = words_field("Your answer", most=LONGEST_REASON)


class AcceptForm(CaseForm):
    """The practice takes the case."""

    name = "accept"
    note = words_field("Who takes this, and by when", most=LONGEST_NOTE)


class ReasonForm(CaseForm):
    """A reason, and the button."""

    name = "reason"
    reason = words_field("Why", most=LONGEST_REASON)


class RefuseForm(ReasonForm):
    """The practice cannot take the case."""

    name = "refuse"


class ReleaseForm(ReasonForm):
    """The practice returns what it took from the hub, and says why."""

    name = "release"


class ReopenForm(ReasonForm):
    """A closed case waits again."""

    name = "reopen"
