"""How a case ends: what must have been looked at first, and what the patient is told to watch."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from practices.rules.access import AccessNeed
from practices.rules.ages import GROWN_UP
from practices.rules.code import Code
from practices.rules.person_names import age_on
from practices.rules.refusals import Refused
from triage.rules.codes import Outcome, Urgency

# These say nothing about the patient's health, so no record has to be looked at for them.
WITHOUT_RECORD: frozenset[Outcome] = frozenset(
    {Outcome.NO_CONTACT, Outcome.NOT_BROUGHT, Outcome.DUPLICATE, Outcome.ADMIN_DONE}
)
# They name an appointment that took place; a case without a booking cannot end by them.
SEEN: frozenset[Outcome] = frozenset({Outcome.BOOKED_HUB, Outcome.BOOKED_PRACTICE})
# They rest on nothing that the patient said: nobody answered or came, or another case has it.
WITHOUT_CONTACT: frozenset[Outcome] = frozenset(
    {Outcome.NO_CONTACT, Outcome.NOT_BROUGHT, Outcome.DUPLICATE}
)
# Somebody else has the patient from this moment on.
HANDED_OVER_NOW: frozenset[Outcome] = frozenset(
    {
        Outcome.AMBULANCE,
        Outcome.HOSPITAL_SAME_DAY,
        Outcome.MATERNITY,
        Outcome.EYE_SERVICE,
        Outcome.MENTAL_HEALTH_CRISIS,
    }
)


TAKEN_OVER = "Taken over by: "
EXPECTED = "The patient still has an appointment. Keep it, or cancel it first."


class Record(Code):
    """What the clinician looked at before deciding."""

    SHARED = "shared_record", "Shared care record"
    PRACTICE = "practice_record", "Practice record"
    SUMMARY = "summary", "Summary only"
    NONE = "not_available", "Not available"


def must_be_brought(born_on: date, needs: Collection[str], *, on: date) -> bool:
    """Whether somebody else has to bring the patient: a child, or an adult who needs a carer there.

    Domain section 4: a missed contact of a child, or of an adult at risk, is "was not brought", and
    a clinician looks each time.
    """
    return age_on(born_on, on) < GROWN_UP or AccessNeed.CARER_PRESENT in needs


def is_ahead(booking_state: str, starts_at: datetime, *, at: datetime) -> bool:
    """Whether nobody has come to the appointment yet, because it is still to come."""
    return booking_state == "booked" and starts_at > at


def needs_record(outcome: Outcome) -> bool:
    """Whether the outcome is clinical, so that the record viewed has to be named."""
    return outcome not in WITHOUT_RECORD


def needs_contact(urgency: Urgency, outcome: Outcome) -> bool:
    """Whether a clinician has spoken with the patient, or who speaks for them, before it ends so.

    Only paperwork and what is planned end unspoken; advice is always given to somebody.
    """
    if urgency is Urgency.P6:
        return outcome is Outcome.ADVICE
    return outcome not in WITHOUT_CONTACT


def check_not_met(outcome: Outcome, *, is_met: bool) -> None:
    """Nobody says in one press that they spoke with the patient, and could not reach them."""
    if is_met and outcome is Outcome.NO_CONTACT:
        raise Refused(
            "You say that you spoke with them. Choose how it ended, or that you spoke with nobody",
            code="contact",
            field="outcome",
        )


def record_fault(outcome: Outcome, viewed: str) -> Refused | None:
    """A clinical outcome names the record that was looked at; that there was none is an answer."""
    if needs_record(outcome) and viewed not in set(Record):
        return Refused("Choose which record you viewed", code="required", field="record_viewed")
    return None


def says_something(text: str) -> bool:
    """Whether there is a word in it; blanks and full stops are none."""
    return any(letter.isalnum() for letter in text)


def with_taken_over(note: str, taken_by: str) -> str:
    """The note for the record; who took over stands first in it."""
    taken = f"{TAKEN_OVER}{taken_by}" if says_something(taken_by) else ""
    return "\n".join(filter(None, [taken, note]))


def taken_over_in(kept: str) -> tuple[str, str]:
    """The note and who took over, as they were typed."""
    first, _, rest = kept.partition("\n")
    if not first.startswith(TAKEN_OVER):
        return kept, ""
    return rest, first.removeprefix(TAKEN_OVER)


def safety_fault(
    urgency: Urgency,
    outcome: Outcome,
    *,
    safety_net: str,
    taken_by: str,
    has_declined: bool = False,
) -> Refused | None:
    """All end with a safety net but paperwork; an emergency handed over now says who took over.

    An emergency ends only with somebody who has the patient: who thinks it is none says so first,
    with another class. Whoever `has_declined` emergency help may have no more than advice.
    """
    ends = HANDED_OVER_NOW | SEEN | {Outcome.DUPLICATE}
    ends |= {Outcome.ADVICE} if has_declined else set()
    if urgency is Urgency.P0 and outcome not in ends:
        return Refused(
            "An emergency ends with who took over, or saw the patient. If it is none, change the"
            " class first.",
            code="emergency",
            field="outcome",
        )
    if urgency is Urgency.P0 and outcome in HANDED_OVER_NOW:
        if not says_something(taken_by):
            return Refused("Enter who took over", code="required", field="taken_by")
    elif not says_something(safety_net) and not _is_paperwork(urgency, outcome):
        return Refused(
            "Enter what to watch for, and what the patient does if it gets worse",
            code="required",
            field="safety_net",
        )
    return None


def check_all(*faults: Refused | None) -> None:
    """Nothing is missing, or the first of it is refused."""
    if fault := next((one for one in faults if one is not None), None):
        raise fault


def _is_paperwork(urgency: Urgency, outcome: Outcome) -> bool:
    """Whether nobody's health was asked about: a planned case that is a duplicate, or paper."""
    return urgency is Urgency.P6 and outcome in {Outcome.DUPLICATE, Outcome.ADMIN_DONE}


def must_be_signed(urgency: Urgency, *, is_signed: bool) -> bool:
    """Whether the case cannot end before a clinician has put their name to its class."""
    return urgency.rank <= Urgency.P3.rank and not is_signed


def why_not_handed_back(urgency: Urgency, *, is_signed: bool) -> str:
    """Why the practice may not take its time to answer for the case; empty where it may."""
    if urgency is Urgency.P0:
        return (
            "An emergency is not handed back. Call the practice's duty clinician and close"
            " with who took over."
        )
    if urgency is Urgency.P1 and not is_signed:
        return "Sign the class before you hand this back."
    return ""


def outcomes_for(*, is_booked: bool, at_practice: bool = False) -> tuple[Outcome, ...]:
    """The outcomes a case can end by, in the order of the list.

    Seen means at an appointment; the patient's own practice may see them without one of ours.
    """
    happened = SEEN if is_booked else {Outcome.BOOKED_PRACTICE} if at_practice else frozenset()
    return tuple(one for one in Outcome if one not in SEEN or one in happened)


def check_fits(outcome: Outcome, *, is_booked: bool, at_practice: bool) -> None:
    """Nobody is recorded as seen who had no appointment."""
    if outcome not in outcomes_for(is_booked=is_booked, at_practice=at_practice):
        raise Refused(
            "This case has no appointment, so nobody was seen. Choose how it ended.",
            code="not_seen",
            field="outcome",
        )
