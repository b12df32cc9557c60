"""Weights as they are typed. Forms check form; the rules of the house say the rest."""

import uuid
from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundField

from practices.form_fields import too_long
from triage.actions.parameters import WeightWish
from triage.rules.weight_words import GROUPS, WORDS
from triage.rules.weights import NAMES, SPANS, Weights, faults, span_sentence, weights_of

LONGEST_NAME, LONGEST_TEXT = 60, 300
FIRST_LOOK = "Look at what would change before you put it in force"
NUMBERS_MOVED = "You changed a number after the preview. This is the new preview: look again"


def _new_once() -> str:
    return str(uuid.uuid4())


def _number(name: str, now: int) -> forms.IntegerField:
    span = SPANS[name]
    sentence = span_sentence(name)
    return forms.IntegerField(
        label=WORDS[name].label,
        help_text=f"{WORDS[name].says}. {span.least:,} to {span.most:,}, now {now:,}",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "width": "5"}),
        error_messages={"required": sentence, "invalid": sentence},
    )


class WeightsForm(forms.Form):
    """Every weight, a name and a basis; a reason once it is to be put in force."""

    once = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=64, initial=_new_once
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    restores = forms.IntegerField(widget=forms.HiddenInput, required=False)
    previewed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    name = forms.CharField(
        label="Name of this version",
        help_text="A few words you will know it by, like “Spare the GPs in winter”",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter a name for this version",
            "max_length": too_long(),
        },
    )
    basis = forms.CharField(
        label="What it is based on",
        help_text="The meeting, audit or guidance that says so",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Enter what the change is based on",
            "max_length": too_long(),
        },
    )
    reason = forms.CharField(
        label="Why it changes now",
        help_text="For those who will ask in half a year",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": too_long()},
    )

    def __init__(self, *args: object, now: Weights, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        for name in NAMES:
            self.fields[name] = _number(name, getattr(now, name))

    def clean(self) -> dict[str, object]:
        typed = {name: self.cleaned_data[name] for name in NAMES if name in self.cleaned_data}
        for name, text in faults(typed).items():
            if name not in self.errors:
                self.add_error(name, text)
        if self.wants_force and not any(map(str.isalnum, self.cleaned_data.get("reason", ""))):
            self.add_error("reason", "Enter why it changes now")
        return self.cleaned_data

    @property
    def wants_force(self) -> bool:
        """Whether the button was the one that puts it in force."""
        return self.data.get("step") == "force"

    @property
    def is_as_previewed(self) -> bool:
        """Whether these are the numbers, and the version, whose preview was read."""
        return self.cleaned_data["previewed"] == self.print()

    def is_unchanged(self, in_force: int) -> bool:
        """Whether these are the numbers in force; of a version before it, others answer."""
        return self.cleaned_data["seen_version"] == in_force and self.weights() == self.now

    def print(self) -> str:
        """The numbers as one line, beside the version they would follow."""
        numbers = [self.cleaned_data["seen_version"], *(self.cleaned_data[n] for n in NAMES)]
        return " ".join(map(str, numbers))

    def keep(self, **facts: object) -> None:
        """Hidden facts are drawn again as they are now; what was typed stays."""
        self.data = self.data.copy()
        self.data.update({name: str(value) for name, value in facts.items()})

    def weights(self) -> Weights:
        """The numbers that were typed."""
        return weights_of({name: self.cleaned_data[name] for name in NAMES})

    def wish(self) -> WeightWish:
        """What was typed, as the action wants it."""
        said = self.cleaned_data
        return WeightWish(
            weights=self.weights(),
            name=said["name"],
            basis=said["basis"],
            reason=said["reason"],
            seen_version=said["seen_version"],
            restores=said["restores"],
        )

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The fields of each kind of weight under its heading."""
        for title, names in GROUPS:
            yield title, [self[name] for name in names]

    def refuse(self, text: str, *, field: str = "") -> None:
        """The refusal stands beside the field it is about, or above the form."""
        self.add_error(field if field in self.fields else None, text)
