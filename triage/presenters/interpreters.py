"""Whether an interpreter is booked with an appointment, and who has to book one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from appointments.queries import BookingRow
from practices.presenters import clock_words
from practices.rules.access import asks_interpreter
from triage.presenters.signs import Banner, banner
from triage.queries.interpreted import Interpreted

FACT = "Interpreter"
FRONT_DESK = "front-desk"


@dataclass(frozen=True, slots=True)
class InterpreterPage:
    """The page that books one."""

    banner: Banner
    words: str
    state: str
    back: str


def interpreter_words(needs: Iterable[str], booked: str, *, house: str) -> str:
    """ "Interpreter booked: Big Word, 4471", or who has to book one; blank where none is needed."""
    asks = asks_interpreter(needs)
    if booked:
        return f"{asks or 'Interpreter'} booked: {booked}"
    return f"{asks} not booked yet: the desk of {house} books it" if asks else ""


def interpreter_facts(needs: Iterable[str], row: BookingRow) -> list[tuple[str, str]]:
    """The line of it in a list of facts; none where nobody interprets."""
    words = interpreter_words(needs, row.interpreter, house=row.place_name)
    return [(FACT, words)] if words else []


def interpreter_action(public_id: UUID) -> dict[str, object]:
    """The link beside that line."""
    href = reverse("triage:interpreter", args=[public_id])
    link = {"text": "Change", "href": href, "visually_hidden_text": "the interpreter"}
    return {"actions": [link]}


def kept_words(found: Interpreted, booked: str) -> str:
    """What was just kept, and with which appointment."""
    name = f"{found.given_name} {found.family_name}"
    who = f"Kept for {name}, {clock_words(found.row.starts_at)}"
    return f"{who}: {booked}" if booked else f"{who}: no interpreter is booked"


def interpreter_page(
    found: Interpreted, *, at_front_desk: bool = False, now: datetime
) -> InterpreterPage:
    """The appointment in words, and what is booked with it."""
    row = found.row
    of_case = bool(row.case_ref) and not at_front_desk
    back = reverse("triage:desk", args=[row.case_ref]) if of_case else reverse("triage:arrivals")
    return InterpreterPage(
        banner=banner(
            family_name=found.family_name,
            given_name=found.given_name,
            born_on=found.born_on,
            nhs_number=found.nhs_number,
            practice=found.practice,
            now=now,
        ),
        words=f"{clock_words(row.starts_at)}, {row.clinician}, {row.site}",
        state=interpreter_words(found.needs, row.interpreter, house=row.place_name)
        or "This patient needs no interpreter, as far as we know",
        back=back,
    )
