"""What is typed at the desk. Forms check form; the rules of the house say the rest."""

import re
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from practices.form_fields import EMAIL_USE, email_field, too_long
from practices.rules.access import AccessNeed
from practices.rules.phones import parse_phone
from practices.rules.refusals import BadInput
from practices.rules.search_box import Sought, read_search
from triage.actions.requests import RequestWish
from triage.actions.words import LONGEST_WORDS
from triage.forms.calling import Calling
from triage.forms.once import Once
from triage.rules.callers import LONGEST_CALLER, LONGEST_HEARD, Identity
from triage.rules.codes import Channel, Need
from triage.rules.red_flags import Card, new_questions

# What the chip says at the desk, where the short word leaves a doubt: a repeat, a fit note, a
# letter and results are the practice's own work; a medicine that troubles somebody is clinical.
SAID = {
    Need.ADMIN: "Paperwork: fit note, repeat, results, letter",
    Need.MEDICATION: "Medicines, not a repeat",
}
NEEDS = [(need.value, SAID.get(need, need.label)) for need in Need]
VERSION = re.compile(r"[0-9]{1,9}")


def _number(typed: str) -> int:
    """A version of the card; what is none stands for the card that comes with Headroom."""
    return int(typed) if VERSION.fullmatch(typed) else 0


LONGEST_ID = 10
# Beside a ticked flag: what is left out where it is wrong, and what is kept as it was typed.
LEFT_OUT = frozenset({"email", "authority_on"})
AS_TYPED: dict[str, tuple[str, int | None]] = {
    "phone": ("heard_phone", LONGEST_HEARD),
    "caller_name": ("caller_name", LONGEST_CALLER),
    "words": ("words", None),
}


class Words(forms.CharField):
    """Several lines; a line break counts as one character, as the page counts it."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


def counted_words(label: str, *, what: str, missing: str, rows: int, **more: Any) -> Words:
    """Words that are counted as they are typed; nothing is cut, and too many say how many."""
    return Words(
        label=label,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
        error_messages={
            "required": missing,
            "max_length": too_long(what),
        },
        **more,
    )


class Somebody(forms.ChoiceField):
    """One of a list that is read when the page is drawn; whoever acts on it asks who it is."""

    def valid_value(self, value: str) -> bool:
        return value.isascii() and value.isdecimal() and len(value) < LONGEST_ID


class FindPatient(Once):
    """One box for everything a caller says of themselves."""

    sought = forms.CharField(
        label="Find the patient",
        required=False,
        help_text="Name, date of birth, NHS number or case reference, in any order",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_sought(self) -> Sought:
        try:
            return read_search(
                self.cleaned_data["sought"], today=self.today, training=settings.TRAINING
            )
        except BadInput as refusal:
            raise forms.ValidationError(refusal.text) from refusal


class FindOnList(FindPatient):
    """The same box where a patient is looked for, and no case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sought"].help_text = "Name, date of birth or NHS number, in any order"

    def clean_sought(self) -> Sought:
        sought = super().clean_sought()
        if sought.reference:
            words = "Enter a name, a date of birth or an NHS number, not a case reference"
            raise forms.ValidationError(words)
        return sought


class NewRequest(Calling):
    """What the patient asks for, in the order it is asked."""

    red_flags = forms.MultipleChoiceField(
        label="Ask about all of these",
        required=False,
        error_messages={"invalid_choice": "Choose from the list of red flags"},
    )
    none_said = forms.BooleanField(label="None of these said", required=False)
    asked_version = forms.CharField(widget=forms.HiddenInput, required=False)
    asked_all = forms.CharField(widget=forms.HiddenInput, required=False, max_length=3)
    need = forms.ChoiceField(
        label="What is it about?",
        choices=NEEDS,
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={
            "required": "Choose what it is about",
            "invalid_choice": "Choose what it is about",
        },
    )
    words = counted_words(
        "In the patient’s own words",
        what="The problem",
        missing="Describe the problem",
        rows=5,
    )
    channel = forms.ChoiceField(label="How they asked", choices=Channel.choices(), initial="phone")
    phone = forms.CharField(
        label="Phone number to call back",
        required=False,
        max_length=40,
        help_text="Left empty, we use the number the practice has on record, if there is one",
        widget=forms.TextInput(attrs={"inputmode": "tel", "width": "20", "autocomplete": "off"}),
        error_messages={"max_length": too_long("The phone number")},
    )
    email = email_field("Email address", f"{EMAIL_USE}. Kept with the record")
    safe_to_text = forms.BooleanField(
        label="It is safe to send a text", required=False, initial=True
    )
    access_needs = forms.MultipleChoiceField(
        label="What they need to be seen",
        required=False,
        choices=AccessNeed.choices(),
        widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
    )

    continuity = Somebody(
        label="Who they would like to see",
        required=False,
        choices=[("", "Anybody")],
        error_messages={"invalid_choice": "Choose somebody from the list"},
    )
    not_the_hub = forms.BooleanField(label="They do not want to go to the hub", required=False)

    def __init__(self, *args: Any, card: Card, whole: Card | None = None, **kwargs: Any) -> None:
        """A ticked flag is sent by itself: nobody is asked for more while help is needed.

        `card` is what is asked of this patient, `whole` what is asked where nobody knows who it is.
        """
        super().__init__(*args, **kwargs)
        self.unasked = new_questions(card, whole or card) if self.is_unknown else ()
        self.card = card = (whole or card) if self.asks_all else card
        # A flag that left the card while somebody asked is taken all the same.
        self.fields["red_flags"].choices = [(flag.code, flag.question) for flag in card.flags]
        all_of_them = f"I asked about all {len(card.asked)}: none of these said"
        self.fields["none_said"].label = all_of_them
        self.initial["asked_version"] = card.version
        if self.is_bound and self.ticked():
            self.fields["need"].required = self.fields["words"].required = False
            self.fields["for_whom"].required = self.asks_of_caller = False
        elif self.is_bound:
            self.fields["for_whom"].required = bool(self["asks_who"].value())

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Whom the patient may ask for by name."""
        self.fields["continuity"].choices = [("", "Anybody"), *people]

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        if not typed:
            return ""
        try:
            return parse_phone(typed, training=settings.TRAINING)
        except BadInput as refusal:
            raise forms.ValidationError(refusal.text) from refusal

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.ticked():
            self._let_pass(found)
        none_said, flags = found.get("none_said"), found.get("red_flags", [])
        if "red_flags" in self.errors:
            return found
        if bool(flags) != bool(none_said):
            if none_said and self.unasked and not found["asked_all"]:
                told = ", ".join(f"“{flag.question}”" for flag in self.unasked)
                self.add_error("red_flags", f"Nobody knows who it is: ask about {told} too")
                self.ask_again()
            return found
        words = (
            "A red flag is ticked and so is “none of these said”: untick the one that is not true"
            if flags
            else "Tick what was said, or “none of these said”"
        )
        self.add_error("red_flags", words)
        return found

    def _let_pass(self, found: dict[str, Any]) -> None:
        """What is typed wrong beside a ticked flag holds up no help; the number stays as typed."""
        for name in LEFT_OUT & self.errors.keys():
            del self.errors[name]
            found[name] = None
        for name in AS_TYPED.keys() & self.errors.keys():
            del self.errors[name]
            kept, longest = AS_TYPED[name]
            found[name] = ""
            found[kept] = str(self[name].value()).replace("\0", "")[:longest]

    @property
    def is_unknown(self) -> bool:
        """Whether it was just said that nobody knows who the patient is."""
        return self.is_bound and self["identity"].value() == Identity.UNKNOWN

    @property
    def asks_all(self) -> bool:
        """Whether the whole card is asked, whoever the patient is."""
        return self.is_unknown or (self.is_bound and bool(self["asked_all"].value()))

    def ask_again(self) -> None:
        """The page comes back with the card in force, and nobody has vouched for it yet."""
        self.data = self.data.copy()
        self.data["asked_version"] = str(self.card.version)
        self.data["asked_all"] = "yes" if self.asks_all else ""
        self.data.pop("none_said", None)

    def ticked(self) -> frozenset[str]:
        """The flags that are ticked on the form as it stands."""
        return frozenset(self["red_flags"].value() or ())

    def wish(self, *, patient: uuid.UUID, again: str = "", today: date) -> RequestWish:
        """What was said, as the action wants it; `again` is the open case they call about."""
        said = self.cleaned_data
        return RequestWish(
            patient=patient,
            need=Need(said["need"] or Need.OTHER),
            channel=Channel(said["channel"]),
            words=said["words"],
            red_flags=tuple(said["red_flags"]),
            red_flags_asked=True,
            asked_version=_number(said["asked_version"]),
            access_needs=tuple(AccessNeed(need) for need in said["access_needs"]),
            phone=said["phone"],
            safe_to_text=said["safe_to_text"],
            email=said["email"] if "email" in self.data else None,
            caller=self.caller(today=today),
            reaching=self.reaching(),
            linked_to=said["linked_to"],
            again=again,
            continuity=int(said["continuity"]) if said["continuity"] else None,
            not_the_hub=said["not_the_hub"],
        )
