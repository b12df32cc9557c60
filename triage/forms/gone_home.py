"""A clinician has gone home: who, from when, and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing

from practices.clock import local, local_day
from practices.form_fields import TimeField, moment, too_long
from triage.forms.once import Once
from triage.rules.foreseen import Foreseen, read_foreseen

LONGEST_REASON = 200
SHOWN = "triage.gone_home.shown"
SHOW_AGAIN = "This page has changed since it was shown. Look at the whole list again"


class GoneHomeForm(Once):
    """The clinicians with sessions left today; no time means now."""

    clinician = forms.TypedChoiceField(
        label="Who has gone home?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who has gone home"},
    )
    from_at = TimeField(
        label="From what time today?",
        help_text="For example, 1:30pm. Leave empty for now",
        required=False,
    )
    reason = forms.CharField(
        label="Why?",
        help_text="For example, unwell. Patients are not told the reason",
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"width": "20", "autocomplete": "off"}),
        error_messages={
            "required": "Enter why the clinician has left",
            "max_length": too_long("The reason"),
        },
    )

    sure = forms.CharField(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, clinicians: Sequence[tuple[int, str]], now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["clinician"].choices = clinicians

    def kept(self, shown: Mapping[int, Foreseen]) -> list[tuple[str, str]]:
        """What was typed, for the page that asks whether it is so; the instant is fixed now.

        What that page shows goes with it, signed, to be compared with what comes of it.
        """
        found = self.cleaned_data
        page = {str(pk): one.kept() for pk, one in shown.items()}
        return [
            ("once", found["once"]),
            ("clinician", str(found["clinician"])),
            ("from_at", local(found["from_at"]).strftime("%H:%M%Z")),
            ("reason", found["reason"]),
            ("shown", signing.dumps([found["clinician"], page], salt=SHOWN, compress=True)),
        ]

    def clean_shown(self) -> dict[int, Foreseen]:
        """What the page before showed of this clinician's list; nothing where none was shown."""
        if not self.cleaned_data["shown"]:
            return {}
        try:
            clinician, page = signing.loads(self.cleaned_data["shown"], salt=SHOWN)
        except signing.BadSignature as changed:
            raise forms.ValidationError(SHOW_AGAIN) from changed
        if clinician != self.cleaned_data.get("clinician"):
            raise forms.ValidationError(SHOW_AGAIN)
        return read_foreseen(page)

    def clean_reason(self) -> str:
        """Words that say something: nobody looks through a whole list to be refused after it."""
        said: str = self.cleaned_data["reason"]
        if not any(letter.isalnum() for letter in said):
            raise forms.ValidationError(self.fields["reason"].error_messages["required"])
        return said

    def clean_from_at(self) -> datetime:
        """The instant; a time that has passed is now."""
        typed = self.cleaned_data["from_at"]
        return max(moment(local_day(self.now), typed), self.now) if typed else self.now
