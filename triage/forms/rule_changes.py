"""A change of a clinical rule as it is typed. Forms check form; the rules say the rest."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from practices.form_fields import too_long
from triage.actions.released import ChangeWish
from triage.forms.once import Once
from triage.rules.card_entries import CLASSES, LONGEST_QUESTION, LONGEST_SAY
from triage.rules.need_defaults import OLDEST
from triage.rules.red_flag_list import Endpoint
from triage.rules.released import LONGEST_REASON, Kind
from triage.rules.rule_kinds import entry_faults

FIRST_LOOK = "Look at the preview before you send it"
WORDS_MOVED = "You changed something after the preview. This is the new preview: look again"
SIGN_OR_NOT = "Choose whether reception may book it"


def _words(label: str, help_text: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": missing, "max_length": too_long()},
    )


def _age(label: str, help_text: str = "", *, required: bool = True) -> forms.IntegerField:
    sentence = f"Enter an age from 0 to {OLDEST}"
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "width": "3"}),
        error_messages={"required": sentence, "invalid": sentence},
    )


def _for_whom() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="For whom",
        choices=[("", "Anyone"), ("female", "Women only"), ("male", "Men only")],
        required=False,
        error_messages={"invalid_choice": "Choose for whom it is"},
    )


class DeclineForm(forms.Form):
    """Why a second person says no."""

    why = _words("Why you decline it", "Whoever drafted it reads this", "Enter why you decline it")


class ChangeForm(Once):
    """What every change says: what it is based on, and why now."""

    kind: ClassVar[Kind]
    previewed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    basis = _words(
        "What it is based on",
        "The meeting, audit, incident or guidance that says so",
        "Enter what the change is based on",
    )
    reason = _words(
        "Why it changes now",
        "The second clinical lead reads this, and whoever asks in half a year",
        "Enter why it changes now",
    )

    def __init__(
        self, *args: object, code: str, entries: Sequence[Mapping[str, Any]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.code, self.entries = code, entries
        why = ["basis", "reason"]
        self.order_fields([name for name in self.fields if name not in why] + why)

    def clean(self) -> dict[str, Any]:
        if set(self.errors) <= {"basis", "reason"}:
            for name, text in entry_faults(self.kind, self.entry(), self.entries).items():
                self.add_error(name if name in self.fields else None, text)
        return self.cleaned_data

    def entry(self) -> dict[str, object]:
        """The entry as it is to be."""
        raise NotImplementedError

    @property
    def wants_to_send(self) -> bool:
        """Whether the button was the one that asks a second person."""
        return self.data.get("step") == "send"

    @property
    def is_as_previewed(self) -> bool:
        """Whether this is what the preview showed."""
        return self.cleaned_data["previewed"] == self.print()

    def print(self) -> str:
        """The entry as one short word."""
        text = json.dumps(self.entry(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def keep(self, **facts: str) -> None:
        """Hidden facts are drawn again as they are now; what was typed stays."""
        self.data = self.data.copy()
        self.data.update(facts)

    def wish(self) -> ChangeWish:
        """What was typed, as the action wants it."""
        said = self.cleaned_data
        return ChangeWish(self.kind, self.entry(), basis=said["basis"], reason=said["reason"])


class FlagForm(ChangeForm):
    """One question of the red-flag card."""

    kind = Kind.RED_FLAGS
    question = forms.CharField(
        label="What is asked",
        help_text=f"As it stands on the card, {LONGEST_QUESTION} characters or fewer",
        error_messages={"required": "Enter what is asked"},
    )
    endpoint = forms.ChoiceField(
        label="Where it leads",
        choices=Endpoint.choices(),
        error_messages={
            "required": "Choose where it leads",
            "invalid_choice": "Choose where it leads",
        },
    )
    say = forms.CharField(
        label="Words to read aloud",
        help_text=f"Shown once it is ticked, {LONGEST_SAY} characters or fewer",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the words to read aloud"},
    )
    urgency = forms.ChoiceField(
        label="How soon",
        choices=[(one.value, f"{one.value} {one.label}") for one in CLASSES],
        error_messages={
            "required": "Choose P0 or P1: a red flag is never later",
            "invalid_choice": "Choose P0 or P1: a red flag is never later",
        },
    )
    phrases = forms.CharField(
        label="Words the scan looks for",
        help_text=(
            "One line each. Words of a line may stand near each other in any order;"
            " a star stands for any ending, as in “bleed*”"
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    is_first = forms.BooleanField(
        label="Ask it with the first, and keep it in sight once none was said", required=False
    )
    min_age = _age("Youngest age", "Left empty, it is asked from birth on", required=False)
    max_age = _age("Oldest age", "Left empty, there is no limit", required=False)
    sex = _for_whom()
    has_left = forms.BooleanField(
        label="Take this question off the card: old cases still show it",
        required=False,
    )

    def __init__(self, *args: object, code: str, **kwargs: Any) -> None:
        """What is not on the card yet cannot leave it."""
        super().__init__(*args, code=code, **kwargs)
        if not code:
            del self.fields["has_left"]

    def entry(self) -> dict[str, object]:
        said = self.cleaned_data
        return {
            "code": self.code,
            "question": said["question"],
            "endpoint": said["endpoint"],
            "say": said["say"],
            "urgency": said["urgency"],
            "phrases": [
                " ".join(one.split()) for one in said["phrases"].splitlines() if one.strip()
            ],
            "is_first": said["is_first"],
            "has_left": said.get("has_left", False),
            "min_age": said["min_age"] or 0,
            "max_age": OLDEST if said["max_age"] is None else said["max_age"],
            "sex": said["sex"],
        }

    @staticmethod
    def starting(entry: Mapping[str, Any]) -> dict[str, object]:
        """What the form starts with for a question that is on the card."""
        oldest = "" if entry["max_age"] >= OLDEST else entry["max_age"]
        limits = {"min_age": entry["min_age"] or "", "max_age": oldest}
        return dict(entry) | limits | {"phrases": "\n".join(entry["phrases"])}


class ProtocolForm(ChangeForm):
    """For whom a desk may book one need before a clinician has signed."""

    kind = Kind.PROTOCOLS
    is_signed = forms.ChoiceField(
        label="Reception may book it before a clinician has signed",
        choices=[("yes", "Yes, for the people below"), ("no", "No, a clinician looks first")],
        widget=forms.RadioSelect,
        error_messages={"required": SIGN_OR_NOT, "invalid_choice": SIGN_OR_NOT},
    )
    min_age = _age("Youngest age")
    max_age = _age("Oldest age", f"{OLDEST} stands for no limit")
    sex = _for_whom()

    def entry(self) -> dict[str, object]:
        said = self.cleaned_data
        return {
            "code": self.code,
            "is_signed": said["is_signed"] == "yes",
            "min_age": said["min_age"],
            "max_age": said["max_age"],
            "sex": said["sex"],
        }

    @staticmethod
    def starting(entry: Mapping[str, Any]) -> dict[str, object]:
        """What the form starts with for the protocol in force; whether is always said anew."""
        return {name: value for name, value in entry.items() if name != "is_signed"}


class PharmacyForm(ChangeForm):
    """For whom a pharmacy treats one need."""

    kind = Kind.PHARMACY
    min_age = _age("Youngest age")
    max_age = _age("Oldest age", f"{OLDEST} stands for no limit")
    sex = _for_whom()
    excludes = forms.CharField(
        label="Not if",
        help_text="One line each. The desk asks each of them, and the answer has to be no",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def entry(self) -> dict[str, object]:
        said = self.cleaned_data
        lines = [" ".join(one.split()) for one in said["excludes"].splitlines()]
        return {
            "code": self.code,
            "min_age": said["min_age"],
            "max_age": said["max_age"],
            "sex": said["sex"],
            "excludes": [one for one in lines if one],
        }

    @staticmethod
    def starting(entry: Mapping[str, Any]) -> dict[str, object]:
        """What the form starts with for the line in force."""
        return dict(entry) | {"excludes": "\n".join(entry["excludes"])}
