"""One day of the synthetic network: its books at eight, and everybody who will ask for help."""

from collections.abc import Mapping
from math import log

from appointments.rules.codes import Mode
from hubs.rules.needs import Urgency
from networks.rules import behaviour
from networks.rules.behaviour import how_many, pick
from networks.rules.simulation import assumptions as given
from networks.rules.simulation.chance import Chance, Streams
from networks.rules.simulation.facts import (
    HUB,
    Case,
    Day,
    Fate,
    Kind,
    Network,
    Setting,
    Slot,
    due_minute,
)
from networks.rules.simulation.rotas import places, staff
from triage.rules.due import ELAPSED_MINUTES

TODAY: Mapping[Urgency, int] = {
    urgency: minutes for urgency, minutes in ELAPSED_MINUTES.items() if urgency is not Urgency.P0
}


def made_day(network: Network, number: int, setting: Setting, streams: Streams) -> Day:
    """The day of that number: more demand or a smaller hub leave everything else as it was."""
    team = staff(network, setting, streams(f"day {number} staff"))
    slots = {slot.id: slot for slot in places(team, streams(f"day {number} slots"))}
    usual = {name: [one.id for one in team if one.site == name] for name in network.practices}
    people = _People(streams(f"day {number} booked"), network, usual)
    booked = {}
    for slot in slots.values():
        if people.is_booked(slot):
            booked[slot.id] = people.booked(slot)
    people = _People(streams(f"day {number} arrivals"), network, usual)
    mean = given.SAME_DAY_CASES * setting.demand
    arrivals = [people.arrival(i) for i in range(how_many(mean, people.chance.random()))]
    return Day(
        number=number,
        network=network,
        clinicians={one.id: one for one in team},
        slots=slots,
        booked=booked,
        arrivals=tuple(sorted(arrivals, key=lambda case: (case.arrives or 0.0, case.id))),
    )


class _People:
    """Draws patients, one after the other."""

    def __init__(self, chance: Chance, network: Network, usual: dict[str, list[str]]) -> None:
        self.chance = chance
        self.network = network
        self.usual = usual

    def is_booked(self, slot: Slot) -> bool:
        """Whether somebody stands in the slot at eight; nobody is squeezed in beforehand."""
        share = given.HUB_PREBOOKED if slot.site == HUB else given.PREBOOKED
        return self.chance.random() < share and slot.kind is Kind.REGULAR

    def booked(self, slot: Slot) -> Case:
        """A routine patient of the practice, or of any practice at the hub."""
        practice = slot.site if slot.site != HUB else self._practice()
        is_usual = slot.site != HUB and self.chance.random() < given.USUAL_GP
        cancels = self.chance.random() < behaviour.CANCELS
        cancels_at = int(given.OPENS + self.chance.random() * (slot.start - given.OPENS))
        return self._case(
            name=f"b-{slot.id}",
            practice=practice,
            urgency=Urgency.P6,
            arrives=None,
            due=given.CLOSES,
            mode={slot.mode},
            usual=slot.clinician if is_usual else None,
            days_ahead=given.PREBOOKED_DAYS_AHEAD,
            cancels_at=cancels_at if cancels else None,
        )

    def arrival(self, number: int) -> Case:
        hour = pick(given.HOURS, self.chance.random())
        arrives = hour * 60 + 60 * self.chance.random()
        urgency = pick(given.CLASSES, self.chance.random())
        practice = self._practice()
        is_usual, which = self.chance.random() < given.USUAL_GP, self.chance.random()
        gps = self.usual[practice]
        return self._case(
            name=f"c{number:03}",
            practice=practice,
            urgency=urgency,
            arrives=arrives,
            due=due_minute(urgency, arrives, TODAY),
            mode=set(),
            usual=gps[int(which * len(gps))] if is_usual else None,
            days_ahead=0,
            cancels_at=None,
        )

    def _case(
        self,
        *,
        name: str,
        practice: str,
        urgency: Urgency,
        arrives: float | None,
        due: float,
        mode: set[Mode],
        usual: str | None,
        days_ahead: int,
        cancels_at: int | None,
    ) -> Case:
        points = pick(given.POINTS, self.chance.random())
        return Case(
            id=name,
            practice=practice,
            need=pick(given.NEEDS, self.chance.random()),
            age=int(self.chance.random() * (given.OLDEST + 1)),
            urgency=urgency,
            points=points,
            modes=frozenset(mode) or self._modes(),
            arrives=arrives,
            due=due,
            earliest=given.OPENS if arrives is None else arrives + given.NOTICE,
            usual=usual,
            is_fixed=self.chance.random() < given.FIXED,
            fate=self._fate(points, days_ahead, cancels_at),
        )

    def _practice(self) -> str:
        return pick(tuple(self.network.shares.items()), self.chance.random())

    def _modes(self) -> frozenset[Mode]:
        dice = self.chance.random()
        if dice < given.PHONE_ONLY:
            return frozenset({Mode.PHONE})
        if dice < given.PHONE_ONLY + given.EITHER_MODE:
            return frozenset({Mode.PHONE, Mode.FACE_TO_FACE})
        return frozenset({Mode.FACE_TO_FACE})

    def _fate(self, points: int, days_ahead: int, cancels_at: int | None) -> Fate:
        median = log(given.MINUTES[points]) - behaviour.SPREAD**2 / 2
        minutes = self.chance.lognormvariate(median, behaviour.SPREAD)
        return Fate(
            comes=not behaviour.stays_away(days_ahead, self.chance.random()),
            minutes=min(minutes, given.LONGEST),
            cancels_at=cancels_at,
            declines_hub=self.chance.random() < behaviour.DECLINES_HUB,
            declines_move=self.chance.random() < behaviour.DECLINES_MOVE,
            practice_refuses=self.chance.random() < behaviour.PRACTICE_REFUSES,
        )
