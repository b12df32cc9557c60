"""What is said when a case goes to a clinician of the practice, by name."""

from collections.abc import Iterable
from typing import Any

from django import forms

from triage.actions.bouncing import Named
from triage.forms.clinic import CHOOSE, LONGEST_REASON, CaseForm, words_field

LONGEST_ID = 9


class NamedClinician(forms.TypedChoiceField):
    """A clinician by number; whether it is one who can be named, the action knows."""

    def valid_value(self, value: str) -> bool:
        return value.isascii() and value.isdigit() and len(value) <= LONGEST_ID


class HandBackForm(CaseForm):
    """Why the practice should take the case; the second time, who there."""

    name = "back"
    reason = words_field("Why the practice should take this", most=LONGEST_REASON)
    to_clinician = NamedClinician(
        label="Clinician of the practice", required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, named: Iterable[Named] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_from(named)

    def name_from(self, named: Iterable[Named]) -> None:
        """These clinicians can be chosen."""
        listed = [(one.id, one.name) for one in named]
        self.fields["to_clinician"].choices = [CHOOSE, *listed]

    def wish(self) -> dict[str, object]:
        said = self.cleaned_data
        return {
            "reason": said["reason"],
            "to_clinician_id": said["to_clinician"],
            "version": said["version"],
        }
