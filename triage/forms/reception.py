"""What is typed at the desk. Forms check form; the rules of the house say the rest."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from appointments.actions import OverrideWish
from appointments.rules.codes import OverflowReason
from practices.rules.access import AccessNeed
from practices.rules.phones import can_text, parse_phone
from practices.rules.refusals import BadInput, Override
from practices.rules.search_box import LONGEST, Sought, read_search
from triage.actions.requests import RequestWish
from triage.actions.submitting import LONGEST_WORDS
from triage.rules.codes import Channel, Need
from triage.rules.red_flag_list import RED_FLAGS

PHONE_LENGTH = 20
WHERE_LENGTH = 200


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


class Words(forms.CharField):
    """Several lines; a line break counts as one character, as the page counts it."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


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
                self.cleaned_data["sought"][: LONGEST + 1000],
                today=self.today,
                training=settings.TRAINING,
            )
        except BadInput as refusal:
            raise forms.ValidationError(refusal.text) from refusal


class NewRequest(Once):
    """What the patient asks for, in the order it is asked."""

    red_flags = forms.MultipleChoiceField(
        label="Ask about all of these",
        required=False,
        choices=[(flag.code, flag.question) for flag in RED_FLAGS],
        error_messages={"invalid_choice": "Choose from the list of red flags"},
    )
    none_said = forms.BooleanField(label="I asked: none of these said", required=False)
    need = forms.ChoiceField(
        label="What is it about?",
        choices=Need.choices(),
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={
            "required": "Choose what it is about",
            "invalid_choice": "Choose what it is about",
        },
    )
    words = Words(
        label="In the patient’s own words",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={
            "required": "Describe the problem",
            "max_length": (
                "The problem must be %(limit_value)d characters or fewer. "
                "You entered %(show_value)d"
            ),
        },
    )
    channel = forms.ChoiceField(label="How they asked", choices=Channel.choices(), initial="phone")
    phone = forms.CharField(
        label="Phone number to call back",
        required=False,
        max_length=40,
        help_text="Leave empty if there is none",
        widget=forms.TextInput(attrs={"inputmode": "tel", "width": "20", "autocomplete": "off"}),
    )
    safe_to_text = forms.BooleanField(
        label="It is safe to send a text", required=False, initial=True
    )
    access_needs = forms.MultipleChoiceField(
        label="What they need to be seen",
        required=False,
        choices=AccessNeed.choices(),
        widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
    )

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
        none_said, flags = found.get("none_said"), found.get("red_flags", [])
        if "red_flags" in self.errors or bool(flags) != bool(none_said):
            return found
        words = (
            "Untick “none of these said”, or untick what was not said"
            if flags
            else "Tick what was said, or “none of these said”"
        )
        self.add_error("red_flags", words)
        return found

    def ticked(self) -> frozenset[str]:
        """The flags that are ticked on the form as it stands."""
        return frozenset(self["red_flags"].value() or ())

    def wish(self, *, patient: uuid.UUID) -> RequestWish:
        """What was said, as the action wants it. A landline gets no text."""
        said = self.cleaned_data
        may_text = said["safe_to_text"] and can_text(said["phone"], training=settings.TRAINING)
        return RequestWish(
            patient=patient,
            need=Need(said["need"]),
            channel=Channel(said["channel"]),
            words=said["words"],
            red_flags=tuple(said["red_flags"]),
            red_flags_asked=True,
            access_needs=tuple(AccessNeed(need) for need in said["access_needs"]),
            phone=said["phone"],
            safe_to_text=may_text,
        )


WHY_TWICE = [
    (Override.CLINICAL_NEED.value, "Both are needed"),
    (Override.PATIENT_CHOICE.value, "The patient wants both"),
    (Override.SERVICE_FAILURE.value, "The other one will not take place"),
]


# The own practice has room when this is asked, so "it is full" would not be true.
ASKED: list[tuple[str, str]] = [
    (reason.value, reason.label)
    for reason in (
        OverflowReason.PATIENT_CHOICE,
        OverflowReason.SOONER_NEEDED,
        OverflowReason.SCOPE,
    )
]


class ConfirmPlace(Once):
    """Confirming the held place; what is only sometimes asked is only then there."""

    hold = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"invalid": "Choose a time again", "required": "Choose a time"},
    )

    def __init__(
        self,
        *args: Any,
        why_not_own: list[tuple[str, str]] | None = None,
        twice: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if why_not_own:
            self.fields["asks_overflow"] = _mark()
            self.fields["overflow_reason"] = _reasons(
                "Why not at our practice?", why_not_own, "Choose why not at our practice"
            )
        if twice:
            self.fields["asks_twice"] = _mark()
            self.fields["overlap"] = _reasons(
                "They have another appointment at that time. Why book both?",
                WHY_TWICE,
                "Choose why both are booked",
            )

    @classmethod
    def read(cls, typed: QueryDict) -> "ConfirmPlace":
        """The form with the questions that stood on the page it came from."""
        return cls(
            typed,
            why_not_own=ASKED if "asks_overflow" in typed else None,
            twice="asks_twice" in typed,
        )

    def asking_twice(self) -> "ConfirmPlace":
        """The same form, which now also asks why two appointments stand at one time."""
        typed = self.data.copy()
        typed["asks_twice"] = "yes"
        return ConfirmPlace.read(typed)

    def wish(self) -> dict[str, object]:
        """What was confirmed, as the action wants it."""
        said = self.cleaned_data
        twice = said.get("overlap", "")
        return {
            "hold_id": str(said["hold"]),
            "overflow_reason": said.get("overflow_reason", ""),
            "overlap": OverrideWish(twice, dict(WHY_TWICE)[twice]) if twice else None,
        }


def _mark() -> forms.CharField:
    """Says that a question stood on the page, so that it is asked again."""
    return forms.CharField(widget=forms.HiddenInput, initial="yes", required=False)


def _reasons(label: str, choices: list[tuple[str, str]], required: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={"required": required, "invalid_choice": required},
    )


class CancelBooking(Once):
    """Why an appointment is cancelled."""

    because = forms.ChoiceField(
        label="Why is it cancelled?",
        choices=[
            ("patient_asked", "The patient asked"),
            ("patient_better", "The patient is better"),
            ("seen_elsewhere", "The patient is seen elsewhere"),
            ("booked_by_mistake", "It was booked by mistake"),
            ("clinician_away", "The clinician is away"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose why it is cancelled",
            "invalid_choice": "Choose why it is cancelled",
        },
    )


class EmergencyCall(Once):
    """A phone number is enough."""

    phone = forms.CharField(
        label="Phone number to call back",
        max_length=PHONE_LENGTH,
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "width": "20", "autocomplete": "off", "autofocus": True}
        ),
        error_messages={
            "required": "Enter a phone number to call back",
            "max_length": f"The phone number must be {PHONE_LENGTH} characters or fewer",
        },
    )
    where = forms.CharField(
        label="Where are they? (if you know)",
        required=False,
        max_length=WHERE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": f"The place must be {WHERE_LENGTH} characters or fewer"},
    )
