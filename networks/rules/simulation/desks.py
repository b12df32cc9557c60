"""What practices do without Headroom: a receptionist takes the first place there is."""

from collections.abc import Callable, Collection

from networks.rules.simulation.diary import Diary
from networks.rules.simulation.facts import HUB, Case, Kind, Slot

Look = Callable[[Case, float], Slot | None]


class Desk:
    """First come first served; what is urgent and finds nothing in time is squeezed in.

    `another_day` are routine cases that are offered another day whatever is free.
    """

    def __init__(self, diary: Diary, another_day: Collection[str] = frozenset()) -> None:
        self.diary = diary
        self.another_day = another_day
        self.looks: tuple[Look, ...] = (self.own,)

    def arrive(self, case: Case, now: float) -> None:
        """The first look that finds a place decides; P5 and P6 may be left without."""
        if case.id in self.another_day:
            return
        for look in self.looks:
            found = look(case, now)
            if found is not None:
                self.diary.put(case, found)
                return
        if case.urgency.is_same_day:
            found = squeezed(self.diary, case, now)
            if found is not None:
                self.diary.put(case, found)

    def tick(self, now: float) -> None:
        """A desk never looks again."""

    def own(self, case: Case, now: float) -> Slot | None:
        """The earliest place at the own practice that is in time."""
        return self._earliest(case, now, lambda slot: slot.site == case.practice)

    def hub(self, case: Case, now: float) -> Slot | None:
        """The earliest place at the hub that is in time."""
        if case.fate.declines_hub:
            return None
        return self._earliest(case, now, lambda slot: slot.site == HUB)

    def anywhere(self, case: Case, now: float) -> Slot | None:
        """The earliest place at any practice or the hub; on a tie the nearest."""
        if case.fate.declines_hub:
            return self.own(case, now)
        return self._earliest(case, now, lambda _: True)

    def _earliest(self, case: Case, now: float, is_wanted: Callable[[Slot], bool]) -> Slot | None:
        found = [
            slot
            for slot in self.diary.free(now)
            if is_wanted(slot) and slot.start <= case.due and self.diary.suits(case, slot)
        ]
        travel = self.diary.day.travel
        return min(
            found, key=lambda slot: (slot.start, travel(case, slot.site), slot.id), default=None
        )


def no_hub(diary: Diary, another_day: Collection[str] = frozenset()) -> Desk:
    """Each practice by itself."""
    return Desk(diary, another_day)


def hub_first_come(diary: Diary, another_day: Collection[str] = frozenset()) -> Desk:
    """The own practice first, then the hub, whoever calls first."""
    desk = Desk(diary, another_day)
    desk.looks = (desk.own, desk.hub)
    return desk


def earliest_anywhere(diary: Diary, another_day: Collection[str] = frozenset()) -> Desk:
    """The earliest place of the whole network."""
    desk = Desk(diary, another_day)
    desk.looks = (desk.anywhere,)
    return desk


def squeezed(diary: Diary, case: Case, now: float) -> Slot | None:
    """Where the practice sees its patient as soon as it can, whatever the limit; None if it cannot.

    The last resort of every policy: between two booked patients, by the duty GP, or in a regular
    place (P4 there first, so that the others stay for whoever has no time); of equal times at
    whoever has done least.
    """
    places = [slot for slot in diary.squeezable(case.practice, now) if slot.start >= case.earliest]
    places += [
        slot for slot in diary.free(now) if slot.site == case.practice and diary.suits(case, slot)
    ]

    def order(slot: Slot) -> tuple[bool, int, int, str]:
        is_kept = slot.kind is not Kind.REGULAR and not case.urgency.is_urgent
        return is_kept, slot.start, diary.load[slot.clinician], slot.id

    return min(places, key=order, default=None)
