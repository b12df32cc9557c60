"""How urgent, how long, how far: the same words and shapes on every page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from practices.clock import local_day
from practices.presenters import age_words, date_words, day_words, due_words, time_words
from practices.rules.nhs_number import spaced
from practices.rules.reach import Actor
from practices.rules.roles import CLINICAL_ROLES, Role
from triage.rules.codes import ClassStatus, Urgency

SOON = timedelta(minutes=15)
LEVELS: dict[Urgency, str] = {
    Urgency.P0: "emergency",
    Urgency.P1: "urgent",
    Urgency.P2: "urgent",
    Urgency.P3: "soon",
    Urgency.P4: "soon",
    Urgency.P5: "routine",
    Urgency.P6: "none",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A word with its shape: what `priority_tag` draws."""

    text: str
    level: str


@dataclass(frozen=True, slots=True)
class Left:
    """How long is left: what `time_left` draws."""

    words: str
    tense: str
    at: str


@dataclass(frozen=True, slots=True)
class Banner:
    """Whose page this is: what `patient_banner` draws."""

    name: str
    born: str
    age: str
    nhs_number: str
    practice: str
    alert: str = ""


def priority(urgency: Urgency) -> Sign:
    """The class in words."""
    return Sign(text=urgency.label, level=LEVELS[urgency])


def case_address(reference: str, *, by: Actor) -> str:
    """The case's page where this person works; a manager reads of it without one."""
    if by.is_one_of(CLINICAL_ROLES):
        return reverse("triage:case", args=[reference])
    return reverse("triage:desk", args=[reference]) if by.role is Role.RECEPTIONIST else ""


def status_words(status: ClassStatus) -> str:
    """Whether a clinician has signed the class."""
    if status is ClassStatus.SIGNED:
        return "signed by a clinician"
    return "not signed by a clinician yet"


def left(due_at: datetime, *, now: datetime, at_once: bool = False) -> Left:
    """The time to the due time, or past it. An emergency has no time left: it is now, then late."""
    tense = "late" if due_at < now else "soon" if due_at - now <= SOON else "later"
    words = "now" if at_once and due_at >= now else due_words(due_at, now=now)
    return Left(words=words, tense=tense, at=due_at.isoformat())


def when_words(at: datetime, *, now: datetime) -> str:
    """ "10:15am today", "9am tomorrow", "9am on Wednesday 2 December"."""
    day, today = local_day(at), local_day(now)
    if day == today:
        return f"{time_words(at)} today"
    if day == today + timedelta(days=1):
        return f"{time_words(at)} tomorrow"
    return f"{time_words(at)} on {day_words(day)}"


def name_words(family_name: str, given_name: str) -> str:
    """The name as a list shows it, exactly as it was given."""
    return f"{family_name}, {given_name}"


def banner(
    *,
    family_name: str,
    given_name: str,
    born_on: date,
    nhs_number: str | None,
    practice: str,
    now: datetime,
    alert: str = "",
) -> Banner:
    """The patient banner of a page."""
    return Banner(
        name=name_words(family_name, given_name),
        born=date_words(born_on),
        age=age_words(born_on, on=local_day(now)),
        nhs_number=spaced(nhs_number) if nhs_number else "not given",
        practice=practice,
        alert=alert,
    )
