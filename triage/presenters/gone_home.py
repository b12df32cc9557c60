"""A list that ended early, in words: what became of each patient, and who has to do what."""

from collections.abc import Sequence
from dataclasses import dataclass

from appointments.rules.codes import Mode
from practices.presenters import date_words, time_words
from practices.rules.phones import spoken
from triage.queries.gone_home import EndedToday, ListRow, PatientRow

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
    "placed": "A message with the new time.",
    "duty": "The appointment cannot go ahead; we will contact them.",
    "queue": "The appointment cannot go ahead; we will contact them.",
    "taken": "The appointment cannot go ahead; the rest from the clinician.",
    "back": "Nothing: the old time stands.",
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
    """Somebody whom only a person can tell, and the words."""

    patient: str
    born: str
    phone: str
    reference: str
    say: str


@dataclass(frozen=True, slots=True)
class Today:
    """One list that ended today, as a line with a link."""

    public_id: str
    title: str
    says: str
    still: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole list."""

    title: str
    summary: str
    counts: tuple[str, ...]
    is_settled: bool
    verdict: str
    undo: str
    to_ring: tuple[ToRing, ...]
    without_place: tuple[ToRing, ...]
    lines: tuple[Line, ...]


def page(row: ListRow) -> Page:
    """The list in words, with who must be called first."""
    return Page(
        title=f"{row.clinician} {'is back' if row.taken_back_at else 'has gone home'}",
        summary=f"From {time_words(row.from_at)}: {row.reason}. Said at {time_words(row.said_at)}.",
        counts=_counts(row),
        is_settled=row.is_settled,
        verdict=_verdict(row),
        undo="" if row.taken_back_at else f"{row.clinician} is back: undo",
        to_ring=tuple(_to_ring(one) for one in row.patients if one.to_tell),
        without_place=tuple(_to_ring(one) for one in row.patients if one.waits),
        lines=tuple(_line(one) for one in row.patients),
    )


def today(found: Sequence[EndedToday]) -> tuple[Today, ...]:
    """Today's lists in words, each with what is still to do."""
    return tuple(
        Today(
            public_id=str(one.public_id),
            title=f"{one.clinician}, {time_words(one.said_at)}",
            says=f"Said by {one.said_by or 'the system'}. Patients: {one.patients}.",
            still=_still(one),
        )
        for one in found
    )


def _still(one: EndedToday) -> tuple[str, ...]:
    found = (
        (one.pending, "A place is being looked for"),
        (one.without_place, "Still without a place"),
        (one.untold, "Still to be told by a person"),
    )
    return tuple(f"{words}: {number}" for number, words in found if number) or ("Nothing to do",)


def _to_ring(one: PatientRow) -> ToRing:
    return ToRing(
        patient=one.patient,
        born=date_words(one.born_on),
        phone=spoken(one.phone) if one.phone else "No phone number given",
        reference=one.reference,
        say=one.to_tell,
    )


def _counts(row: ListRow) -> tuple[str, ...]:
    found = [(code, sum(one.outcome == code for one in row.patients)) for code in OUTCOMES]
    return tuple(f"{OUTCOMES[code]}: {number}" for code, number in found if number)


def _verdict(row: ListRow) -> str:
    if row.taken_back_at:
        when = time_words(row.taken_back_at)
        return f"Taken back at {when}. Whoever is not back is listed with why."
    if not row.patients:
        return "Nobody was booked into the rest of the list."
    if not row.is_settled:
        return "Places are being looked for. This takes a few seconds: load the page again."
    if row.is_proved:
        return "Proved: no lawful plan places these patients better."
    return "The best plan found in the time; a better one may exist."


def _line(one: PatientRow) -> Line:
    return Line(
        patient=one.patient,
        born=date_words(one.born_on),
        phone=spoken(one.phone) if one.phone else "not given",
        reference=one.reference,
        was=time_words(one.was_at) + (", waits in the building" if one.was_here else ""),
        outcome=OUTCOMES[one.outcome],
        level="urgent" if one.outcome == "duty" else "none",
        where=_where(one),
        hears="From a person: not told yet." if one.to_tell else HEARS[one.outcome],
        why=one.why,
    )


def _where(one: PatientRow) -> str:
    if one.now_at is None:
        return ""
    mode = Mode(one.now_mode).label.lower()
    return f"{time_words(one.now_at)} with {one.now_clinician}, {one.now_site}, {mode}"
