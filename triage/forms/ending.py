"""How a clinician says that a case ends: the outcome, with whom they spoke, and what was said."""

from collections.abc import Iterable

from django import forms

from practices.form_fields import too_long
from triage.actions import OutcomeWish
from triage.forms.clinic import CHOOSE, LONGEST_NOTE, CaseForm, words_field
from triage.forms.reception import Words
from triage.queries.case_rows import EarlierRow
from triage.rules.attempts import SPOKE, Contact, Met, TriedBy
from triage.rules.closing import Record, outcomes_for, record_fault, safety_fault
from triage.rules.codes import Need, Outcome, Urgency
from triage.rules.safety_net import STANDARD_SAFETY_NET, BetterBy, Where
from triage.rules.second_looks import Again

LONGEST_TAKEN = 200
LONGEST_REFERENCE = 20
NOTE_HINT = "May stay empty"
TAKEN = "Who there has taken over"
TAKEN_HINT = (
    "Name and place, if you spoke to them: needed in an emergency. "
    "Left empty, it stays open until somebody records it"
)
NOBODY = "nobody"
# One press ends the case, and says with whom one spoke about it.
SPOKEN = [
    *((f"{one.met.value}:{one.channel.value}", words) for one, words in SPOKE.items()),
    (NOBODY, "nobody"),
]


class OutcomeField(forms.ChoiceField):
    """An outcome; a duplicate with the case it is about, of which the action knows."""

    def valid_value(self, value: str) -> bool:
        code, _, other = value.partition(":")
        names = code == Outcome.DUPLICATE and len(other) <= LONGEST_REFERENCE
        return code in set(Outcome) and (not other or (names and other.isprintable()))


def outcome_choices(
    *, is_booked: bool, at_practice: bool = False, others: Iterable[EarlierRow] = ()
) -> list[tuple[str, str]]:
    """The outcomes that fit, in the order of the list; a duplicate is one of an open case."""
    found: list[tuple[str, str]] = []
    for one in outcomes_for(is_booked=is_booked, at_practice=at_practice):
        if one is Outcome.DUPLICATE:
            found += [
                (
                    f"{one.value}:{row.reference}",
                    f"{one.label}: {Need(row.need).label}, {row.reference}",
                )
                for row in others
            ]
        else:
            found.append((one.value, one.label))
    return found


def read_outcome(text: str) -> tuple[Outcome, str]:
    """The outcome, and the other case where it is a duplicate of one."""
    code, _, other = text.partition(":")
    return Outcome(code), other


def read_spoken(text: str) -> Contact | None:
    """The contact that was chosen; None where it was nobody."""
    met, _, channel = text.partition(":")
    return Contact(Met(met), TriedBy(channel)) if channel else None


class OutcomeForm(CaseForm):
    """How the case ends: three presses at most, the safety net is there to be changed."""

    name = "outcome"
    outcome = OutcomeField(label="Outcome", error_messages={"required": "Choose an outcome"})
    spoke = forms.ChoiceField(choices=SPOKEN, required=False, widget=forms.HiddenInput)
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

    def offer(self, *, is_booked: bool, at_practice: bool, others: Iterable[EarlierRow]) -> None:
        """Only what fits the case."""
        fits = outcome_choices(is_booked=is_booked, at_practice=at_practice, others=others)
        self.fields["outcome"].choices = [CHOOSE, *fits]

    def say_of_pharmacy(self, why_not: str, ask_first: str) -> None:
        """What the list of places says of a pharmacy for this case."""
        said = f"{why_not}. If sent there, say why here" if why_not else ""
        asks = f"Pharmacy: {ask_first[:1].lower()}{ask_first[1:]}" if ask_first else ""
        self.fields["note"].help_text = ". ".join(filter(None, [NOTE_HINT, said or asks]))

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
        outcome, other = read_outcome(said["outcome"])
        wish = OutcomeWish(
            code=outcome,
            duplicate_of=other,
            contact=read_spoken(said["spoke"]),
            again=Again(said["again"]) if said["again"] else None,
            note=said["note"],
            taken_by=said["taken_by"],
            better_by=BetterBy(said["better_by"]) if said["better_by"] else None,
            where=Where(said["where"] or Where.PRACTICE),
            safety_net=said["safety_net"],
            record_viewed=said["record_viewed"],
        )
        return {"wish": wish, "version": said["version"]}
