"""The number a patient is called on, given or corrected after they have asked."""

from django import forms
from django.conf import settings

from practices.form_fields import too_long
from practices.rules.phones import parse_phone, spoken
from practices.rules.refusals import BadInput
from triage.actions.numbers import NumberWish
from triage.forms.once import Once
from triage.queries.contact import ContactFacts

LONGEST_NUMBER = 40
OPTIONS = "options"


class GivenNumber(Once):
    """A number, and what may be done with it.

    `back` is the page that asked for it, `knew` the number that stood there.
    """

    knew = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_NUMBER)
    back = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    phone = forms.CharField(
        label="Phone number to call back",
        max_length=LONGEST_NUMBER,
        help_text="For this request only: the practice’s record keeps its own",
        widget=forms.TextInput(attrs={"inputmode": "tel", "width": "20", "autocomplete": "off"}),
        error_messages={
            "required": "Enter the phone number",
            "max_length": too_long("The phone number"),
        },
    )
    temporary_phone = forms.BooleanField(label="This number is for now only", required=False)
    safe_to_text = forms.BooleanField(label="It is safe to send a text", required=False)
    no_calls = forms.BooleanField(label="It is not safe to call this number", required=False)
    voicemail_allowed = forms.BooleanField(label="A voicemail may be left", required=False)

    @classmethod
    def of(cls, contact: ContactFacts, *, back: str = "") -> "GivenNumber":
        """The form with what is known; whoever only mends a digit loses nothing that was said."""
        return cls(
            initial={
                "back": back,
                "knew": contact.phone,
                "phone": contact.heard_phone or (spoken(contact.phone) if contact.phone else ""),
                "temporary_phone": contact.temporary_phone,
                "safe_to_text": contact.safe_to_text,
                "no_calls": not contact.safe_to_call,
                "voicemail_allowed": contact.voicemail_allowed,
            }
        )

    def clean_phone(self) -> str:
        try:
            return parse_phone(self.cleaned_data["phone"], training=settings.TRAINING)
        except BadInput as refusal:
            raise forms.ValidationError(refusal.text) from refusal

    def moved_to(self, phone: str) -> None:
        """Whoever keeps theirs now has seen the number that a colleague gave."""
        self.data = self.data.copy()
        self.data["knew"] = phone

    def wish(self) -> NumberWish:
        """What was said, as the action wants it."""
        said = self.cleaned_data
        return NumberWish(
            phone=said["phone"],
            is_temporary=said["temporary_phone"],
            safe_to_call=not said["no_calls"],
            safe_to_text=said["safe_to_text"],
            voicemail_allowed=said["voicemail_allowed"],
        )
