"""The slot a wish is about, or two that follow each other: open, locked, and not yet begun."""

from dataclasses import dataclass
from datetime import datetime

from appointments.models import PausedList, Slot
from appointments.queries.stretches import slots_after
from appointments.queries.supervision import is_unled
from practices.rules.refusals import Conflict, Refused


@dataclass(frozen=True, slots=True)
class Stretch:
    """The locked slot somebody wants a place of, and with it the slot right after for a double."""

    first: Slot
    second: Slot | None = None

    @property
    def slots(self) -> list[Slot]:
        """One or two, in time."""
        return [self.first] if self.second is None else [self.first, self.second]

    @property
    def turns_at(self) -> datetime | None:
        """Where the second slot begins, if there is one."""
        return None if self.second is None else self.second.starts_at


def lock_slot(slot_id: int) -> Slot:
    """The open slot, locked until the transaction ends."""
    found = Slot.objects.select_for_update(of=("self",)).select_related("clinician")
    slot = found.filter(pk=slot_id).first()
    if slot is None:
        raise Refused("There is no such appointment.", code="not_found", field="slot")
    check_open(slot)
    check_not_paused(slot)
    return slot


def lock_stretch(slot_id: int, *, is_double: bool) -> Stretch:
    """The open slot, and for a double the one right after it, locked in the order of their ids."""
    if not is_double:
        return Stretch(lock_slot(slot_id))
    second_id = slots_after([slot_id]).get(slot_id)
    if second_id is None:
        lock_slot(slot_id)
        raise no_second_slot()
    slots = {pk: lock_slot(pk) for pk in sorted((slot_id, second_id))}
    return Stretch(slots[slot_id], slots[second_id])


def no_second_slot() -> Refused:
    """Nothing follows the slot that could be had with it."""
    words = "No appointment follows this one, and the patient needs two together."
    return Refused(words, code="access_need", field="slot")


def check_not_paused(slot: Slot) -> None:
    """Somebody supervises the list, asked once the slot is locked: they may have left meanwhile."""
    if slot.hub_id is None:
        return
    paused = PausedList.objects.filter(
        hub=slot.hub_id, clinician=slot.clinician_id, day=slot.day, until_at=None
    )
    if paused.exists():
        raise Conflict("The supervisor of this list has left.", code="supervision")
    if is_unled(slot.clinician, hub_id=slot.hub_id, day=slot.day):
        raise Conflict("Nobody is named as the supervisor of this list.", code="supervision")


def check_open(slot: Slot) -> None:
    """The rota has not taken the slot back."""
    if slot.status != Slot.Status.OPEN:
        raise Conflict("This appointment was withdrawn from the rota.", code="slot_taken")


def check_not_started(slot: Slot, *, at: datetime) -> None:
    """A slot that has begun is no longer offered."""
    if slot.starts_at <= at:
        raise Refused("This appointment has already started.", code="started", field="slot")
