"""Emergency now: the one form that asks for almost nothing."""

from django import forms

from triage.forms.once import Once

PHONE_LENGTH = 20
WHERE_LENGTH = 200


class EmergencyCall(Once):
    """A phone number is enough."""

    phone = forms.CharField(
        label="Phone number to call back",
        help_text="Or an extension of 3 or 4 digits",
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


class CallBecame(Once):
    """The request that a call for help became."""

    case = forms.CharField(
        label="Reference of the request",
        required=False,
        max_length=PHONE_LENGTH,
        widget=forms.TextInput(attrs={"width": "20", "autocomplete": "off"}),
        error_messages={"max_length": f"The reference must be {PHONE_LENGTH} characters or fewer"},
    )
