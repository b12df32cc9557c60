"""The reference locality (domain section 6): five practices, 46,300 patients, a hub of ten.

Every name and code here is invented; no practice in England bears one of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from networks.actions.founding import found_network, go_live, join_network
from networks.actions.invented.making import Making
from networks.actions.invented.people import invented_nhs_numbers, people_of
from networks.actions.invented.surroundings import hub_among
from networks.actions.invented.teams import Employed, staff_hub, staff_practice
from practices.actions import Listed, Place, open_practice, register_list
from practices.rules.professions import Profession

NETWORK_CODE, HUB_CODE = "UX9001", "HX9001"


@dataclass(frozen=True, slots=True)
class Plan:
    """One practice as it is to be."""

    code: str
    short: str
    place: Place
    list_size: int
    limit_mode: str
    travel_minutes: int

    @property
    def outward(self) -> str:
        """The first half of the area's postcodes."""
        return self.place.postcode.split(" ")[0]


PLANS = (
    Plan("X90001", "alder", Place("Alderbrook Surgery", "1 Mill Lane", "FV1 1AB"),
         14_800, "enforce", 5),
    Plan("X90002", "elm", Place("Elmfold Medical Centre", "22 Chapel Hill", "FV2 4DE"),
         11_200, "enforce", 10),
    Plan("X90003", "bracken", Place("Brackenside Practice", "9 Beacon Way", "FV3 2GH"),
         9_100, "enforce", 15),
    Plan("X90004", "quern", Place("Quernside Surgery", "Kiln Road", "FV4 6JL"),
         7_400, "warn", 15),
    Plan("X90005", "thorn", Place("Thornbeck Surgery", "3 Ferry Lane", "FV5 8NP", step_free=False),
         3_800, "shadow", 25),
)  # fmt: skip
PATIENTS = sum(plan.list_size for plan in PLANS)
HUB_PLACE = Place("Fernvale Hub", "The Maltings, Foundry Row", "FV1 3QR")


@dataclass(frozen=True, slots=True)
class Surgery:
    """A practice as it was made."""

    id: int
    plan: Plan
    team: tuple[Employed, ...]
    patients: tuple[Listed, ...]

    @property
    def gps(self) -> list[Employed]:
        """The GPs of the practice."""
        return [person for person in self.team if person.profession is Profession.GP]

    def gps_on(self, weekday: int) -> list[Employed]:
        """The GPs who work the whole of the weekday, in the order of the team."""
        return [
            person
            for person in self.gps
            if sum(1 for shift in person.post.week if shift.weekday == weekday) > 1
        ]


@dataclass(frozen=True, slots=True)
class Locality:
    """The whole of it."""

    network_id: int
    hub_id: int
    hub_team: tuple[Employed, ...]
    surgeries: Mapping[str, Surgery]

    @property
    def everybody(self) -> list[Employed]:
        """All clinicians, the hub's first."""
        surgeries = self.surgeries.values()
        return [*self.hub_team, *(person for surgery in surgeries for person in surgery.team)]


def make_locality(making: Making, *, patients: int) -> Locality:
    """Practices with lists and teams, their network, the hub and its agreements: no rota yet."""
    by, at = making.by, making.at
    network = found_network(
        code=NETWORK_CODE, name="Fernvale Network", opened_on=making.since, by=by, at=at
    )
    numbers = invented_nhs_numbers()
    surgeries = {}
    for plan in PLANS:
        size = max(3, plan.list_size * patients // PATIENTS)
        surgery = _surgery(making, plan, size, numbers)
        join_network(
            network_id=network.pk, practice_id=surgery.id, from_on=making.since, by=by, at=at
        )
        surgeries[plan.short] = surgery
    hub_id = hub_among(
        making,
        code=HUB_CODE,
        place=HUB_PLACE,
        list_sizes={one.id: one.plan.list_size for one in surgeries.values()},
        travel_minutes={one.id: one.plan.travel_minutes for one in surgeries.values()},
    )
    go_live(network_id=network.pk, hub_id=hub_id, by=by, at=at)
    hub_team = tuple(staff_hub(making, hub_id=hub_id, prefix="hub"))
    return Locality(network.pk, hub_id, hub_team, surgeries)


def _surgery(making: Making, plan: Plan, size: int, numbers: Iterator[str]) -> Surgery:
    by, at = making.by, making.at
    practice = open_practice(
        code=plan.code,
        place=plan.place,
        list_size=size,
        phone=f"01632 9600{plan.code[-2:]}",
        limit_mode=plan.limit_mode,
        by=by,
        at=at,
    )
    # A small demo registers fewer people; the teams and their days stay whole.
    team = staff_practice(
        making, practice_id=practice.pk, list_size=plan.list_size, prefix=plan.short
    )
    gps = [one.clinician_id for one in team if one.profession is Profession.GP]
    # A list has its own dice: a change in one practice leaves the others' people alone.
    own = Making(by=by, at=at, rng=Random(plan.code))  # noqa: S311 - invented people
    people = people_of(own, count=size, gps=gps, outward=plan.outward, numbers=numbers)
    listed = register_list(practice_id=practice.pk, people=people, by=by, at=at)
    return Surgery(practice.pk, plan, tuple(team), tuple(listed))
