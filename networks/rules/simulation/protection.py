"""What is kept back for those who have not asked yet: demand forecast by the hour, Poisson."""

from collections import defaultdict
from collections.abc import Collection

from hubs.rules.needs import Urgency
from networks.rules.behaviour import how_many
from networks.rules.simulation import assumptions as given
from networks.rules.simulation.diary import Diary
from networks.rules.simulation.facts import HUB

# How sure we want to be that what is kept is enough (A).
LEVEL = 0.9
# A place nobody urgent took is given to the queue so many minutes before it begins, just in time
# to call a patient of the own practice (A).
RELEASED_BEFORE = 20
# Minutes from asking to being seen, for somebody urgent (A).
USUAL_WAY = 45
_OF_ALL = sum(weight for _, weight in given.CLASSES)
_OF_DAY = sum(weight for _, weight in given.HOURS)


def expected(since: float, until: float, classes: Collection[Urgency], demand: float) -> float:
    """How many of the classes ask on average between two minutes of the day."""
    share = sum(weight for urgency, weight in given.CLASSES if urgency in classes) / _OF_ALL
    day = sum(
        weight * max(0.0, min(until, 60 * hour + 60) - max(since, 60 * hour)) / 60
        for hour, weight in given.HOURS
    )
    return given.SAME_DAY_CASES * demand * share * day / _OF_DAY


def enough_for(mean: float) -> int:
    """As many as suffice with the probability `LEVEL`."""
    return how_many(mean, LEVEL)


def kept_for_urgent(
    diary: Diary, now: int, *, classes: Collection[Urgency], demand: float
) -> frozenset[str]:
    """Free places at each practice, hour by hour, for its own urgent patients who may ask."""
    free: dict[tuple[str, int], list[str]] = defaultdict(list)
    for slot in sorted(diary.free(now), key=lambda slot: (slot.start, slot.id)):
        if slot.site != HUB and slot.start > now + RELEASED_BEFORE:
            free[slot.site, slot.start // 60].append(slot.id)
    kept: set[str] = set()
    for (practice, hour), slots in free.items():
        asks_from = 60 * hour - USUAL_WAY
        ask = expected(asks_from, asks_from + 60, classes, demand)
        kept.update(slots[: enough_for(ask * diary.day.network.shares[practice])])
    return frozenset(kept)


def room_for_routine(diary: Diary, now: int, queue: int, demand: float) -> int:
    """How many planned cases the day can take beside the queue and all who will still ask."""
    places = 0
    for name, one in diary.day.clinicians.items():
        free = sum(slot.clinician == name for slot in diary.free(now))
        places += min(free, max(0, one.limit - diary.load[name]) // 10)
    others = frozenset(urgency for urgency, _ in given.CLASSES if urgency is not Urgency.P6)
    return max(0, places - queue - enough_for(expected(now, given.CLOSES, others, demand)))
