"""Who has viewed a patient, in words: when, who, and on which page."""

from collections.abc import Iterable
from datetime import datetime

from practices.presenters import date_words
from practices.queries import PatientRow
from practices.queries.who_viewed import View
from practices.rules.nhs_number import spaced
from practices.rules.roles import Role
from triage.presenters.signs import Banner, banner, name_words
from triage.presenters.urgency import moment_words

HEAD = ["When", "Who", "Page"]
# The pages as those who open them know them; another system's by what it was given.
PAGES = {
    "api:case": "A case, given to another system",
    "api:patient": "The patient, given to another system",
    "api:patients": "A search by another system",
    "arrivals": "Front desk",
    "case": "The case, as a clinician sees it",
    "day": "All clear",
    "desk": "The request at the desk",
    "done": "Done",
    "duty": "Duty",
    "emergency": "Emergency now",
    "gone_home": "Gone home",
    "hub_day": "Close the hub",
    "interpreter": "Who interprets at an appointment",
    "letter": "A letter to the patient",
    "list_ended": "A list that ended early",
    "messages": "Messages",
    "new": "A new request",
    "options": "Places for the request",
    "pack": "Downtime pack",
    "paper": "A request from paper",
    "planned": "An appointment planned ahead",
    "print:queue": "Queue, to print",
    "print:sessions": "Sessions, to print",
    "proposals": "Proposals",
    "queue": "Queue",
    "read_out": "Read out the moves",
    "reception": "Reception",
    "search": "A search",
    "second_looks": "Second looks",
    "session": "A session",
    "shift_end": "End of shift",
    "supervising": "Supervising",
    "tasks": "Tasks",
    "visits": "Home visits",
    "who_viewed": "Who viewed",
}


def who_they_are(patient: PatientRow) -> str:
    """Born when, under which number, and whether they have left: to tell namesakes apart."""
    number = f"NHS number {spaced(patient.nhs_number)}" if patient.nhs_number else "no NHS number"
    left = f", left the practice on {date_words(patient.left_on)}" if patient.left_on else ""
    return f"born {date_words(patient.born_on)}, {number}{left}"


def banner_of(patient: PatientRow, *, now: datetime) -> Banner:
    """Whose views these are, as on every page of one patient."""
    left = patient.left_on
    return banner(
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        nhs_number=patient.nhs_number,
        practice=patient.practice,
        now=now,
        alert=f"Left the practice on {date_words(left)}" if left else "",
    )


def name_of(patient: PatientRow) -> str:
    return name_words(patient.family_name, patient.given_name)


def view_rows(views: Iterable[View], *, now: datetime) -> list[list[str]]:
    """A row of cells for each view."""
    return [[moment_words(one.at, now=now), _who(one), _page(one)] for one in views]


def _who(one: View) -> str:
    role = Role(one.role).label if one.role in set(Role) else one.role
    return ", ".join(said for said in (one.name, role, one.place) if said)


def _page(one: View) -> str:
    """A page that showed others as well says so: a list is not a record that was opened."""
    page = PAGES.get(one.page, one.page)
    others = one.patients - 1
    if not others:
        return page
    return f"{page}, with {others} other patient{'' if others == 1 else 's'}"
