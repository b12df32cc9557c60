"""Why: the next places for somebody whose place was lost a moment ago."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from appointments.queries import FreeSlot, booking_row
from triage.queries.options import options
from triage.rules.codes import OptionKind

HOW_MANY = 3


@dataclass(frozen=True, slots=True)
class Alternative:
    """A slot that the case may still have."""

    slot: FreeSlot
    travel_minutes: int


def next_places(reference: str, *, at: datetime, but: int | None = None) -> list[Alternative]:
    """The three best slots the case may have now, other than the lost one."""
    choices = options(reference, at=at)
    if choices is None:
        return []
    lines = [
        Alternative(choices.slots[line.candidate.key], line.candidate.travel_minutes)
        for line in choices.options
        if line.candidate.kind is OptionKind.SLOT
    ]
    return [line for line in lines if line.slot.id != but][:HOW_MANY]


def next_places_of(
    booking_id: uuid.UUID | str, *, at: datetime, but: int | None = None
) -> list[Alternative]:
    """The three best slots for the case of a booking."""
    row = booking_row(booking_id)
    return next_places(row.case_ref, at=at, but=but) if row else []
