"""Shoaib and Ramamohan's primary health centre in India: configuration 1 of their table 6.

Simulation 98(3), 2022 (arXiv 2104.12492). What the article leaves open is as in the authors'
model, reproduced at github.com/pythonhealthdatascience/stars-reproduce-shoaib-2022: outpatients
six hours a day, admissions, births and antenatal checks round the clock, a year after a half.
"""

from collections import Counter, defaultdict
from collections.abc import Generator, Mapping
from typing import Any

import simpy

from networks.rules.simulation.chance import Chance, Streams
from networks.rules.simulation.published.measured import Waits

PUBLISHED: Mapping[str, float] = {
    "doctors busy": 0.268,
    "nurse for chronic diseases busy": 0.865,
    "staff nurses busy": 0.323,
    "pharmacist busy": 0.643,
    "laboratory busy": 0.559,
    "beds in use": 0.093,
    "labour bed in use": 0.283,
    "outpatients queueing": 0.000,
    "minutes queueing, outpatients": 0.009,
    "queueing for the pharmacy": 0.090,
    "minutes queueing, pharmacy": 1.025,
    "queueing for the laboratory": 0.094,
    "minutes queueing, laboratory": 2.084,
    "births referred": 0.156,
}
DAY = 24 * 60
WARM_UP, YEAR = 180 * DAY, 365 * DAY
SHIFT, WORKING_MINUTES, OUTPATIENT_HOURS = 480, 420, 360
STAFF = {"doctor": 2, "ncd": 1, "nurse": 3, "pharmacist": 1, "lab": 1, "bed": 6, "labour": 1}
EVERY = {"outpatient": 4.0, "birth": DAY, "admission": 2 * DAY, "antenatal": DAY}  # minutes
PATIENCE, LABOUR_PATIENCE = 20, 120  # for the doctor, then without; for the labour bed, then away
AGED_30 = 1 - 579 / 1001 * 30 / 31  # of the outpatients: blood pressure is taken first
NEEDS_TEST = 0.5
NURSES_OTHER_WORK = 180  # minutes a day
NURSE_DAY = 21 * 60  # minutes of three shifts
Steps = Generator[simpy.Event, Any, None]


def lived(streams: Streams, number: int) -> Mapping[str, float]:
    """The measures of one year, after half a year to settle."""
    centre = _Centre(simpy.Environment(), streams(f"health centre {number}"))
    for source in (centre.outpatients, centre.admissions, centre.births, centre.antenatal):
        centre.env.process(source())
    centre.env.run(until=WARM_UP + YEAR)
    return centre.measures()


class _Centre:
    def __init__(self, env: simpy.Environment, chance: Chance) -> None:
        self.env = env
        self.chance = chance
        self.staff = {name: simpy.Resource(env, number) for name, number in STAFF.items()}
        self.waits = {name: Waits(WARM_UP) for name in STAFF}
        self.minutes: defaultdict[str, float] = defaultdict(float)
        self.counts: Counter[str] = Counter()
        self.day_of_last_birth = 0
        self.newest_is_30, self.newest_needs_test = False, False

    def spend(self, who: str, minutes: float) -> None:
        """Working time of the year that counts."""
        if self.env.now > WARM_UP:
            self.minutes[who] += minutes

    def outpatients(self) -> Steps:
        """Six hours of arrivals, two of paperwork, then the night."""
        while True:
            since = 0.0
            while since < OUTPATIENT_HOURS:
                self._outpatient_comes()
                gap = self.chance.expovariate(1 / EVERY["outpatient"])
                since += gap
                yield self.env.timeout(gap)
            paperwork = int(self.bounded(100, 20, 60, 140))
            self.spend("doctor", paperwork)
            self.spend("ncd", paperwork)
            yield self.env.timeout(SHIFT - OUTPATIENT_HOURS + 2 * SHIFT)

    def _outpatient_comes(self) -> None:
        """Today, and of ten patients two come twice and one three times, days apart."""
        self.newest_is_30 = self.chance.random() < AGED_30
        self.newest_needs_test = self.chance.random() < NEEDS_TEST
        dice = int(self.chance.random() * 10)
        visits = {0: 3, 1: 2, 2: 2}.get(dice, 1)
        days = 3 * DAY + self.chance.random() * 5 * DAY
        for visit in range(visits):
            self.env.process(self.outpatient(visit * days))

    def outpatient(self, later: float) -> Steps:
        """As in the authors' model, the newest patient's record decides for whoever is there."""
        yield self.env.timeout(later)
        if self.newest_is_30:
            asked = self.env.now
            yield from self.visit("ncd", self.uniform(2, 5), is_spent=False)
            self.spend("ncd", self.env.now - asked)  # their figure has the queue in it
        yield from self.visit("doctor", self.bounded(0.87, 0.21, 0.3))
        if self.newest_needs_test:
            yield from self.visit("lab", self.bounded(3.456, 0.823, 2))
        yield from self.visit("pharmacist", self.bounded(2.083, 0.72, 0.67))

    def admissions(self) -> Steps:
        while True:
            into_day = self.env.now - self.day_of_last_birth * DAY  # as the authors count it
            self.env.process(self.admission(by_doctor=0 < into_day < SHIFT))
            yield self.env.timeout(self.chance.expovariate(1 / EVERY["admission"]))

    def admission(self, *, by_doctor: bool) -> Steps:
        if by_doctor:
            yield from self.seen_by_doctor(round(self.uniform(10, 30)), self.uniform(30, 60))
        with self.staff["bed"].request() as bed:
            yield bed
            if not by_doctor:
                yield from self.visit("nurse", self.uniform(30, 60))
            stay = self.chance.triangular(60, 360, 180)
            self.spend("bed", stay)
            yield self.env.timeout(stay)

    def births(self) -> Steps:
        while True:
            self.day_of_last_birth = int(self.env.now // DAY)
            into_day = self.env.now - self.day_of_last_birth * DAY
            self.env.process(self.birth(by_doctor=0 < into_day < SHIFT))
            yield self.env.timeout(self.chance.expovariate(1 / EVERY["birth"]))

    def birth(self, *, by_doctor: bool) -> Steps:
        """Whoever a doctor has seen waits for the labour bed, others are referred in the end."""
        counts, has_doctor = self.env.now > WARM_UP, False
        self.counts["births"] += counts
        if by_doctor:
            minutes, nursing = self.uniform(30, 60), self.uniform(120, 240)
            has_doctor = yield from self.seen_by_doctor(minutes, nursing)
        else:
            yield from self.visit("nurse", self.uniform(120, 240))
        with self.staff["labour"].request() as turn:
            yield turn if has_doctor else turn | self.env.timeout(LABOUR_PATIENCE)
            if not turn.triggered:
                self.counts["referred"] += counts
                return
            hours = self.uniform(6 * 60, 10 * 60)
            self.spend("labour", hours)
            yield self.env.timeout(hours)
        yield from self.visit("bed", self.uniform(240, 1440))

    def antenatal(self) -> Steps:
        """A first check, and three more 14, 20 and 24 weeks later."""
        while True:
            since = 0.0
            while since < SHIFT:
                self.env.process(self.check(0))
                for weeks in (14, 20, 24):
                    self.env.process(self.check(weeks))
                gap = self.chance.expovariate(1 / EVERY["antenatal"])
                since += gap
                yield self.env.timeout(gap)
            yield self.env.timeout(2 * SHIFT)

    def check(self, weeks: int) -> Steps:
        yield self.env.timeout(weeks * 7 * DAY)
        low, high, mode = (3.33, 13.16, 6.50) if weeks else (8.0, 20.6, 12.3)
        yield from self.visit("nurse", self.chance.triangular(low, high, mode))
        test = self.bounded(3.456, 0.823, 2) if weeks else self.bounded(5, 1, 0)
        yield from self.visit("lab", test)

    def seen_by_doctor(self, minutes: float, nursing: float) -> Generator[simpy.Event, Any, bool]:
        """The doctor and then a nurse; False: the other way round, no doctor came in time."""
        asked = self.env.now
        self.spend("doctor", minutes)
        with self.staff["doctor"].request() as turn:
            yield turn | self.env.timeout(PATIENCE)
            self.waits["doctor"].add(asked, self.env.now)
            has_doctor: bool = turn.triggered
            if has_doctor:
                yield self.env.timeout(minutes)
        yield from self.visit("nurse", nursing)
        if not has_doctor:
            yield from self.visit("doctor", minutes, is_spent=False)
        return has_doctor

    def visit(self, who: str, minutes: float, *, is_spent: bool = True) -> Steps:
        """Waits for one of them, and keeps them busy for so long."""
        asked = self.env.now
        with self.staff[who].request() as turn:
            yield turn
            self.waits[who].add(asked, self.env.now)
            if is_spent:
                self.spend(who, minutes)
            yield self.env.timeout(minutes)

    def uniform(self, low: float, high: float) -> float:
        return low + (high - low) * self.chance.random()

    def bounded(self, mean: float, spread: float, low: float, high: float = float("inf")) -> float:
        """Normal, drawn again until it is within the bounds."""
        while not low <= (value := self.chance.normalvariate(mean, spread)) <= high:
            continue
        return value

    def measures(self) -> Mapping[str, float]:
        days = YEAR / DAY
        busy = {who: minutes / (WORKING_MINUTES * days) for who, minutes in self.minutes.items()}
        queue = {who: sum(watched.all) / YEAR for who, watched in self.waits.items()}
        nursing = self.minutes["nurse"] + NURSES_OTHER_WORK * days
        return {
            "doctors busy": busy["doctor"] / STAFF["doctor"],
            "nurse for chronic diseases busy": busy["ncd"],
            "staff nurses busy": nursing / (NURSE_DAY * days),
            "pharmacist busy": busy["pharmacist"],
            "laboratory busy": busy["lab"],
            "beds in use": self.minutes["bed"] / (YEAR * STAFF["bed"]),
            "labour bed in use": self.minutes["labour"] / YEAR,
            "outpatients queueing": queue["doctor"],
            "minutes queueing, outpatients": self.waits["doctor"].mean,
            "queueing for the pharmacy": queue["pharmacist"],
            "minutes queueing, pharmacy": self.waits["pharmacist"].mean,
            "queueing for the laboratory": queue["lab"],
            "minutes queueing, laboratory": self.waits["lab"].mean,
            "births referred": self.counts["referred"] / self.counts["births"],
        }
