"""The network with Headroom: the router for what is urgent, the planner for everybody else.

The real rules decide: `triage.rules.routing` where a case goes at once, `triage.rules.ordering`
when the duty clinician is called, `appointments.rules.rebalancing.plan` every quarter of an hour
for who waits and for the patients of whoever is over the limit.
"""

from collections.abc import Callable

from appointments.rules.rebalancing import Instance, Placement, Plan
from hubs.rules.needs import Urgency
from networks.rules.simulation.assumptions import CLOSES
from networks.rules.simulation.desks import squeeze_in
from networks.rules.simulation.diary import Diary
from networks.rules.simulation.facts import Case, Slot
from networks.rules.simulation.protection import kept_for_urgent, room_for_routine
from networks.rules.simulation.routing import URGENT_NOW, instant, routed
from networks.rules.simulation.snapshots import snapshot
from triage.rules.ordering import Waiting, needs_duty_clinician, queue_key

FROZEN_BEFORE = 60
Solve = Callable[[Instance], Plan]


class Headroom:
    """A `Policy`. Urgent cases are placed as they come, the others by the next plan."""

    def __init__(self, diary: Diary, solve: Solve, demand: float = 1.0) -> None:
        self.diary = diary
        self.solve = solve
        self.demand = demand
        self.queue: dict[str, Case] = {}
        self.routine: dict[str, Case] = {}
        self.declined: set[str] = set()
        self.settled = {case.id for case in diary.day.booked.values() if case.is_fixed}

    def arrive(self, case: Case, now: float) -> None:
        """P1 and P2 at once; routine cases wait until the day is seen to have room."""
        if case.is_routine:
            self.routine[case.id] = case
        elif case.urgency not in URGENT_NOW or not self._place_now(case, now):
            self.queue[case.id] = case

    def tick(self, now: float) -> None:
        """The plan for everybody who waits; then whoever cannot wait any longer."""
        minute = int(now)
        self._admit_routine(minute)
        if (self.queue or self._somebody_is_over()) and minute < CLOSES:
            self._plan(minute)
        for case in sorted(self.queue.values(), key=_order):
            if needs_duty_clinician(_waiting(case), instant(now)):
                self._place_now(case, now)

    def _place_now(self, case: Case, now: float) -> bool:
        """Where the router says; else the own practice squeezes the patient in."""
        declined = case.id in self.declined
        slot = routed(self.diary, case, now, declined=declined)
        if slot is not None and self._says_no(case, slot):
            slot = routed(self.diary, case, now, declined=True)
        if slot is not None and slot.start <= case.due:
            self.diary.put(case, slot)
        elif squeeze_in(self.diary, case, now) is None:
            return False
        self.queue.pop(case.id, None)
        return True

    def _says_no(self, case: Case, slot: Slot) -> bool:
        """A patient who will not go elsewhere says so once: from then on everybody knows."""
        if slot.site == case.practice or not case.fate.declines_hub:
            return False
        self.declined.add(case.id)
        return True

    def _admit_routine(self, now: int) -> None:
        """The oldest routine cases join the queue where the day has room for them too."""
        room = room_for_routine(self.diary, now, len(self.queue), self.demand)
        for name in list(self.routine)[:room]:
            self.queue[name] = self.routine.pop(name)

    def _somebody_is_over(self) -> bool:
        load = self.diary.load
        return any(load[name] > one.limit for name, one in self.diary.day.clinicians.items())

    def _plan(self, now: int) -> None:
        classes = frozenset({*URGENT_NOW, Urgency.P3})
        kept = kept_for_urgent(self.diary, now, classes=classes, demand=self.demand)
        asks = [case for case in self.queue.values() if case.id not in self.declined]
        instance = snapshot(self.diary, now, queue=asks, kept=kept, settled=self._settled(now))
        answer = self.solve(instance)
        for placement in answer.placements:
            if placement.is_move:
                self._propose(placement)
        for placement in answer.placements:
            if placement.was is None:
                self._tell(placement)
        for case in list(self.queue.values()):
            if case.id in self.declined:
                self._own_practice(case, now)

    def _settled(self, now: int) -> set[str]:
        soon = {
            case.id
            for slot_id, case in self.diary.holder.items()
            if self.diary.day.slots[slot_id].start < now + FROZEN_BEFORE
        }
        return self.settled | soon

    def _propose(self, placement: Placement) -> None:
        """A move happens if practice and patient agree; either way nobody is asked twice."""
        assert placement.was is not None
        case, slot = self.diary.holder[placement.was], self.diary.day.slots[placement.slot]
        self.settled.add(case.id)
        refused = case.fate.practice_refuses or case.fate.declines_move
        if not refused and slot.id not in self.diary.holder:
            self.diary.move(case, slot)

    def _tell(self, placement: Placement) -> None:
        """The patient is called and takes the place, or stays in the queue."""
        case, slot = self.queue[placement.case], self.diary.day.slots[placement.slot]
        if slot.id in self.diary.holder or self._says_no(case, slot):
            return
        self.diary.put(case, slot)
        del self.queue[case.id]

    def _own_practice(self, case: Case, now: int) -> None:
        slot = routed(self.diary, case, now, declined=True)
        if slot is not None:
            self.diary.put(case, slot)
            del self.queue[case.id]


def _waiting(case: Case) -> Waiting:
    assert case.arrives is not None
    return Waiting(case.id, case.urgency, instant(case.arrives), instant(case.due))


def _order(case: Case) -> tuple[int, object, str]:
    return queue_key(case.urgency, instant(case.due), case.id)
