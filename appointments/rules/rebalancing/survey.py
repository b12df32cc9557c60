"""An instance with its look-ups worked out once: who may go where, and what may not be passed.

Whatever is booked already sets the mark: no limit, share or supervision ceiling is ever lower
than its present use, so leaving everything where it is always remains a lawful plan.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from appointments.rules.rebalancing import ceilings
from appointments.rules.rebalancing.ceilings import HourAtSite
from appointments.rules.rebalancing.facts import (
    EMERGENCY,
    MOVABLE_URGENCIES,
    Case,
    Clinician,
    Instance,
    Slot,
)

MINUTE = 60_000_000  # microseconds, the grain of `starts`

Places = Mapping[str, str]  # case id -> slot id


@dataclass(frozen=True, slots=True)
class Survey:
    """Ask it whether a case may use a slot, and how far a clinician, share or hour may go."""

    instance: Instance
    clinicians: Mapping[str, Clinician]
    slots: Mapping[str, Slot]
    cases: Mapping[str, Case]
    slots_of: Mapping[str, tuple[Slot, ...]]
    present_load: Mapping[str, int]
    movable: frozenset[str]
    share_ceilings: Mapping[tuple[str, str], int]
    hour_ceilings: Mapping[HourAtSite, int]
    supervised_hours: Mapping[str, HourAtSite]  # by slot, where a ceiling counts it
    ages: Mapping[str, Mapping[str, tuple[tuple[int, int], ...]]]  # by need and role
    starts: Mapping[str, int]

    def booked(self) -> dict[str, str]:
        """Where cases are booked now."""
        return {case.id: case.slot for case in self.instance.cases if case.slot is not None}

    def settled(self) -> dict[str, str]:
        """The booked cases that stay where they are, whatever happens."""
        return {case: slot for case, slot in self.booked().items() if case not in self.movable}

    def settled_load(self) -> dict[str, int]:
        """Points that no plan takes from a clinician."""
        load = {c.id: c.fixed_points for c in self.instance.clinicians}
        for case_id, slot_id in self.settled().items():
            load[self.slots[slot_id].clinician] += self.cases[case_id].points
        return load

    def undecided(self) -> Iterator[Case]:
        """The cases a plan may place or move, in the order of their ids."""
        for case in self.instance.cases:
            if (case.slot is None and case.urgency != EMERGENCY) or case.id in self.movable:
                yield case

    def is_competent(self, clinician: Clinician, case: Case) -> bool:
        ages = self.ages.get(case.need, {}).get(clinician.role, ())
        return any(low <= case.age <= high for low, high in ages)

    def roles_for(self, case: Case) -> frozenset[str]:
        """The roles that may see the case."""
        return frozenset(
            role
            for role, ages in self.ages.get(case.need, {}).items()
            if any(low <= case.age <= high for low, high in ages)
        )

    def is_in_reach(self, site: str, case: Case) -> bool:
        """A practice's own site needs no agreement; who wants to stay there goes nowhere else."""
        if site == case.practice:
            return True
        return not case.own_practice_only and (case.practice, site) in self.instance.agreements

    def release(self, site: str, case: Case) -> int:
        """The first moment the patient can be at the site, in microseconds from now."""
        return max(0, self.since_now(case.earliest)) + self.travel(case, site)

    def travel(self, case: Case, site: str) -> int:
        """The way to the site, in microseconds."""
        return self.instance.travel.get((case.practice, site), 0) * MINUTE

    def since_now(self, moment: datetime) -> int:
        return _microseconds(self.instance.now, moment)

    def is_late(self, case: Case, slot_id: str) -> bool:
        return self.starts[slot_id] > self.since_now(case.due)

    def may_use(self, case: Case, slot: Slot) -> bool:
        """Skill, agreement, publication, mode and time allow it; the present place always does."""
        if case.slot == slot.id:
            return True
        clinician = self.clinicians[slot.clinician]
        return (
            self.is_in_reach(clinician.site, case)
            and self.is_competent(clinician, case)
            and self._suits(case, slot, self.release(clinician.site, case))
        )

    def usable(self, case: Case) -> Iterator[Slot]:
        """Every slot that `may_use` allows, taken or not, clinician by clinician."""
        for clinician in self.instance.clinicians:
            if self.is_competent(clinician, case) and self.is_in_reach(clinician.site, case):
                release = self.release(clinician.site, case)
                for slot in self.slots_of[clinician.id]:
                    if case.slot != slot.id and self._suits(case, slot, release):
                        yield slot
        if case.slot is not None:
            yield self.slots[case.slot]

    def _suits(self, case: Case, slot: Slot, release: int) -> bool:
        return (
            slot.mode in case.modes
            and slot.is_open_to(case.practice)
            and self.starts[slot.id] >= release
        )

    def load_ceiling(self, clinician: Clinician) -> int | None:
        if clinician.limit is None:
            return None
        return max(clinician.limit, self.present_load[clinician.id])

    def share_of(self, case: Case, slot: Slot) -> tuple[str, str]:
        return case.practice, self.clinicians[slot.clinician].site

    def supervised_room(self, hour: HourAtSite) -> int:
        """How many slots of the hour are left beside those of settled cases."""
        return self.hour_ceilings[hour] - sum(
            self.supervised_hour(self.slots[slot_id]) == hour for slot_id in self.settled().values()
        )

    def supervised_hour(self, slot: Slot) -> HourAtSite | None:
        """The clock hour whose supervision ceiling the slot counts towards, if any."""
        return self.supervised_hours.get(slot.id)


def survey(instance: Instance) -> Survey:
    """The look-ups of `instance`, whatever order its parts were named in."""
    instance = _in_order(instance)
    clinicians = {clinician.id: clinician for clinician in instance.clinicians}
    slots = {slot.id: slot for slot in instance.slots}
    load = {clinician.id: clinician.fixed_points for clinician in instance.clinicians}
    for case in instance.cases:
        if case.slot is not None:
            load[slots[case.slot].clinician] += case.points
    slots_of: dict[str, list[Slot]] = {clinician: [] for clinician in clinicians}
    for slot in instance.slots:
        slots_of[slot.clinician].append(slot)
    hours = ceilings.hour_ceilings(instance, clinicians, slots)
    return Survey(
        instance=instance,
        clinicians=clinicians,
        slots=slots,
        cases={case.id: case for case in instance.cases},
        slots_of={clinician: tuple(own) for clinician, own in slots_of.items()},
        present_load=load,
        movable=frozenset(_movable(instance, clinicians, slots, load)),
        share_ceilings=ceilings.share_ceilings(instance, clinicians, slots),
        hour_ceilings=hours,
        supervised_hours=dict(_supervised_hours(instance, clinicians, hours)),
        ages=_ages(instance),
        starts={slot.id: _microseconds(instance.now, slot.starts_at) for slot in instance.slots},
    )


def _in_order(instance: Instance) -> Instance:
    return replace(
        instance,
        clinicians=tuple(sorted(instance.clinicians, key=lambda clinician: clinician.id)),
        slots=tuple(sorted(instance.slots, key=lambda slot: slot.id)),
        cases=tuple(sorted(instance.cases, key=lambda case: case.id)),
    )


def _microseconds(since: datetime, until: datetime) -> int:
    gap = until - since
    return (gap.days * 86_400 + gap.seconds) * 1_000_000 + gap.microseconds


def _movable(
    instance: Instance,
    clinicians: Mapping[str, Clinician],
    slots: Mapping[str, Slot],
    load: Mapping[str, int],
) -> Iterator[str]:
    """Booked cases that may move: nobody is disturbed unless their clinician is over the limit."""
    for case in instance.cases:
        if case.slot is None or case.frozen or case.urgency not in MOVABLE_URGENCIES:
            continue
        clinician = clinicians[slots[case.slot].clinician]
        if clinician.limit is not None and load[clinician.id] > clinician.limit:
            yield case.id


def _supervised_hours(
    instance: Instance, clinicians: Mapping[str, Clinician], hours: Mapping[HourAtSite, int]
) -> Iterator[tuple[str, HourAtSite]]:
    sites = {site for site, _ in hours}
    for slot in instance.slots:
        clinician = clinicians[slot.clinician]
        if clinician.site in sites:
            hour = ceilings.supervised_hour(slot, clinician)
            if hour is not None and hour in hours:
                yield slot.id, hour


def _ages(instance: Instance) -> dict[str, dict[str, tuple[tuple[int, int], ...]]]:
    ages: dict[str, dict[str, tuple[tuple[int, int], ...]]] = {}
    for rule in instance.scope:
        by_role = ages.setdefault(rule.need, {})
        by_role[rule.role] = (*by_role.get(rule.role, ()), (rule.min_age, rule.max_age))
    return ages
