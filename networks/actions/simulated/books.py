"""The books as they stand at eight: what was planned for today and for the days after."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from appointments.actions.past_days import PlannedBooking, take_over
from appointments.models import Booking, DayLoad, Slot
from appointments.rules.codes import Mode
from appointments.rules.safe_working import kind_for, points_for
from networks.actions.invented.making import Making
from networks.actions.invented.needs import PLANNED, need_for
from networks.actions.invented.weeks import AHEAD
from networks.rules.behaviour import BOOKED_AT_EIGHT
from practices.actions import Listed
from practices.models import Clinician
from practices.queries import limits_on
from practices.rules.access import AccessNeed
from practices.rules.professions import Profession
from triage.rules.need_defaults import NEED_DEFAULTS

DAYS = 10
LEAST_POINTS = 10
# Half of a list at most is planned for: the rest may call today.
MOST_OF_LIST = 2


def fill_books(making: Making, lists: Mapping[int, Sequence[Listed]]) -> int:
    """Each practice clinician's days are booked up to their usual share; how many bookings."""
    decks = {pk: iter(people[: len(people) // MOST_OF_LIST]) for pk, people in lists.items()}
    slots = Slot.objects.filter(
        practice_id__in=lists,
        status=Slot.Status.OPEN,
        day__gte=making.today,
        day__lt=making.today + timedelta(days=DAYS),
    )
    taken = Booking.objects.filter(state__in=("held", "booked", "arrived", "attended"))
    free = list(
        slots.exclude(pk__in=taken.values("slot_id")).order_by(
            "day", "clinician_id", "starts_at", "id"
        )
    )
    wishes = list(_wishes(making, free, decks))
    return len(take_over(bookings=wishes, by=making.by, at=making.at))


def _wishes(
    making: Making, free: Sequence[Slot], decks: Mapping[int, Iterator[Listed]]
) -> Iterator[PlannedBooking]:
    ids = {slot.clinician_id for slot in free}
    professions = dict(Clinician.objects.filter(pk__in=ids).values_list("pk", "profession"))
    for day, of_day in groupby(free, key=lambda slot: slot.day):
        room = _room(making, ids, day)
        for slot in _shuffled(making, list(of_day)):
            profession = Profession(professions[slot.clinician_id])
            wish = _wish(making, slot, profession, decks)
            if wish is not None and wish.points <= room.get(slot.clinician_id, 0):
                room[slot.clinician_id] -= wish.points
                yield wish


def _room(making: Making, ids: set[int], day: date) -> dict[int, int]:
    """What may still be planned for each clinician on the day, in tenths of a point."""
    ahead = (day - making.today).days
    share = AHEAD[min(ahead, len(AHEAD) - 1)] if ahead else BOOKED_AT_EIGHT
    used = {
        load.clinician_id: load.held + load.booked + load.logged
        for load in DayLoad.objects.filter(day=day, clinician_id__in=ids)
    }
    return {
        pk: limit.effective.points * share // 100 - used.get(pk, 0)
        for pk, limit in limits_on(ids, on=day).items()
    }


def _shuffled(making: Making, slots: list[Slot]) -> list[Slot]:
    """In no order, so that the places left free lie anywhere in the day."""
    making.rng.shuffle(slots)
    return slots


def _wish(
    making: Making,
    slot: Slot,
    profession: Profession,
    decks: Mapping[int, Iterator[Listed]],
) -> PlannedBooking | None:
    assert slot.practice_id is not None, "only practices' slots are planned here"
    patient = next(decks[slot.practice_id], None)
    if patient is None or profession not in PLANNED or slot.starts_at <= making.at:
        return None
    need = need_for(patient, profession, PLANNED[profession], slot.day, making.rng)
    kind = NEED_DEFAULTS[need].kind
    needs = [AccessNeed(one) for one in patient.access_needs]
    days = making.rng.choice((1, 1, 3, 5, 9, 14))
    return PlannedBooking(
        slot=slot,
        patient=patient,
        need=need.value,
        kind=kind,
        points=points_for(kind_for(kind, Mode(slot.mode)), needs),
        booked_at=making.at - timedelta(days=days),
        told=making.rng.random() < 0.5,
    )
