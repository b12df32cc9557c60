"""A list that ended early, in words: what became of each patient, and who has to do what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from appointments.rules.codes import Mode
from practices.presenters import date_words, time_words
from practices.presenters.messages import fate_words
from practices.rules.message_words import News
from practices.rules.phones import dialled, spoken
from triage.presenters.contact import ring_words
from triage.presenters.gone_home_after import as_shown, unlike, verdict
from triage.queries.ended_sessions import EndedSession
from triage.queries.gone_home import EndedToday, ListRow, PatientRow

NO_PHONE = "No phone number given: look in the record for another way"
OUTCOMES = {
    "pending": "A place is being looked for",
    "placed": "New appointment",
    "duty": "With the duty clinician",
    "queue": "Waits for another place",
    "taken": "A clinician has the case",
    "back": "Back in the old place",
}
HEARS = {
    "pending": "Nothing yet.",
    "back": "Nothing new: the old time stands.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One patient."""

    patient: str
    born: str
    phone: str
    reference: str
    was: str
    outcome: str
    level: str
    where: str
    hears: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToRing:
    """Somebody whom a person has to tell, the words, and who does it."""

    patient: str
    born: str
    phone: str
    dials: str
    reference: str
    say: str
    owner: str


@dataclass(frozen=True, slots=True)
class Today:
    """One list that ended today, as a line with a link."""

    public_id: str
    title: str
    says: str
    still: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionLink:
    """A session of the list, as it stands now."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole list."""

    title: str
    summary: str
    undone: str
    counts: tuple[str, ...]
    is_looking: bool
    verdict: str
    as_shown: str
    unlike: tuple[str, ...]
    sessions: tuple[SessionLink, ...]
    to_ring: tuple[ToRing, ...]
    without_place: tuple[ToRing, ...]
    lines: tuple[Line, ...]


def page(row: ListRow, *, now: datetime) -> Page:
    """The list in words, with who must be called first."""
    return Page(
        title=f"{row.clinician} {'is back' if row.taken_back_at else 'has gone home'}",
        summary=f"From {time_words(row.from_at)}: {row.reason}. Said at {time_words(row.said_at)}.",
        undone=_undone(row),
        counts=_counts(row),
        is_looking=not row.is_settled and not row.taken_back_at and bool(row.patients),
        verdict=verdict(row),
        as_shown=as_shown(row),
        unlike=unlike(row, tuple(_now(one) for one in row.patients)),
        sessions=tuple(_session(one) for one in row.sessions),
        to_ring=tuple(_to_ring(one) for one in row.patients if one.to_tell),
        without_place=tuple(_to_ring(one) for one in row.patients if one.waits),
        lines=tuple(_line(one, now=now) for one in row.patients),
    )


@dataclass(frozen=True, slots=True)
class Undo:
    """What taking the list back would still do, and the button."""

    says: str
    button: str


def undo(row: ListRow, able: int) -> Undo:
    """How many can have the old place again, said before anybody presses."""
    everybody = len(row.patients)
    says = "Their sessions go on, and can be booked again."
    if everybody:
        says = f"{able} of {everybody} can have the old place again, and hear nothing."
    if able < everybody:
        says = (
            f"{says} {everybody - able} have heard already or are in somebody’s hands: they stay."
        )
    return Undo(says=says, button=f"{row.clinician} is back: undo")


def today(found: Sequence[EndedToday]) -> tuple[Today, ...]:
    """Today's lists in words, each with what is still to do."""
    return tuple(
        Today(
            public_id=str(one.public_id),
            title=f"{one.clinician}, {time_words(one.said_at)}",
            says=_says(one),
            still=_still(one),
        )
        for one in found
    )


def _says(one: EndedToday) -> str:
    said = f"Said by {one.said_by or 'the system'}. Patients: {one.patients}."
    if one.taken_back_at is None:
        return said
    return f"Undone at {time_words(one.taken_back_at)}: the clinician is back. {said}"


def _still(one: EndedToday) -> tuple[str, ...]:
    found = (
        (one.pending, "A place is being looked for"),
        (one.without_place, "Still without a place"),
        (one.untold, "Still to be told by a person"),
    )
    return tuple(f"{words}: {number}" for number, words in found if number) or ("Nothing to do",)


def _session(one: EndedSession) -> SessionLink:
    hours = f"{time_words(one.starts_at)} to {time_words(one.ends_at)}"
    return SessionLink(f"Session, {hours}", reverse("triage:session", args=[one.public_id]))


def _to_ring(one: PatientRow) -> ToRing:
    return ToRing(
        patient=one.patient,
        born=date_words(one.born_on),
        phone=ring_words(one.contact.rung_on, one.contact, email=one.email, address=one.address),
        dials=dialled(one.contact.rung_on) if one.contact.rung_on else "",
        reference=one.reference,
        say=one.to_tell,
        owner=_owner(one) if one.to_tell else "",
    )


def _owner(one: PatientRow) -> str:
    """Who answers for the patient hearing of it in time."""
    if one.told_by and one.told_since is not None:
        return f"{one.told_by} tells them, since {time_words(one.told_since)}"
    return f"Nobody tells them yet: it is with {one.practice}’s desk"


def _counts(row: ListRow) -> tuple[str, ...]:
    found = [(code, sum(one.outcome == code for one in row.patients)) for code in OUTCOMES]
    return tuple(f"{OUTCOMES[code]}: {number}" for code, number in found if number)


def _undone(row: ListRow) -> str:
    """That the list goes on, before anything that reads as if it had ended; empty while it has."""
    if row.taken_back_at is None:
        return ""
    back = sum(one.outcome == "back" for one in row.patients)
    stay = len(row.patients) - back
    others = f" {stay} of {len(row.patients)} stay where they are, each with why." if stay else ""
    return f"Undone at {time_words(row.taken_back_at)}: the list goes on.{others}"


def _line(one: PatientRow, *, now: datetime) -> Line:
    return Line(
        patient=one.patient,
        born=date_words(one.born_on),
        phone=spoken(one.contact.rung_on) if one.contact.rung_on else "not to be rung",
        reference=one.reference,
        was=time_words(one.was_at) + (", waits in the building" if one.was_here else ""),
        outcome=OUTCOMES[one.outcome],
        level="urgent" if one.outcome == "duty" and one.waits else "none",
        where=_where(one),
        hears=_hears(one, now=now),
        # Why they were to go elsewhere is nothing to who is back.
        why=() if one.outcome == "back" else one.why,
    )


def _now(one: PatientRow) -> str:
    where = _where(one)
    return f"{OUTCOMES[one.outcome]}{f', {where}' if where else ''}"


def _where(one: PatientRow) -> str:
    if one.now_at is None:
        return ""
    mode = Mode(one.now_mode).label.lower()
    return f"{time_words(one.now_at)} with {one.now_clinician}, {one.now_site}, {mode}"


def _hears(one: PatientRow, *, now: datetime) -> str:
    """What was said since the list ended, and whether it has arrived."""
    if one.to_tell:
        return "From a person: not told yet."
    if one.said is None:
        return HEARS.get(one.outcome, "Nothing was sent: say it when you speak to them.")
    return f"{News(one.said.kind).label}. {fate_words(one.said, now=now)}."
