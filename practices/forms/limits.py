"""A dated limit as it is typed. Forms check form; the rules of the house say the rest."""

import uuid
from collections.abc import Sequence
from datetime import date

from django import forms

from practices.form_fields import DayField, too_long
from practices.rules.limit_wishes import LONGEST_TEXT, LimitWish
from practices.rules.limits import LIMIT_WORDS, Cause, LimitMode, parse_limit
from practices.rules.professions import Stage
from practices.rules.refusals import BadInput

# What can be said of everybody at once, and of oneself.
FOR_ALL = (Cause.AGREED,)
FOR_ONESELF = (Cause.AGREED, Cause.PHASED_RETURN)


def _new_once() -> str:
    return str(uuid.uuid4())


def _words(label: str, *, hint: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": missing,
            "max_length": too_long(),
        },
    )


class LimitForm(forms.Form):
    """A limit, its days, its reason and its basis."""

    once = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=64, initial=_new_once
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    limit = forms.CharField(
        label="Safe limit, in points a day",
        help_text="A whole number. A routine contact is 1 point, a complex one 2.5",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "width": "3"}),
        error_messages={"required": LIMIT_WORDS},
    )
    cause = forms.ChoiceField(
        label="What kind of limit it is",
        choices=Cause.choices(),
        initial=Cause.AGREED.value,
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={
            "required": "Choose what kind of limit it is",
            "invalid_choice": "Choose what kind of limit it is",
        },
    )
    from_on = DayField(label="First day", what="the first day")
    until_on = DayField(
        label="Holds until (optional)",
        what="the day it ends",
        help_text="From this day on the limit before holds again",
        required=False,
    )
    reason = _words(
        "Why it changes",
        hint="For those who will ask in half a year",
        missing="Enter why the limit changes",
    )
    basis = _words(
        "What it is based on",
        hint="The guidance, letter, job plan or meeting that says so",
        missing="Enter what the limit is based on",
    )

    def __init__(
        self, *args: object, causes: Sequence[Cause] = tuple(Cause), **kwargs: object
    ) -> None:
        """Where only one kind is possible nobody is asked for it."""
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = [(one.value, one.label) for one in causes]
        if len(causes) == 1:
            self.fields["cause"].widget = forms.HiddenInput()

    def clean_limit(self) -> int:
        try:
            return parse_limit(self.cleaned_data["limit"])
        except BadInput as refusal:
            raise forms.ValidationError(refusal.text) from refusal

    def refuse(self, text: str, *, field: str) -> None:
        """The refusal stands beside the field it is about, or above the form."""
        self.add_error(field if field in self.fields else None, text)

    def has_seen(self, mark: str) -> None:
        """The page now shows what stands under this mark; what was typed stays."""
        self.data = self.data.copy()
        self.data["seen"] = mark

    def wish(self) -> LimitWish:
        """What was typed, as the action wants it."""
        said = self.cleaned_data
        return LimitWish(
            points=said["limit"],
            from_on=said["from_on"],
            until_on=said["until_on"],
            cause=Cause(said["cause"]),
            reason=said["reason"],
            basis=said["basis"],
            seen=said["seen"] or None,
        )


def started_form(*, today: date, seen: str, causes: Sequence[Cause] = tuple(Cause)) -> LimitForm:
    """An empty form that begins today, beside what stands under the mark."""
    return LimitForm(initial={"from_on": today, "seen": seen}, causes=causes)


class StageForm(forms.Form):
    """How far a registrar has come."""

    stage = forms.ChoiceField(
        label="Stage of training",
        choices=Stage.choices(),
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={
            "required": "Choose the stage of training",
            "invalid_choice": "Choose the stage of training",
        },
    )


class ModeForm(forms.Form):
    """How strictly the practice's limits bind."""

    mode = forms.ChoiceField(
        label="How strictly limits bind here",
        choices=LimitMode.choices(),
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={
            "required": "Choose how strictly limits bind",
            "invalid_choice": "Choose how strictly limits bind",
        },
    )
