"""Before a list is ended, in words: who would go where, and whom a person has to ring."""

from dataclasses import dataclass

from appointments.rules.codes import Mode
from practices.presenters import date_words, time_words
from practices.rules.in_time import is_read_in_time
from practices.rules.phones import spoken
from practices.rules.ways import Way
from triage.actions.gone_home import GRACE
from triage.queries.gone_home_preview import Begun, Preview, WouldGo
from triage.rules.foreseen import Foreseen

# P0 to P3 without a place are the duty clinician's at once.
CALLED_NOW = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One patient: the place they have, where they would go, and how they would hear."""

    patient: str
    born: str
    was: str
    goes: str
    hears: str


@dataclass(frozen=True, slots=True)
class SurePage:
    """What one press would do."""

    title: str
    says: str
    pauses: str
    counts: tuple[str, ...]
    begun: tuple[str, ...]
    button: str
    duty: tuple[Line, ...]
    lines: tuple[Line, ...]


def sure_page(found: Preview) -> SurePage:
    """The question, with everything it would mean."""
    return SurePage(
        title=f"Has {found.clinician} gone home?",
        says=(
            f"From {time_words(found.from_at)} nobody can be booked with them today. "
            f"{_patients(len(found.patients))} on the rest of their list."
        ),
        pauses=_pauses(found),
        counts=_counts(found),
        begun=tuple(_begun(one) for one in found.begun),
        button=f"Yes, {found.clinician} has gone home",
        duty=tuple(_line(one, found) for one in found.patients if _is_duty(one)),
        lines=tuple(_line(one, found) for one in found.patients if not _is_duty(one)),
    )


def _pauses(found: Preview) -> str:
    """Whom nobody supervises then, and what that means."""
    if not found.pauses:
        return ""
    who = ", ".join(found.pauses)
    return (
        f"{found.clinician} supervises {who}. Nobody new comes to them until somebody else"
        " supervises them, and what they have in hand waits in the queue again."
    )


def foreseen(found: Preview) -> dict[int, Foreseen]:
    """What the page says of each, by booking, to be compared with what comes of it."""
    return {
        one.booking_id: Foreseen(
            was=time_words(one.was_at),
            says=_goes(one),
            goes="placed" if one.to else "duty" if _is_duty(one) else "queue",
            slot=one.to.id if one.to else None,
        )
        for one in found.patients
    }


def _counts(found: Preview) -> tuple[str, ...]:
    people = found.patients
    placed = sum(one.to is not None for one in people)
    duty = sum(_is_duty(one) for one in people)
    spoken_to = sum(bool(one.not_by_text) for one in people)
    soon = sum(not one.not_by_text and _is_soon(one, found) for one in people)
    lines = (
        (placed, "would get a new appointment today"),
        (duty, "would go to the duty clinician, who is called at once"),
        (len(people) - placed - duty, "would wait in the queue for another place"),
        (soon, "may read a text too late: a person has to ring them now"),
        (spoken_to, "cannot be texted: a person has to tell them"),
    )
    return tuple(f"{number} {words}" for number, words in lines if number)


def _begun(one: Begun) -> str:
    here = ", who is in the building" if one.was_here else ""
    return f"{time_words(one.was_at)}: {one.patient}, born {date_words(one.born_on)}{here}"


def _line(one: WouldGo, found: Preview) -> Line:
    here = ", waits in the building" if one.was_here else ""
    return Line(
        patient=one.patient,
        born=date_words(one.born_on),
        was=f"{time_words(one.was_at)}{here}",
        goes=_goes(one),
        hears=_hears(one, found),
    )


def _goes(one: WouldGo) -> str:
    if one.to is not None:
        mode = Mode(one.to.mode).label.lower()
        return f"{time_words(one.to.starts_at)} with {one.to.clinician}, {one.to.site}, {mode}"
    where = "To the duty clinician" if _is_duty(one) else "Waits in the queue"
    return f"{where}. {one.for_people}" if one.for_people else where


def _hears(one: WouldGo, found: Preview) -> str:
    phone = f" on {spoken(one.phone)}" if one.phone else " (no phone number given)"
    if one.not_by_text:
        return f"From a person{phone}. {one.not_by_text}"
    if _is_soon(one, found):
        return f"By text, and from a person now{phone}: a text may be read too late"
    return "By text"


def _is_soon(one: WouldGo, found: Preview) -> bool:
    """Whether a text that leaves after the grace may be read later than it is needed."""
    known_by = min(one.was_at, one.to.starts_at) if one.to else one.was_at
    return not is_read_in_time(Way.TEXT, needed_by=known_by, at=found.at + GRACE)


def _is_duty(one: WouldGo) -> bool:
    return one.to is None and (one.was_here or one.urgency <= CALLED_NOW)


def _patients(number: int) -> str:
    if number == 0:
        return "Nobody is"
    return "1 patient is" if number == 1 else f"{number} patients are"
