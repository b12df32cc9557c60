"""Emergency now: the one form that asks for almost nothing."""

from typing import Any

from django import forms

from practices.form_fields import too_long
from triage.forms.once import Once
from triage.forms.reception import counted_words
from triage.rules.declining import SaidBy

PHONE_LENGTH = 20
WHERE_LENGTH = 200


class EmergencyCall(Once):
    """A phone number is enough, or that they are here."""

    phone = forms.CharField(
        label="Phone number to call back",
        help_text="Or an extension of 3 or 4 digits",
        widget=forms.TextInput(
            attrs={
                "inputmode": "tel",
                "width": "20",
                "autocomplete": "off",
                "autofocus": True,
                "maxlength": PHONE_LENGTH,
            }
        ),
        required=False,
    )
    is_here = forms.BooleanField(
        label="They are here, at our desk: no number is needed", required=False
    )
    where = forms.CharField(
        label="Where are they? (if you know)",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": WHERE_LENGTH}),
    )

    is_another = forms.BooleanField(label="It is about somebody else", required=False)

    def __init__(self, *args: Any, of_somebody: bool, **kwargs: Any) -> None:
        """Whom it is about is asked only where it was pressed on a patient's page."""
        super().__init__(*args, **kwargs)
        if not of_somebody:
            del self.fields["is_another"]

    def clean(self) -> dict[str, Any]:
        """A number is asked for, and must be short, only of who is not here."""
        found = super().clean() or {}
        phone = found.get("phone", "")
        if found.get("is_here"):
            found["phone"] = phone[:WHERE_LENGTH]
        elif not phone and "phone" not in self.errors:
            self.add_error("phone", "Enter a phone number to call back")
        elif len(phone) > PHONE_LENGTH:
            said = {"limit_value": PHONE_LENGTH, "show_value": len(phone)}
            self.add_error("phone", too_long("The phone number") % said)
        return found

    def clean_where(self) -> str:
        """What is too long is cut: nothing that may be left empty holds up a call for help."""
        return str(self.cleaned_data["where"])[:WHERE_LENGTH]


class SaysNo(Once):
    """They say no to emergency help: their words, if any, and who says so."""

    words = counted_words(
        "What they say, in their words",
        what="What they say",
        missing="",
        rows=2,
        required=False,
        help_text="It may stay empty. Ask why, and who is with them",
    )
    said_by = forms.ChoiceField(
        label="Who says no",
        choices=SaidBy.choices(),
        initial=SaidBy.PATIENT.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who says no"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="no_%s", **kwargs)

    def clean_said_by(self) -> SaidBy:
        return SaidBy(self.cleaned_data["said_by"])


class CallBecame(Once):
    """The request that a call for help became."""

    case = forms.CharField(
        label="Reference of the request",
        required=False,
        max_length=PHONE_LENGTH,
        widget=forms.TextInput(attrs={"width": "20", "autocomplete": "off"}),
        error_messages={"max_length": too_long("The reference")},
    )
