"""What a clinician records beside the outcome: the chaperone, and who goes to the unreached."""

from django import forms

from practices.form_fields import too_long
from triage.forms.clinic import CHOOSE, LONGEST_REASON, CaseForm, words_field
from triage.forms.reception import Words
from triage.rules.chaperones import LONGEST_NAME, Chaperone
from triage.rules.unreached import SentHelp

NAME = "Name and role of the chaperone"


class ChaperoneForm(CaseForm):
    """Offered and accepted, by whom; declined; or not needed."""

    name = "chaperone"
    offered = forms.ChoiceField(
        label="Chaperone",
        choices=[CHOOSE, *Chaperone.choices()],
        error_messages={"required": "Choose what became of the offer"},
    )
    chaperone_name = Words(
        label=NAME,
        help_text="If accepted",
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": too_long("Name and role")},
    )
    is_trained = forms.BooleanField(
        label="Trained as a chaperone, and not family, friend or carer of the patient",
        required=False,
    )

    def clean_offered(self) -> Chaperone:
        return Chaperone(self.cleaned_data["offered"])


class SendHelpForm(CaseForm):
    """Who goes to a patient whom nobody reaches, and who was asked."""

    name = "send_help"
    sent = forms.ChoiceField(
        label="Nobody answers. Who goes there now?",
        choices=[CHOOSE, *SentHelp.choices()],
        error_messages={"required": "Choose who goes there"},
    )
    words = words_field("Whom you asked, with their reference; or why nobody", most=LONGEST_REASON)

    def clean_sent(self) -> SentHelp:
        return SentHelp(self.cleaned_data["sent"])
