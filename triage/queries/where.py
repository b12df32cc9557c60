"""Why: what the page "Where can this patient go?" tells of one case."""

from dataclasses import dataclass
from datetime import datetime

from appointments.queries import BookingRow, coming_bookings
from appointments.queries.cover import answers_now
from hubs.queries import closed_today
from triage.queries.case_page import CasePage, case_page
from triage.queries.options import Choices, options


@dataclass(frozen=True, slots=True)
class Places:
    """A case, where it can go, and what the patient has booked beside it.

    `on_duty` says whether anybody is; `hub_shut` why its hub is closed, if it is.
    """

    case: CasePage
    choices: Choices
    coming: tuple[BookingRow, ...]
    on_duty: bool
    hub_shut: str


def places(reference: str, *, at: datetime) -> Places | None:
    """The case with its ranked list; None when absent."""
    case, choices = case_page(reference, at=at), options(reference, at=at)
    if case is None or choices is None:
        return None
    coming = coming_bookings(case.patient.id, at=at)
    others = tuple(row for row in coming if row.case_ref != reference)
    return Places(
        case,
        choices,
        others,
        on_duty=answers_now(case.row.practice_id, at=at),
        hub_shut=_hub_shut(case, choices, at=at),
    )


def _hub_shut(case: CasePage, choices: Choices, *, at: datetime) -> str:
    """Asked only where the hub has no place at all: it may be closed, and then says so."""
    row = case.row
    hubs = {slot.organisation for slot in choices.slots.values() if slot.hub_id}
    if row.hub in hubs:
        return ""
    return closed_today(row.hub_id, row.hub, at=at, instead=min(hubs, default=""))
