"""Confirming a place and giving it back."""

from typing import Any

from django import forms
from django.http import QueryDict

from appointments.actions import OverrideWish
from appointments.rules.codes import OverflowReason
from practices.rules.refusals import Override
from triage.forms.once import Once
from triage.rules.no_longer import NoLonger

WHY_TWICE = [
    (Override.CLINICAL_NEED.value, "Both are needed"),
    (Override.PATIENT_CHOICE.value, "The patient wants both"),
    (Override.SERVICE_FAILURE.value, "The other one will not take place"),
]

WHO_SEES = "Asked once. Whoever answers for the place, manager or supervisor, sees this"
WHO_SEES_WHERE = "Asked once. Whoever opens the request, at the practice and at the hub, sees this"
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
                "Why not at their own practice?",
                why_not_own,
                "Choose why not at their own practice",
                hint=WHO_SEES_WHERE,
            )
        if twice:
            self.fields["asks_twice"] = _mark()
            self.fields["overlap"] = _reasons(
                "They have another appointment that day. Why book both?",
                WHY_TWICE,
                "Choose why both are booked",
                hint=WHO_SEES,
            )

    @classmethod
    def read(cls, typed: QueryDict) -> "ConfirmPlace":
        """The form with the questions that stood on the page it came from."""
        return cls(
            typed,
            why_not_own=ASKED if "asks_overflow" in typed else None,
            twice="asks_twice" in typed,
        )

    @property
    def must_choose(self) -> bool:
        """Whether it is still to be said why not at their own practice: then that comes first."""
        return "overflow_reason" in self.fields and not self["overflow_reason"].value()

    def asking_twice(self) -> "ConfirmPlace":
        """The same form, which now also asks why two appointments stand on one day."""
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


def _reasons(
    label: str, choices: list[tuple[str, str]], required: str, hint: str = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={"required": required, "invalid_choice": required},
    )


class CancelBooking(Once):
    """Why an appointment is cancelled."""

    because = forms.ChoiceField(
        label="Why is it cancelled?",
        choices=[
            ("patient_asked", "The patient asked"),
            (NoLonger.BETTER.value, NoLonger.BETTER.label),
            (NoLonger.ELSEWHERE.value, NoLonger.ELSEWHERE.label),
            ("booked_by_mistake", "It was booked by mistake"),
            ("clinician_away", "The clinician is away"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose why it is cancelled",
            "invalid_choice": "Choose why it is cancelled",
        },
    )
    closes = forms.BooleanField(
        label="Close the request as well",
        required=False,
        help_text="Only where the patient says they are better, or were seen elsewhere",
    )

    def __init__(self, *args: Any, may_close: bool = False, **kwargs: Any) -> None:
        """Only what is planned may be closed without a clinician."""
        super().__init__(*args, **kwargs)
        if not may_close and not (self.is_bound and "closes" in self.data):
            del self.fields["closes"]

    def offer_to_close(self) -> None:
        """A form that came back asks again what it had asked."""
        self.fields.setdefault("closes", self.base_fields["closes"])
