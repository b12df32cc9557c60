"""Nelson's treatment centre (Foundations and Methods of Stochastic Simulation, 2013, exercise 13).

Figures as in `treat_sim` 3.0.0 (Monks and Harper, PyPI, MIT): a day of 19 hours from six o'clock,
patients by a time-varying Poisson process, triage, then trauma or the minor way.
"""

from collections.abc import Generator, Mapping
from math import log, sqrt
from typing import Any

import simpy

from networks.rules.simulation.chance import Chance, Streams
from networks.rules.simulation.published.measured import Waits

# `multiple_replications(Scenario(random_number_set=1), n_reps=2000)` of treat_sim 3.0.0, means.
# Its authors' table of waits (TomMonks/treatment-centre-sim, table_3, 50 days) has 28.9, 113.6,
# 24.6 and 144.5 for the first four queues; the cubicles changed with version 3.
PUBLISHED: Mapping[str, float] = {
    "arrivals": 226.953,
    "wait for triage": 30.900,
    "wait for registration": 103.608,
    "wait for examination": 24.961,
    "wait for treatment": 132.948,
    "wait for the trauma room": 152.114,
    "wait for treatment after trauma": 17.747,
    "minutes in all, minor": 227.817,
    "minutes in all, trauma": 291.083,
    "discharged": 163.776,
}
HOURLY = (
    2.366667, 2.8, 8.833333, 10.433333, 14.8, 26.266667, 31.4, 18.066667, 16.466667,
    12.033333, 11.6, 28.866667, 18.033333, 11.5, 5.3, 4.066667, 2.2, 2.1,
)  # fmt: skip
RUN = 19 * 60.0
ROOMS = {"triage": 1, "desk": 1, "exam": 3, "trauma": 2, "minor cubicle": 1, "trauma cubicle": 1}
IS_TRAUMA, IS_TREATED = 0.12, 0.60
TRIAGE, STABILISING = 3.0, 90.0  # means, exponential
REGISTERING, TREATING, TREATING_TRAUMA = (5.0, 2.0), (13.3, 2.0), (30.0, 4.0)  # mean, variance
EXAMINING, LEAST_EXAM = (16.0, 3.0), 0.5  # mean, variance, normal

Steps = Generator[simpy.Event, Any, None]


def lived(streams: Streams, number: int) -> Mapping[str, float]:
    """The measures of one day."""
    centre = _Centre(simpy.Environment(), lambda name: streams(f"treatment centre {number} {name}"))
    centre.env.process(centre.arrivals())
    centre.env.run(until=RUN)
    return centre.measures()


class _Centre:
    def __init__(self, env: simpy.Environment, streams: Streams) -> None:
        self.env = env
        self.rooms = {name: simpy.Resource(env, number) for name, number in ROOMS.items()}
        self.chance: dict[str, Chance] = {
            name: streams(name) for name in (*ROOMS, "arrivals", "thinning", "kind", "treated")
        }
        self.waits = {name: Waits() for name in ROOMS}
        self.in_all = {"minor": Waits(), "trauma": Waits()}
        self.arrived = 0

    def arrivals(self) -> Steps:
        """Thinning: candidates at the highest rate, kept in proportion to the hour's."""
        most = max(HOURLY)
        while True:
            rate = HOURLY[int(self.env.now // 60) % len(HOURLY)]
            gap = self.chance["arrivals"].expovariate(most / 60)
            while self.chance["thinning"].random() >= rate / most:
                gap += self.chance["arrivals"].expovariate(most / 60)
            yield self.env.timeout(gap)
            self.arrived += 1
            is_trauma = self.chance["kind"].random() < IS_TRAUMA
            self.env.process(self.trauma() if is_trauma else self.minor())

    def minor(self) -> Steps:
        arrived = self.env.now
        yield from self.visit("triage", self.chance["triage"].expovariate(1 / TRIAGE))
        yield from self.visit("desk", _lognormal(self.chance["desk"], *REGISTERING))
        mean, variance = EXAMINING
        minutes = self.chance["exam"].normalvariate(mean, sqrt(variance))
        yield from self.visit("exam", max(LEAST_EXAM, minutes))
        if self.chance["treated"].random() < IS_TREATED:
            minutes = _lognormal(self.chance["minor cubicle"], *TREATING)
            yield from self.visit("minor cubicle", minutes)
        self.in_all["minor"].add(arrived, self.env.now)

    def trauma(self) -> Steps:
        arrived = self.env.now
        yield from self.visit("triage", self.chance["triage"].expovariate(1 / TRIAGE))
        yield from self.visit("trauma", self.chance["trauma"].expovariate(1 / STABILISING))
        minutes = _lognormal(self.chance["trauma cubicle"], *TREATING_TRAUMA)
        yield from self.visit("trauma cubicle", minutes)
        self.in_all["trauma"].add(arrived, self.env.now)

    def visit(self, room: str, minutes: float) -> Steps:
        """Waits for the room, and is in it for so long."""
        asked = self.env.now
        with self.rooms[room].request() as turn:
            yield turn
            self.waits[room].add(asked, self.env.now)
            yield self.env.timeout(minutes)

    def measures(self) -> Mapping[str, float]:
        waits = {name: watched.mean for name, watched in self.waits.items()}
        return {
            "arrivals": self.arrived,
            "wait for triage": waits["triage"],
            "wait for registration": waits["desk"],
            "wait for examination": waits["exam"],
            "wait for treatment": waits["minor cubicle"],
            "wait for the trauma room": waits["trauma"],
            "wait for treatment after trauma": waits["trauma cubicle"],
            "minutes in all, minor": self.in_all["minor"].mean,
            "minutes in all, trauma": self.in_all["trauma"].mean,
            "discharged": sum(len(watched.all) for watched in self.in_all.values()),
        }


def _lognormal(chance: Chance, mean: float, variance: float) -> float:
    """By its own mean and variance, not those of its logarithm."""
    spread = log(1 + variance / mean**2)
    return chance.lognormvariate(log(mean) - spread / 2, sqrt(spread))
