"""What is recorded beside the outcome: the chaperone, and who goes to the unreached."""

from triage.actions.chaperones import record_chaperone
from triage.actions.sending_help import send_help
from triage.forms import seeing
from triage.views.clinic_case import Wish


class RecordChaperone(Wish):
    action = record_chaperone
    form_class = seeing.ChaperoneForm
    said = "Recorded. It is in the history and in the note for the record"


class SendHelp(Wish):
    action = send_help
    form_class = seeing.SendHelpForm
    said = "Recorded. It is in the history"
