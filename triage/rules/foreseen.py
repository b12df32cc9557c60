"""What was shown before a list ended, and why it turned out otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from practices.rules.code import Code


class Unlike(Code):
    """Why somebody of the list is not where the page said before the yes."""

    NEW = "new", "They were booked after that page was shown."
    TAKEN = "taken", "That place is not free any more."
    OTHER = "other", "Another patient of this list has that place: the list is planned as a whole."
    PLAN = "plan", "The look before was a quick one; the list is planned as a whole."
    FOUND = "found", "The look before was a quick one, and missed this place."
    NO_PLACE = (
        "no_place",
        "The look before was a quick one. Planned together, others need that place.",
    )


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the page said of one patient; `goes` is one of "placed", "duty" and "queue"."""

    was: str
    says: str
    goes: str
    slot: int | None

    def kept(self) -> dict[str, object]:
        """As it is kept beside the list."""
        return {"was": self.was, "says": self.says, "goes": self.goes, "slot": self.slot}


def read_foreseen(kept: Mapping[str, Any]) -> dict[int, Foreseen]:
    """What was kept, by the booking that was on the list."""
    return {int(booking): Foreseen(**one) for booking, one in kept.items()}


def why_unlike(
    seen: Foreseen | None, slot: int | None, *, free: Collection[int], given: Collection[int]
) -> Unlike | None:
    """Why the plan puts the patient elsewhere than shown; None where it does not.

    `free` are the slots the plan could use, `given` those it gives to somebody of the list.
    """
    if seen is None:
        return Unlike.NEW
    if seen.slot == slot:
        return None
    if seen.slot is None:
        return Unlike.FOUND
    if seen.slot not in free:
        return Unlike.TAKEN
    if seen.slot in given:
        return Unlike.OTHER
    return Unlike.NO_PLACE if slot is None else Unlike.PLAN


def turned_out(seen: Foreseen, *, outcome: str, slot: int | None) -> bool:
    """Whether it is as it was shown; where a clinician took the case, nobody had foreseen it."""
    return seen.goes == outcome and seen.slot == slot
