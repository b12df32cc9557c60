"""What nobody could have met in time: people matched with places, whoever decides.

Left out is what makes it harder: limits, agreements, supervision, clinics that run late, and that
nobody knows who will ask next. What is left over even so is no policy's doing.
"""

from collections.abc import Collection, Sequence

from hubs.rules.needs import Urgency
from networks.rules.simulation.assumptions import CLOSES
from networks.rules.simulation.diary import Diary
from networks.rules.simulation.facts import Case, Day, Kind, Slot


def unavoidable(day: Day, classes: Collection[Urgency]) -> int:
    """At least so many of the day's own cases of the classes breach under every policy."""
    diary = Diary(day)
    people = [
        case
        for case in day.arrivals
        if case.urgency in classes and case.due <= CLOSES and case.fate.comes
    ]
    places = [slot for slot in day.slots.values() if not _is_settled(day, slot)]
    ways = [[slot.id for slot in places if _could(diary, case, slot)] for case in people]
    return len(people) - most_placed(ways)


def most_placed(ways: Sequence[Sequence[str]]) -> int:
    """How many people can have a place of their own, each one of their `ways` (Kuhn, 1955)."""
    holder: dict[str, int] = {}

    def finds(person: int, seen: set[str]) -> bool:
        for place in ways[person]:
            if place in seen:
                continue
            seen.add(place)
            if place not in holder or finds(holder[place], seen):
                holder[place] = person
                return True
        return False

    return sum(finds(person, set()) for person in range(len(ways)))


def _is_settled(day: Day, slot: Slot) -> bool:
    """Somebody is booked there who neither cancels nor may be moved."""
    booked = day.booked.get(slot.id)
    return booked is not None and booked.is_fixed and booked.fate.cancels_at is None


def _could(diary: Diary, case: Case, slot: Slot) -> bool:
    """The patient could be there in time, and is somebody the clinician may see that way."""
    assert case.arrives is not None
    if not case.arrives < slot.start <= case.due:
        return False
    is_own = slot.site == case.practice
    if slot.kind is not Kind.REGULAR:
        return is_own and slot.start >= case.earliest
    return (
        (is_own or not case.fate.declines_hub)
        and slot.mode in case.modes
        and slot.start >= case.earliest + diary.day.travel(case, slot.site)
        and diary.is_competent(diary.day.clinicians[slot.clinician], case)
    )
