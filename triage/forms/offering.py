"""To whom a case is handed over."""

from collections.abc import Iterable

from triage.forms.clinic import CHOOSE, LONGEST_REASON, CaseForm, words_field
from triage.forms.hand_back import NamedClinician
from triage.queries.colleagues import Colleague


class OfferForm(CaseForm):
    """A colleague, and what they should know."""

    name = "offer"
    to_clinician = NamedClinician(
        label="Colleague on shift", required=False, coerce=int, empty_value=None
    )
    note = words_field("What they should know (optional)", most=LONGEST_REASON)

    def offer_to(self, people: Iterable[Colleague]) -> None:
        """These colleagues can be chosen."""
        listed = [(one.id, f"{one.name}, {one.profession.label}") for one in people]
        self.fields["to_clinician"].choices = [CHOOSE, *listed]

    def wish(self) -> dict[str, object]:
        said = self.cleaned_data
        return {
            "to_clinician_id": said["to_clinician"],
            "note": said["note"],
            "version": said["version"],
        }
