"""What is typed in from paper: the sheet's number, when it happened, and what it says."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from appointments.rules.codes import ContactKind
from practices.form_fields import TimeField, moment, too_long
from practices.rules.london import day_words
from practices.rules.refusals import BadInput
from triage.actions import OutcomeWish
from triage.actions.paper_entry import Line
from triage.actions.requests import RequestWish
from triage.forms.clinic import CHOOSE, number_field
from triage.forms.ending import (
    LONGEST_TAKEN,
    NOTE_HINT,
    SPOKEN,
    TAKEN,
    TAKEN_HINT,
    OutcomeField,
    outcome_choices,
    read_outcome,
    read_spoken,
)
from triage.forms.once import Once
from triage.forms.reception import NewRequest, Words
from triage.queries.case_rows import EarlierRow
from triage.rules.attempts import Met, TriedBy
from triage.rules.closing import Record, needs_record
from triage.rules.paper import read_number
from triage.rules.second_looks import Again

LONGEST = 500
LONGEST_NOTE = 2000
DAYS = 3


def _days(today: date) -> list[tuple[str, str]]:
    """Today and the two days before, by name."""
    days = [today - timedelta(days=back) for back in range(DAYS)]
    return [(f"{day:%Y-%m-%d}", day_words(day)) for day in days]


def _clock(label: str) -> TimeField:
    return TimeField(
        label=label,
        help_text="As it is on the paper, like 9:12am",
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Enter the time that is on the paper, like 9:12am"
        ),
    )


class OnPaper(Once):
    """The part every sheet has. `settle` is what was chosen where two things did not fit."""

    number = forms.CharField(
        label="Number of the form or line",
        help_text="Like K7M-3QX or K7M-3QX/2",
        max_length=20,
        widget=forms.TextInput(attrs={"width": "10", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter the number that is on the form",
            "max_length": too_long("The number of the form"),
        },
    )
    happened_on = forms.ChoiceField(
        label="Day", error_messages={"required": "Choose the day that is on the paper"}
    )
    time = _clock("Time it happened")
    settle = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].choices = _days(today)

    def clean_number(self) -> str:
        try:
            return read_number(self.cleaned_data["number"])
        except BadInput as refusal:
            raise forms.ValidationError(refusal.text) from refusal

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self._put_together("happened_on", "time")
        return said

    def line(self) -> Line:
        """The sheet's line, as the action wants it."""
        return Line(self.cleaned_data["number"], self.cleaned_data["time"])

    def _put_together(self, day: str, time: str) -> None:
        """The typed time becomes the instant of its day; what is wrong with it stands there."""
        said = self.cleaned_data
        if said.get(day) and said.get(time):
            try:
                said[time] = moment(date.fromisoformat(said[day]), said[time])
            except forms.ValidationError as refusal:
                self.add_error(time, refusal)


class PaperRequest(OnPaper, NewRequest):
    """A request that was taken down on paper."""

    def paper_wish(self, *, patient: uuid.UUID, today: date) -> RequestWish:
        """What was said."""
        return self.wish(patient=patient, today=today)


class PaperBooking(OnPaper):
    """An appointment made on paper, as it was written."""

    slot_on = forms.ChoiceField(label="Day of the appointment")
    slot_time = _clock("Time of the appointment")
    clinician = forms.TypedChoiceField(
        label="With",
        coerce=int,
        error_messages={"required": "Choose whom the appointment is with"},
    )

    def __init__(self, *args: Any, today: date, clinicians: Any, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        ahead = [today + timedelta(days=days) for days in range(-1, 14)]
        days = [(f"{day:%Y-%m-%d}", day_words(day)) for day in ahead]
        self.fields["slot_on"].choices = days
        self.fields["slot_on"].initial = f"{today:%Y-%m-%d}"
        self.fields["clinician"].choices = [("", "Choose one"), *clinicians]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self._put_together("slot_on", "slot_time")
        return said

    def starts_at(self) -> datetime:
        """When the appointment is, as written."""
        starts_at: datetime = self.cleaned_data["slot_time"]
        return starts_at

    def clinician_name(self) -> str:
        """Whom the sheet names."""
        named = dict(self.fields["clinician"].choices)
        return str(named.get(self.cleaned_data["clinician"], ""))


class PaperOutcome(OnPaper):
    """How it ended, with whom somebody spoke, and what the patient was told to watch for."""

    outcome = OutcomeField(
        label="Outcome",
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose the outcome that is on the paper"
        ),
    )
    spoke = forms.ChoiceField(
        label="The clinician spoke with",
        choices=[CHOOSE, *SPOKEN],
        required=False,
    )
    record_viewed = forms.ChoiceField(
        label="Record viewed", choices=[CHOOSE, *Record.choices()], required=False
    )
    again = forms.ChoiceField(
        label="Second look (optional)",
        help_text="Counted from today, when it is typed in",
        choices=[("", "No second look"), *Again.choices()],
        required=False,
    )
    safety_net = Words(
        label="Safety net",
        help_text="What the patient was told to watch for, as it is on the paper",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": too_long("Safety net")},
    )
    taken_by = Words(
        label=TAKEN,
        help_text=TAKEN_HINT,
        required=False,
        max_length=LONGEST_TAKEN,
        widget=forms.TextInput,
        error_messages={"max_length": too_long(TAKEN)},
    )
    note = Words(
        label="Note for the record",
        help_text=NOTE_HINT,
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": too_long("Note for the record")},
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        is_booked: bool,
        others: Iterable[EarlierRow],
        **kw: Any,
    ) -> None:
        super().__init__(*args, today=today, auto_id="id_out_%s", **kw)
        fits = outcome_choices(is_booked=is_booked, others=others)
        self.fields["outcome"].choices = [CHOOSE, *fits]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        outcome = said.get("outcome")
        if outcome and needs_record(read_outcome(outcome)[0]) and not said.get("record_viewed"):
            self.add_error("record_viewed", "Choose which record was viewed")
        return said

    def wish(self) -> OutcomeWish:
        """As the action wants it."""
        said = self.cleaned_data
        outcome, other = read_outcome(said["outcome"])
        return OutcomeWish(
            code=outcome,
            duplicate_of=other,
            contact=read_spoken(said["spoke"]),
            record_viewed=said["record_viewed"],
            again=Again(said["again"]) if said["again"] else None,
            safety_net=said["safety_net"],
            note=said["note"],
            taken_by=said["taken_by"],
        )

    def written(self) -> tuple[str, ...]:
        """What the sheet says, line by line."""
        said = self.cleaned_data
        lines = [dict(self.fields["outcome"].choices)[said["outcome"]]]
        lines += [f"Spoke with: {dict(SPOKEN)[said['spoke']]}"] if said["spoke"] else []
        if said["record_viewed"]:
            lines.append(f"Record viewed: {Record(said['record_viewed']).label}")
        lines += [f"Second look: {Again(said['again']).label}"] if said["again"] else []
        lines += [f"Safety net: {said['safety_net']}"] if said["safety_net"] else []
        lines += [f"Taken over by: {said['taken_by']}"] if said["taken_by"] else []
        lines += [f"Note: {said['note']}"] if said["note"] else []
        return tuple(lines)


class PaperAttempt(OnPaper):
    """Somebody tried to reach the patient."""

    channel = forms.ChoiceField(label="Tried to reach them by", choices=TriedBy.choices())
    number_rung = number_field()
    met = forms.TypedChoiceField(
        label="Who answered?",
        choices=[CHOOSE, *Met.choices()],
        coerce=Met,
        error_messages={"required": "Choose who answered, as it is on the paper"},
    )


class PaperContact(OnPaper):
    """A contact without an appointment."""

    kind = forms.TypedChoiceField(
        label="Kind of contact", choices=ContactKind.choices(), coerce=ContactKind
    )
    note = Words(
        label="Note",
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": too_long("Note")},
    )
