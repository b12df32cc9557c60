"""The network with Headroom: the router for what is urgent, the planner for everybody else.

The real rules decide: `triage.rules.routing` where a case goes at once, `triage.rules.ordering`
when the duty clinician is called, `appointments.rules.rebalancing.plan` every quarter of an hour
for who waits and for the patients of whoever is over the limit.
"""

from collections.abc import Callable

from appointments.rules.rebalancing import Instance, Placement, Plan
from appointments.rules.safe_working import fits
from networks.rules.simulation.assumptions import CLINICS_LATE, CLOSES
from networks.rules.simulation.desks import squeezed
from networks.rules.simulation.diary import Diary
from networks.rules.simulation.facts import Case, Slot
from networks.rules.simulation.protection import kept_for_urgent, room_for_routine
from networks.rules.simulation.routing import URGENT_NOW, instant, is_open, routed
from networks.rules.simulation.snapshots import snapshot
from triage.rules.ordering import Waiting, needs_duty_clinician, queue_key

FROZEN_BEFORE = 60
LAST_HOURS = 360
NEXT_PLAN = 15
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
            return
        self.queue[case.id] = case
        if case.urgency in URGENT_NOW or self._cannot_wait(case, now):
            self._place_now(case, now)

    def tick(self, now: float) -> None:
        """The plan for everybody who waits; then whoever cannot wait any longer."""
        minute = int(now)
        self._admit_routine(minute)
        if (self.queue or self._somebody_may_move(minute)) and minute < CLOSES:
            self._plan(minute)
        for case in sorted(self.queue.values(), key=_order):
            if self._cannot_wait(case, now):
                self._place_now(case, now)

    def _place_now(self, case: Case, now: float) -> None:
        """Where the router says; else where the own practice squeezes the patient in.

        The router is asked for a place a little ahead of the due time, since clinics run late. One
        that is in time by the book alone is taken where nobody could squeeze the patient in sooner.
        """
        slot = self._routed(case, now, by=case.due - CLINICS_LATE)
        if slot is None:
            just, squeeze = self._routed(case, now, by=case.due), squeezed(self.diary, case, now)
            is_just = just is not None and (squeeze is None or just.start <= squeeze.start)
            slot = just if is_just else squeeze
        if slot is not None:
            self.diary.put(case, slot)
            del self.queue[case.id]

    def _routed(self, case: Case, now: float, *, by: float) -> Slot | None:
        """The router's place that begins by then, and that the patient takes."""
        slot = routed(self.diary, case, now, by=by, declined=case.id in self.declined)
        if slot is not None and self._says_no(case, slot):
            slot = routed(self.diary, case, now, by=by, declined=True)
        return slot if slot is not None and slot.start <= by else None

    def _cannot_wait(self, case: Case, now: float) -> bool:
        """Half the time is gone; or it is late, and no plan could find a place any more."""
        if not case.urgency.is_same_day:
            return False
        is_late_in_the_day = case.due - now < LAST_HOURS
        return needs_duty_clinician(_waiting(case), instant(now)) or (
            is_late_in_the_day
            and not any(self._may_plan(case, slot, now) for slot in self.diary.free(now))
        )

    def _may_plan(self, case: Case, slot: Slot, now: float) -> bool:
        """Whether the next plan could give the place: skill, agreement, time and limit allow it."""
        clinician = self.diary.day.clinicians[slot.clinician]
        is_agreed = (case.practice, slot.site) in self.diary.day.network.agreements
        return (
            is_open(self.diary, slot, case.practice)
            and (slot.site == case.practice or is_agreed)
            and slot.start >= now + NEXT_PLAN
            and fits(case.points, self.diary.load[slot.clinician], clinician.limit)
            and self.diary.suits(case, slot)
        )

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

    def _somebody_may_move(self, now: int) -> bool:
        """Whether a patient still to come, and free to move, is booked with who is over."""
        settled = self._settled(now)
        clinicians, load = self.diary.day.clinicians, self.diary.load
        return any(
            load[slot.clinician] > clinicians[slot.clinician].limit and name not in settled
            for name, slot in self.diary.place.items()
        )

    def _plan(self, now: int) -> None:
        classes = URGENT_NOW
        kept = kept_for_urgent(self.diary, now, classes=classes, demand=self.demand)
        asks = [case for case in self.queue.values() if case.id not in self.declined]
        instance = snapshot(self.diary, now, queue=asks, kept=kept, settled=self._settled(now))
        answer = self.solve(instance)
        for placement in answer.placements:
            if placement.is_move:
                self._propose(placement)
        for placement in answer.placements:
            if placement.was is None:
                self._tell(placement, now)
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

    def _tell(self, placement: Placement, now: int) -> None:
        """The patient is called and takes the place, or stays in the queue.

        As in the router's list, the duty clinician comes before a place that is late.
        """
        case, slot = self.queue[placement.case], self.diary.day.slots[placement.slot]
        if case.urgency.is_same_day and slot.start > case.due - CLINICS_LATE:
            if not self._cannot_wait(case, now):
                return
            self._place_now(case, now)
        if case.id not in self.queue or slot.id in self.diary.holder:
            return
        if self._says_no(case, slot):
            return
        self.diary.put(case, slot)
        del self.queue[case.id]

    def _own_practice(self, case: Case, now: int) -> None:
        slot = routed(self.diary, case, now, by=case.due - CLINICS_LATE, declined=True)
        if slot is not None:
            self.diary.put(case, slot)
            del self.queue[case.id]


def _waiting(case: Case) -> Waiting:
    assert case.arrives is not None
    return Waiting(case.id, case.urgency, instant(case.arrives), instant(case.due))


def _order(case: Case) -> tuple[int, object, str]:
    return queue_key(case.urgency, instant(case.due), case.id)
