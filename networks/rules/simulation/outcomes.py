"""What a lived day was like, in the figures the policies are compared by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from statistics import mean, median

from hubs.rules.needs import Urgency
from networks.rules.simulation.assumptions import CLOSES, OPENS
from networks.rules.simulation.diary import Diary
from networks.rules.simulation.facts import HUB, Case

URGENT = (Urgency.P1, Urgency.P2)
TENTHS = 10
# Who can be late on the day: P5 is due by tomorrow's close, and comes back tomorrow if need be.
PROMISED = (*URGENT, Urgency.P3, Urgency.P4, Urgency.P5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One day under one policy."""

    cases: int
    over_limit: int
    excess: float
    breaches: Mapping[Urgency, int]
    waits: Mapping[Urgency, Sequence[float]]
    usual_seen: int
    usual_wanted: int
    moves: int
    most_moves: int
    patients: int
    travel: float
    at_hub: int
    missed: int
    cancelled: int
    left: int
    unseen: int
    another_day: frozenset[str]

    @property
    def all_breaches(self) -> int:
        return sum(self.breaches.values())

    @property
    def urgent_breaches(self) -> int:
        return sum(self.breaches[urgency] for urgency in URGENT)

    @property
    def deferred(self) -> int:
        """Routine cases that found no place today."""
        return len(self.another_day)

    @property
    def continuity(self) -> float:
        """Of those with a usual clinician at work, per cent who see them."""
        return 100 * self.usual_seen / self.usual_wanted if self.usual_wanted else 100.0

    @property
    def moves_per_100(self) -> float:
        return 100 * self.moves / self.patients if self.patients else 0.0

    def mean_wait(self, *classes: Urgency) -> float:
        """Minutes from asking to being met, of those who were (0 of none)."""
        return mean(self._waits(classes) or (0.0,))

    def median_wait(self, *classes: Urgency) -> float:
        return median(self._waits(classes) or (0.0,))

    def _waits(self, classes: tuple[Urgency, ...]) -> list[float]:
        return [wait for urgency in classes or PROMISED for wait in self.waits[urgency]]


def outcome_of(diary: Diary) -> Outcome:
    """The figures of the day the diary tells of."""
    arrivals = diary.day.arrivals
    over = {
        name: diary.load[name] - one.limit
        for name, one in diary.day.clinicians.items()
        if diary.load[name] > one.limit
    }
    seen_by_usual, wanted = _continuity(diary)
    placed = [case for case in arrivals if case.id in diary.place]
    return Outcome(
        cases=len(arrivals),
        over_limit=sum(diary.day.clinicians[name].is_gp for name in over),
        excess=sum(over.values()) / TENTHS,
        breaches={
            urgency: sum(case.urgency is urgency and is_breach(diary, case) for case in arrivals)
            for urgency in PROMISED
        },
        waits={urgency: _waits(diary, urgency) for urgency in Urgency},
        usual_seen=seen_by_usual,
        usual_wanted=wanted,
        moves=sum(diary.moves.values()),
        most_moves=max(diary.moves.values(), default=0),
        patients=len(placed) + len(diary.day.booked),
        travel=mean([diary.day.travel(case, diary.place[case.id].site) for case in placed] or (0,)),
        at_hub=sum(diary.place[case.id].site == HUB for case in placed),
        missed=len(diary.missed),
        cancelled=len(diary.cancelled),
        left=len(left_for_tomorrow(diary)),
        unseen=len(arrivals) - len(placed),
        another_day=frozenset(
            case.id for case in arrivals if case.is_routine and case.id not in diary.place
        ),
    )


def is_breach(diary: Diary, case: Case) -> bool:
    """Met after it was due, or not today though it was due; who stays away is nobody's breach."""
    if case.urgency not in PROMISED or case.id in diary.missed:
        return False
    return case.due <= CLOSES and diary.met.get(case.id, inf) > case.due


def left_for_tomorrow(diary: Diary) -> list[Case]:
    """The P5 cases without a place, as they come back in the morning, once."""
    return [
        replace(
            case,
            id=f"{case.id}-left",
            arrives=OPENS - (CLOSES - case.arrives),
            earliest=OPENS,
            due=CLOSES,
        )
        for case in diary.day.arrivals
        if case.urgency is Urgency.P5
        and case.id not in diary.place
        and case.arrives is not None
        and not case.was_left
    ]


def _waits(diary: Diary, urgency: Urgency) -> list[float]:
    """Minutes in core hours; who was due today and is not met waits until the close at least."""
    return [
        diary.met.get(case.id, CLOSES) - case.arrives
        for case in diary.day.arrivals
        if case.urgency is urgency
        and case.arrives is not None
        and (case.id in diary.met or is_breach(diary, case))
    ]


def _continuity(diary: Diary) -> tuple[int, int]:
    """Of those who ask and get a place; a booked patient who is moved away counts as a loss."""
    seen = wanted = 0
    moved = [case for case in diary.day.booked.values() if diary.moves[case.id]]
    for case in (*diary.day.arrivals, *moved):
        slot = diary.place.get(case.id)
        if case.usual is not None and slot is not None:
            wanted += 1
            seen += slot.clinician == case.usual
    return seen, wanted
