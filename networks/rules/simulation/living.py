"""A day is lived: people ask, a policy finds them places, clinics run late, some never come."""

from collections.abc import Callable, Generator
from typing import Any, Protocol

import simpy

from networks.rules.simulation import assumptions as given
from networks.rules.simulation.diary import Diary
from networks.rules.simulation.facts import Case, Day

QUARTER = 15
Steps = Generator[simpy.Event, Any, None]


class Policy(Protocol):
    """Who gets which place: it may fill and change the diary whenever it is asked."""

    def arrive(self, case: Case, now: float) -> None:
        """Somebody asks for help."""

    def tick(self, now: float) -> None:
        """Another quarter of an hour has begun."""


PolicyMaker = Callable[[Diary], Policy]


def live(day: Day, make: PolicyMaker) -> Diary:
    """The diary at the end of the day under the policy."""
    env = simpy.Environment(initial_time=given.OPENS)
    diary = Diary(day)
    policy = make(diary)
    clinics = {name: simpy.PriorityResource(env, capacity=1) for name in day.clinicians}
    env.process(_arrivals(env, day, policy))
    env.process(_quarters(env, diary, policy, clinics))
    for case in day.booked.values():
        if case.fate.cancels_at is not None:
            env.process(_cancellation(env, diary, case, case.fate.cancels_at))
    env.run()
    return diary


def _arrivals(env: simpy.Environment, day: Day, policy: Policy) -> Steps:
    for case in day.arrivals:
        assert case.arrives is not None
        yield env.timeout(max(0.0, case.arrives - env.now))
        policy.arrive(case, env.now)


def _quarters(
    env: simpy.Environment,
    diary: Diary,
    policy: Policy,
    clinics: dict[str, simpy.PriorityResource],
) -> Steps:
    """Every quarter of an hour: the policy looks, and the appointments of that minute begin."""
    starts: dict[int, list[str]] = {}
    for slot in diary.day.slots.values():
        starts.setdefault(slot.start, []).append(slot.id)
    for now in range(given.OPENS, given.CLOSES + 1, QUARTER):
        yield env.timeout(now - env.now)
        policy.tick(now)
        for slot_id in starts.get(now, ()):
            case = diary.holder.get(slot_id)
            if case is not None:
                clinic = clinics[diary.day.slots[slot_id].clinician]
                env.process(_visit(env, diary, case, clinic))


def _visit(
    env: simpy.Environment, diary: Diary, case: Case, clinic: simpy.PriorityResource
) -> Steps:
    """The patient waits until the clinician is free, the most urgent first."""
    if not case.fate.comes:
        diary.miss(case)
        return
    with clinic.request(priority=case.urgency.rank) as turn:
        yield turn
        diary.met[case.id] = env.now
        yield env.timeout(case.fate.minutes)


def _cancellation(env: simpy.Environment, diary: Diary, case: Case, at: int) -> Steps:
    yield env.timeout(at - env.now)
    slot = diary.place.get(case.id)
    if slot is not None and slot.start > env.now:
        diary.cancel(case)
