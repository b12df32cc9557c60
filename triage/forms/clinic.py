"""What a clinician says about a case. Forms check form; what may be done, the rules decide."""

from typing import Any, Self

from django import forms

from practices.form_fields import too_long
from triage.actions import OutcomeWish
from triage.forms.reception import Once, Words
from triage.rules.attempts import SPOKE, TRIED, Contact, Met, TriedBy
from triage.rules.closing import Record, outcomes_for, record_fault, safety_fault
from triage.rules.codes import Outcome, Urgency
from triage.rules.safety_net import STANDARD_SAFETY_NET, BetterBy, Where
from triage.rules.second_looks import Again

LONGEST_NOTE = 2000
LONGEST_REASON = 500
LONGEST_TAKEN = 200
SHORTEST_NUMBER = 6
CHOOSE = ("", "Choose one")


class CaseForm(Once):
    """A wish about one case as somebody saw it: `version` is what they had before them."""

    name = ""
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{self.name}_%s", **kwargs)

    @property
    def is_refused(self) -> bool:
        """Whether the page shows it again with what was wrong."""
        return bool(self.errors)

    def seen_version(self) -> int | None:
        """The version the person had before them."""
        return getattr(self, "cleaned_data", {}).get("version")

    def at_version(self, version: int) -> Self:
        """The same words, to be sent again about the case as it is now."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
        return self

    def wish(self) -> dict[str, object]:
        """What the action is asked for, with the version it was asked about."""
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"once", "version"}
        }
        return said | {"version": self.cleaned_data["version"]}


NOTE_HINT = "May stay empty"
TAKEN = "Who there has taken over"
TAKEN_HINT = (
    "Name and place, if you spoke to them: needed in an emergency. "
    "Left empty, it stays open until somebody records it"
)


def words_field(
    label: str, *, most: int, hint: str = "", rows: int = 2, initial: str = ""
) -> Words:
    """A box for words that may stay empty."""
    named = label.removesuffix(" (optional)")
    return Words(
        label=label,
        help_text=hint,
        required=False,
        max_length=most,
        initial=initial,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": too_long(named)},
    )


class Plain(CaseForm):
    """A button and nothing else."""

    name = "plain"


class ClassForm(CaseForm):
    """The class a clinician puts a name to."""

    name = "class"
    urgency = forms.ChoiceField(
        label="Class",
        choices=[(one.value, f"{one.value} {one.label}") for one in Urgency],
        error_messages={"required": "Choose a class"},
    )
    reason = words_field("Why it changes", most=LONGEST_REASON)

    def clean_urgency(self) -> Urgency:
        return Urgency(self.cleaned_data["urgency"])


class AsItIs(CaseForm):
    """One press signs the class the case has."""

    name = "as_is"
    urgency = forms.CharField(widget=forms.HiddenInput)


class AttemptForm(CaseForm):
    """Somebody tried to reach the patient."""

    name = "attempt"
    channel = forms.ChoiceField(
        label="Tried to reach them by", choices=[(one.value, one.label) for one in TRIED]
    )
    number = forms.CharField(
        label="Another number (optional)",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel", "width": "20"}),
        error_messages={"max_length": too_long("Number")},
    )
    met = forms.ChoiceField(
        choices=Met.choices(),
        widget=forms.HiddenInput,
        error_messages={"required": "Say who answered"},
    )

    def clean_number(self) -> str:
        said: str = self.cleaned_data["number"]
        if said and sum(letter.isdecimal() for letter in said) < SHORTEST_NUMBER:
            raise forms.ValidationError("Enter the whole number you rang, or leave it empty")
        return said

    def clean_met(self) -> Met:
        return Met(self.cleaned_data["met"])


def spoken(contact: Contact) -> str:
    """The choice that says so."""
    return f"{Outcome.ADVICE.value}:{contact.met.value}:{contact.channel.value}"


# One press says that advice was given, to whom and how.
SPOKEN = [(spoken(one), f"{Outcome.ADVICE.label}: {words}") for one, words in SPOKE.items()]


def outcome_choices(
    *, is_booked: bool, is_met: bool, at_practice: bool = False
) -> list[tuple[str, str]]:
    """The outcomes in the order of the list, advice as it has to be said here."""
    found = outcomes_for(is_booked=is_booked, at_practice=at_practice)
    fits = [(one.value, one.label) for one in found]
    if is_met:
        return fits
    return [*SPOKEN, *(one for one in fits if one[0] != Outcome.ADVICE.value)]


def read_outcome(text: str) -> tuple[Outcome, Contact | None]:
    """The outcome, and the contact where it names one."""
    code, *spoke = text.split(":")
    if not spoke:
        return Outcome(code), None
    return Outcome(code), Contact(Met(spoke[0]), TriedBy(spoke[1]))


class OutcomeForm(CaseForm):
    """How the case ends: three presses at most, the safety net is there to be changed."""

    name = "outcome"
    outcome = forms.ChoiceField(label="Outcome", error_messages={"required": "Choose an outcome"})
    record_viewed = forms.ChoiceField(
        label="Record viewed",
        choices=[CHOOSE, *Record.choices()],
        required=False,
    )
    again = forms.ChoiceField(
        label="Second look (optional)",
        choices=[("", "No second look"), *Again.choices()],
        required=False,
    )
    safety_net = words_field(
        "Safety net",
        most=LONGEST_NOTE,
        hint="What to expect and watch for. A text says only by when, and whom to call",
        rows=3,
        initial=STANDARD_SAFETY_NET,
    )
    better_by = forms.ChoiceField(
        label="Should be better",
        choices=BetterBy.choices(),
        initial=BetterBy.TWO_DAYS,
        required=False,
    )
    where = forms.ChoiceField(
        label="If not, or if worse, they call",
        choices=Where.choices(),
        initial=Where.PRACTICE,
        required=False,
    )
    taken_by = Words(
        label=TAKEN,
        help_text=TAKEN_HINT,
        required=False,
        max_length=LONGEST_TAKEN,
        widget=forms.TextInput,
        error_messages={"max_length": too_long(TAKEN)},
    )
    note = words_field("Note for the record", most=LONGEST_NOTE, hint=NOTE_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [*outcome_choices(is_booked=True, is_met=True), *SPOKEN]
        self.fields["outcome"].choices = [CHOOSE, *known]

    def offer(self, *, is_booked: bool, is_met: bool, at_practice: bool) -> None:
        """Only what fits the case; with whom one spoke is asked where nobody has yet."""
        fits = outcome_choices(is_booked=is_booked, is_met=is_met, at_practice=at_practice)
        self.fields["outcome"].choices = [CHOOSE, *fits]

    def say_all(self, urgency: Urgency, *, has_declined: bool) -> None:
        """All that is missing is said at once, whichever of it was found first."""
        said = {name: str(self[name].value() or "") for name in self.fields}
        code = said["outcome"].partition(":")[0]
        if code not in set(Outcome) or self.non_field_errors():
            return
        for fault in (
            record_fault(Outcome(code), said["record_viewed"]),
            safety_fault(
                urgency,
                Outcome(code),
                safety_net=said["safety_net"],
                taken_by=said["taken_by"],
                has_declined=has_declined,
            ),
        ):
            if fault is not None and fault.field not in self.errors:
                self.refuse(fault.text, field=fault.field)

    def wish(self) -> dict[str, object]:
        said = self.cleaned_data
        outcome, contact = read_outcome(said["outcome"])
        wish = OutcomeWish(
            code=outcome,
            contact=contact,
            again=Again(said["again"]) if said["again"] else None,
            note=said["note"],
            taken_by=said["taken_by"],
            better_by=BetterBy(said["better_by"]) if said["better_by"] else None,
            where=Where(said["where"] or Where.PRACTICE),
            safety_net=said["safety_net"],
            record_viewed=said["record_viewed"],
        )
        return {"wish": wish, "version": said["version"]}


class AskForm(CaseForm):
    """What somebody asks their supervisor now."""

    name = "ask"
    question = words_field("What do you want to ask?", most=LONGEST_REASON)


class AnswerForm(CaseForm):
    """What the supervisor answers."""

    name = "answer"
    reply = words_field("Your answer", most=LONGEST_REASON)


class AcceptForm(CaseForm):
    """The practice takes the case."""

    name = "accept"
    note = words_field("Who takes this, and by when", most=LONGEST_NOTE)


class ReasonForm(CaseForm):
    """A reason, and the button."""

    name = "reason"
    reason = words_field("Why", most=LONGEST_REASON)


class RefuseForm(ReasonForm):
    """The practice cannot take the case."""

    name = "refuse"


class ReopenForm(ReasonForm):
    """A closed case waits again."""

    name = "reopen"
