"""Invented networks for the benches: five practices, their hub, one pressed morning.

40,000 patients, 25 GPs, a hub of ten; contact weights, list sizes, sessions and sickness as in
the figures the marks were set with. One seed gives one network, for ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar

from appointments.rules.rebalancing.facts import (
    Case,
    Clinician,
    Instance,
    ScopeRule,
    ShareCap,
    Slot,
    Supervision,
)

T = TypeVar("T")

DAY = datetime(2026, 11, 23, tzinfo=UTC)
PRACTICES = 5
GPS = 25
SESSION_POINTS = 125
SLOTS_IN_SESSION = 12
MORNING, AFTERNOON, CLOSE = 8 * 60 + 30, 14 * 60, 18 * 60 + 30
GP_DAYS = (((MORNING, AFTERNOON), 45), ((MORNING,), 25), ((AFTERNOON,), 15), ((), 15))
HUB_DAYS = (((MORNING, AFTERNOON), 50), ((MORNING,), 25), ((AFTERNOON,), 25))
HUB_ROLES = (
    "gp", "gp", "anp", "anp", "anp", "paramedic", "pharmacist", "physio", "mental_health", "nurse",
)  # fmt: skip
NEEDS = (  # need, how common in per cent, the roles beside a GP that may see it
    ("sore_throat", 18, ("anp", "paramedic", "pharmacist", "nurse")),
    ("cough_breathing", 20, ("anp", "paramedic")),
    ("urinary", 12, ("anp", "pharmacist", "nurse")),
    ("skin_rash", 14, ("anp", "paramedic")),
    ("back_joint", 12, ("physio", "anp")),
    ("abdominal", 10, ("anp",)),
    ("mental_health", 8, ("mental_health",)),
    ("medication", 6, ("pharmacist", "anp")),
)
WEIGHTS = ((5, 25), (10, 50), (15, 20), (25, 5))
URGENCIES = (("P1", 3), ("P2", 7), ("P3", 16), ("P4", 44), ("P5", 14), ("P6", 16))
DUE_AFTER = {"P1": 60, "P2": 120, "P3": 360}
MODES = ((("face_to_face",), 55), (("face_to_face", "phone"), 35), (("phone",), 10))
USUAL_GP = 0.35  # of the cases: it matters who sees them
SICK = 0.035
PREBOOKED = 0.25
SQUEEZED = 0.2  # of the GPs' sessions at the peak: booked past the limit by squeeze-ins
PEAK = 115  # open cases
SQUEEZE_INS = 4
NEIGHBOURS = 2  # networks to either side that lend their hub


def made_network(*, seed: int, open_cases: int, flat: bool = False, name: str = "N") -> Instance:
    """A network with `open_cases` waiting; the more that wait, the fuller its lists.

    `flat` makes every contact weigh one point.
    """
    pressure = min(1.0, open_cases / PEAK)
    maker = _Maker(Random(seed), name, flat, pressure)  # noqa: S311 -- invented data, no secret
    maker.open_practices()
    maker.open_hub()
    maker.queue_up(open_cases)
    return maker.instance()


def made_pool(*, seed: int, networks: int, open_cases: int) -> Instance:
    """`networks` in a ring, flat contacts; practices may send to the hubs of near neighbours."""
    members = made_members(seed=seed, networks=networks, open_cases=open_cases)
    agreements = {pair for member in members for pair in member.agreements}
    travel = {pair: minutes for member in members for pair, minutes in member.travel.items()}
    for number, member in enumerate(members):
        for steps in range(-NEIGHBOURS, NEIGHBOURS + 1):
            hub = f"{_member_name((number + steps) % networks)}-H"
            for practice in sorted({case.practice for case in member.cases}):
                agreements.add((practice, hub))
                travel.setdefault((practice, hub), 15 * abs(steps))
    return Instance(
        now=members[0].now,
        clinicians=tuple(c for member in members for c in member.clinicians),
        slots=tuple(s for member in members for s in member.slots),
        cases=tuple(c for member in members for c in member.cases),
        scope=members[0].scope,
        travel=travel,
        agreements=frozenset(agreements),
    )


def made_members(*, seed: int, networks: int, open_cases: int) -> list[Instance]:
    """The networks of a pool, each by itself; every third is quiet."""
    return [
        made_network(
            seed=seed + number,
            open_cases=open_cases // (4 if number % 3 == 0 else 1),
            flat=True,
            name=_member_name(number),
        )
        for number in range(networks)
    ]


def with_arrivals(known: Instance, *, seed: int, arrivals: int) -> Instance:
    """The same network with a few more waiting."""
    other = made_network(seed=seed, open_cases=arrivals)
    waiting = [case for case in other.cases if case.slot is None]
    late = tuple(replace(case, id=f"{case.id}-late") for case in waiting)
    return replace(known, cases=(*known.cases, *late))


def _member_name(number: int) -> str:
    return f"N{number + 1:02}"


@dataclass(slots=True)
class _Maker:
    chance: Random
    name: str
    flat: bool
    pressure: float
    now: datetime = DAY + timedelta(minutes=9 * 60 + 30)
    shares: list[float] = field(default_factory=list)
    clinicians: list[Clinician] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    @property
    def practices(self) -> list[str]:
        return [f"{self.name}-P{i + 1}" for i in range(PRACTICES)]

    @property
    def hub(self) -> str:
        return f"{self.name}-H"

    def pick(self, weighted: Sequence[tuple[T, int]]) -> T:
        values = [value for value, _ in weighted]
        return self.chance.choices(values, [weight for _, weight in weighted])[0]

    def points(self) -> int:
        points = self.pick(WEIGHTS)
        return 10 if self.flat else points

    def open_practices(self) -> None:
        """Lists by Dirichlet shares, each GP at one practice; some are sick, some squeezed."""
        sizes = [self.chance.gammavariate(6, 1) for _ in range(PRACTICES)]
        self.shares = [size / sum(sizes) for size in sizes]
        for i in range(GPS):
            site = (
                self.practices[i]
                if i < PRACTICES
                else self.chance.choices(self.practices, self.shares)[0]
            )
            sessions = () if self.chance.random() < SICK else self.pick(GP_DAYS)
            publish = {"*"} if self.chance.random() < 0.1 else {site}
            booked = 0.35 + 0.2 * self.pressure + 0.4 * self.chance.random()
            self.staff(f"{site}-gp{i + 1}", "gp", site, sessions, publish, booked=booked)

    def open_hub(self) -> None:
        for i, role in enumerate(HUB_ROLES):
            name = f"{self.hub}-{role}{i + 1}"
            self.staff(name, role, self.hub, self.pick(HUB_DAYS), {"*"}, booked=PREBOOKED)

    def staff(
        self,
        clinician: str,
        role: str,
        site: str,
        sessions: tuple[int, ...],
        publish: set[str],
        *,
        booked: float,
    ) -> None:
        """One clinician's day: past contacts are fixed, later ones booked in part."""
        limit = SESSION_POINTS * len(sessions)
        fixed = 0
        for number, start in enumerate(sessions):
            is_practice_gp = role == "gp" and site != self.hub
            is_squeezed = is_practice_gp and self.chance.random() < SQUEEZED * self.pressure
            for i in range(SLOTS_IN_SESSION + is_squeezed * SQUEEZE_INS):
                starts_at = DAY + timedelta(minutes=start + 15 * i)
                if starts_at < self.now:
                    fixed += self.points()
                    continue
                slot = Slot(
                    f"{clinician}-{number}{i:02}", clinician, starts_at, 15,
                    "phone" if self.chance.random() < 0.25 else "face_to_face", frozenset(publish),
                )  # fmt: skip
                self.slots.append(slot)
                if is_squeezed or self.chance.random() < booked:
                    self.book(slot, site)
        self.clinicians.append(Clinician(clinician, role, site, limit, fixed, role == "gp"))

    def book(self, slot: Slot, site: str) -> None:
        practice = self.chance.choice(self.practices) if site == self.hub else site
        waiting = self.case(f"b{len(self.cases):04}", practice, self.pick(URGENCIES[2:]), 600)
        self.cases.append(
            Case(
                waiting.id, practice, waiting.need, waiting.age, waiting.points, waiting.urgency,
                waiting.modes | {slot.mode}, waiting.earliest,
                max(waiting.due, slot.starts_at),
                slot.clinician if self.chance.random() < USUAL_GP else None, slot.id,
                frozen=self.chance.random() < 0.3, told=self.chance.random() < 0.7,
            )
        )  # fmt: skip

    def queue_up(self, open_cases: int) -> None:
        for i in range(open_cases):
            practice = self.chance.choices(self.practices, self.shares)[0]
            waited = int(self.chance.triangular(0, 90, 15))
            self.cases.append(self.case(f"q{i:04}", practice, self.pick(URGENCIES), waited))

    def case(self, number: str, practice: str, urgency: str, waited: int) -> Case:
        arrived = self.now - timedelta(minutes=waited)
        usual = [c.id for c in self.clinicians if c.site == practice]
        return Case(
            id=f"{self.name}-{number}",
            practice=practice,
            need=self.pick([(need, weight) for need, weight, _ in NEEDS]),
            age=self.chance.randint(0, 95),
            points=self.points(),
            urgency=urgency,
            modes=frozenset(self.pick(MODES)),
            earliest=arrived + timedelta(minutes=15),
            due=self.due(urgency, arrived),
            continuity=self.chance.choice(usual)
            if usual and self.chance.random() < USUAL_GP
            else None,
        )

    def due(self, urgency: str, arrived: datetime) -> datetime:
        close = DAY + timedelta(minutes=CLOSE)
        if urgency in DUE_AFTER:
            return min(arrived + timedelta(minutes=DUE_AFTER[urgency]), close)
        return close + timedelta(days={"P4": 0, "P5": 1, "P6": 3}[urgency])

    def instance(self) -> Instance:
        sites = [*self.practices, self.hub]
        pairs = [(p, s) for p in self.practices for s in sites if p != s]
        nearby = {pair: self.chance.randint(1, 4) * 5 for pair in pairs}
        aid = {pair for pair in pairs if pair[1] == self.hub or self.chance.random() < 0.3}
        hub_slots = sum(slot.id.startswith(self.hub) for slot in self.slots)
        return Instance(
            now=self.now,
            clinicians=tuple(self.clinicians),
            slots=tuple(self.slots),
            cases=tuple(self.cases),
            scope=tuple(
                ScopeRule(role, need, 0, 150) for need, _, roles in NEEDS for role in ("gp", *roles)
            ),
            travel={**nearby, **{(p, p): 0 for p in self.practices}},
            agreements=frozenset(aid),
            share_caps=tuple(
                ShareCap(practice, self.hub, round(hub_slots * share * 1.3))
                for practice, share in zip(self.practices, self.shares, strict=True)
            ),
            supervision=(Supervision(self.hub, 4),),
        )
