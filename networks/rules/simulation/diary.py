"""Who has which place on a day that is being lived, and what became of everybody."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from hubs.rules.scope import PatientFacts, may_see
from networks.rules.simulation.assumptions import SUPERVISED_BY_ONE
from networks.rules.simulation.facts import HUB, Case, Clinician, Day, Kind, Slot

SLOTS_IN_HOUR = 4


class Diary:
    """The places of one day; a place has at most one holder, a case at most one place."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.holder: dict[str, Case] = {}
        self.place: dict[str, Slot] = {}
        self.load: Counter[str] = Counter()
        self.met: dict[str, float] = {}
        self.missed: set[str] = set()
        self.cancelled: set[str] = set()
        self.moves: Counter[str] = Counter()
        self.supervised: Counter[int] = Counter()
        self._competent: dict[tuple[str, str], bool] = {}
        self._room_for_supervised = _supervision(day)
        for slot_id, case in day.booked.items():
            self.put(case, day.slots[slot_id])

    def put(self, case: Case, slot: Slot) -> None:
        """The case has the place."""
        assert slot.id not in self.holder, "a place has one holder"
        assert case.id not in self.place, "a case has one place"
        self.holder[slot.id] = case
        self.place[case.id] = slot
        self.load[slot.clinician] += case.points
        if self.is_supervised(slot):
            self.supervised[slot.start // 60] += 1

    def take(self, case: Case) -> Slot:
        """The case has no place any more."""
        slot = self.place.pop(case.id)
        del self.holder[slot.id]
        self.load[slot.clinician] -= case.points
        if self.is_supervised(slot):
            self.supervised[slot.start // 60] -= 1
        return slot

    def move(self, case: Case, slot: Slot) -> None:
        """The booked patient has another place, and knows."""
        self.take(case)
        self.put(case, slot)
        self.moves[case.id] += 1

    def cancel(self, case: Case) -> None:
        """The patient called the appointment off; the place is free again."""
        self.take(case)
        self.cancelled.add(case.id)

    def miss(self, case: Case) -> None:
        """The patient did not come: no contact, though the place is gone."""
        self.load[self.place[case.id].clinician] -= case.points
        self.missed.add(case.id)

    def free(self, now: float) -> Iterator[Slot]:
        """The regular places still to come that nobody has."""
        for slot in self.day.slots.values():
            if slot.kind is Kind.REGULAR and slot.start > now and slot.id not in self.holder:
                yield slot

    def squeezable(self, practice: str, now: float) -> Iterator[Slot]:
        """Where the practice could still squeeze somebody in."""
        for slot in self.day.slots.values():
            if (
                slot.kind is not Kind.REGULAR
                and slot.site == practice
                and slot.start > now
                and slot.id not in self.holder
            ):
                yield slot

    def suits(self, case: Case, slot: Slot) -> bool:
        """Skill, mode, time to get there and supervision allow the regular place."""
        clinician = self.day.clinicians[slot.clinician]
        return (
            slot.mode in case.modes
            and slot.start >= case.earliest + self.day.travel(case, slot.site)
            and self.is_competent(clinician, case)
            and self.has_supervisor(slot)
        )

    def is_competent(self, clinician: Clinician, case: Case) -> bool:
        """What hubs.rules.scope says, once for each pair."""
        key = (clinician.profession.value, case.id)
        if key not in self._competent:
            patient = PatientFacts(need=case.need, age=case.age)
            self._competent[key] = may_see(clinician.profession, patient)
        return self._competent[key]

    def is_supervised(self, slot: Slot) -> bool:
        """Whether somebody has to watch over this place."""
        return slot.site == HUB and not self.day.clinicians[slot.clinician].is_gp

    def has_supervisor(self, slot: Slot) -> bool:
        """Whether a GP of the hub can watch over one more in that hour."""
        hour = slot.start // 60
        return not self.is_supervised(slot) or (
            self.supervised[hour] < self._room_for_supervised[hour]
        )


def _supervision(day: Day) -> Counter[int]:
    """By clock hour, how many places of others the hub's GPs can watch over."""
    gps: dict[int, set[str]] = defaultdict(set)
    for slot in day.slots.values():
        if slot.site == HUB and day.clinicians[slot.clinician].is_gp:
            gps[slot.start // 60].add(slot.clinician)
    room = SUPERVISED_BY_ONE * SLOTS_IN_HOUR
    return Counter({hour: room * len(names) for hour, names in gps.items()})
