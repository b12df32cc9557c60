"""Why: one pool's day as the solver wants it, read without locks, with the way back to rows."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from appointments.models import ChangedDay, DayLoad, ShareUse
from appointments.queries import FreeSlot, free_slots
from appointments.rules.matching import FREEZE, NOTICE, frozen_because
from appointments.rules.rebalancing import Case, Clinician, Instance, ScopeRule, ShareCap, Slot
from hubs.queries import AgreementRow, agreements_of_all
from hubs.rules.scope import OLDEST, SCOPES
from practices.models import Clinician as Person
from practices.models import Organisation
from practices.queries import LimitNow, limits_on
from practices.rules.access import AccessNeed
from practices.rules.london import day_of, midnight
from triage.models import Proposal, RebalanceRun
from triage.queries.movables import Movable
from triage.queries.parameters import comfort_of_network
from triage.queries.unsupervised import who_moves

# A policy that changes the rules of moving gets a new number, so that old runs are not reused.
POLICY = "2026-11"
BUCKET_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Pool:
    """The practices and hubs of one network that may help each other today."""

    network_id: int
    practice_ids: tuple[int, ...]
    hub_ids: tuple[int, ...]

    @property
    def organisation_ids(self) -> tuple[int, ...]:
        return (*self.practice_ids, *self.hub_ids)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An instance for the solver and what its ids stand for; `changes` are the notes it answers."""

    key: str
    changes: tuple[int, ...]
    instance: Instance
    bookings: Mapping[str, Movable]
    slots: Mapping[str, FreeSlot]
    before: Mapping[int, int]
    limits: Mapping[int, LimitNow]
    unsupervised: frozenset[int] = frozenset()


def snapshot(pool: Pool, *, at: datetime) -> Snapshot:
    """Today of the pool: who is over or unsupervised, who may be moved, and where there is room.

    The notes of what changed are read first: what is noted later is looked at again.
    """
    noted = ChangedDay.objects.filter(organisation_id__in=pool.organisation_ids)
    changes = tuple(noted.order_by("pk").values_list("pk", flat=True))
    people = list(Person.objects.filter(home_id__in=pool.organisation_ids).order_by("pk"))
    limits = limits_on([person.pk for person in people], on=day_of(at))
    used = used_on(limits, at=at)
    found, alone = who_moves(limits, used, at=at)
    start = at + NOTICE
    free = free_slots(at=at, start=start, end=day_end(at), most=5000) if found else []
    free = [slot for slot in free if slot.clinician_id in limits and slot.supervised]
    agreements = agreements_of_all(pool.practice_ids, on=day_of(at))
    slots = {name: slot for slot in free for name in place_names(slot)}
    instance = Instance(
        now=at,
        clinicians=_clinicians(people, limits, used, found, alone),
        slots=(*taken_places(found), *_open(slots, pool, agreements)),
        cases=_cases(found, at=at),
        scope=scope_rules(),
        travel=travel_of(agreements),
        agreements=frozenset((str(a.practice_id), str(a.provider_id)) for a in agreements),
        share_caps=share_caps(agreements, found, at=at),
        weights=comfort_of_network(pool.network_id),
    )
    return Snapshot(
        key=_key(pool, instance, found, slots, used, limits, at=at),
        unsupervised=alone,
        changes=changes,
        instance=instance,
        bookings={str(one.row.pk): one for one in found},
        slots=slots,
        before=used,
        limits=limits,
    )


def used_on(limits: Collection[int], *, at: datetime) -> dict[int, int]:
    """Points of the day so far of each clinician who has any. One statement."""
    loads = DayLoad.objects.filter(clinician_id__in=tuple(limits), day=day_of(at)).order_by("pk")
    return {load.clinician_id: load.held + load.booked + load.logged for load in loads}


def day_end(at: datetime) -> datetime:
    """The midnight that ends the day."""
    return midnight(day_of(at) + timedelta(days=1))


def place_names(slot: FreeSlot) -> list[str]:
    """One name for each free place of the slot."""
    return [f"{slot.id}.{place}" for place in range(1, slot.places_left + 1)]


def mode_of(mode: str, *, step_free: bool) -> str:
    """A place that some cannot enter is another mode for the solver, which knows no steps."""
    return mode if step_free or mode == "phone" else f"{mode}, steps"


def _clinicians(
    people: Collection[Person],
    limits: Mapping[int, LimitNow],
    used: Mapping[int, int],
    found: Collection[Movable],
    alone: Collection[int],
) -> tuple[Clinician, ...]:
    """Who may not work now has a limit of what cannot be moved: all others are past it."""
    movable_points: dict[int, int] = {}
    for one in found:
        movable_points[one.row.clinician_id] = (
            movable_points.get(one.row.clinician_id, 0) + one.row.points
        )
    fixed = {one.pk: used.get(one.pk, 0) - movable_points.get(one.pk, 0) for one in people}
    return tuple(
        Clinician(
            id=str(person.pk),
            role=person.profession,
            site=str(person.home_id),
            limit=fixed[person.pk] if person.pk in alone else limits[person.pk].effective.points,
            fixed_points=fixed[person.pk],
        )
        for person in people
    )


def taken_places(found: Collection[Movable]) -> tuple[Slot, ...]:
    """The places the movable patients have now, for each to stay in and for nobody else.

    A proposal is accepted on its own: a place that is free only once somebody else has moved
    could not be taken.
    """
    return tuple(
        Slot(
            id=f"booked-{one.row.pk}",
            clinician=str(one.row.clinician_id),
            starts_at=one.row.starts_at,
            minutes=_minutes(one.row.starts_at, one.row.ends_at),
            mode=one.row.mode,
            published_to=frozenset(),
        )
        for one in found
    )


def _open(
    slots: Mapping[str, FreeSlot], pool: Pool, agreements: Collection[AgreementRow]
) -> tuple[Slot, ...]:
    codes = dict(Organisation.objects.filter(pk__in=pool.practice_ids).values_list("pk", "code"))
    return tuple(
        Slot(
            id=name,
            clinician=str(slot.clinician_id),
            starts_at=slot.starts_at,
            minutes=_minutes(slot.starts_at, slot.ends_at),
            mode=mode_of(slot.mode, step_free=slot.step_free),
            published_to=audience(slot, codes, agreements),
        )
        for name, slot in slots.items()
    )


def audience(
    slot: FreeSlot, codes: Mapping[int, str], agreements: Collection[AgreementRow]
) -> frozenset[str]:
    """Own patients; at a hub those of agreeing practices; at another practice if published."""
    if slot.is_held_back:
        return frozenset()
    provider = slot.hub_id or slot.practice_id
    named = (slot.audience or {}).get("organisations")
    agreeing = {a.practice_id for a in agreements if a.provider_id == provider}
    if named is not None:
        agreeing = {pk for pk in agreeing if codes.get(pk) in named}
    elif slot.hub_id is None:
        agreeing = set()
    return frozenset(str(pk) for pk in {*agreeing, slot.practice_id} if pk is not None)


def _cases(found: Collection[Movable], *, at: datetime) -> tuple[Case, ...]:
    ids = [one.row.pk for one in found]
    proposed = dict(
        Proposal.objects.filter(
            booking__in=ids, state=Proposal.State.OPEN, run__kind=RebalanceRun.Kind.OWN
        ).values_list("booking_id", "to_slot_id")
    )
    return tuple(booked_case(one, proposed.get(one.row.pk), at=at) for one in found)


def booked_case(one: Movable, proposed: int | None, *, at: datetime) -> Case:
    """A booking as the solver wants it; `proposed` is the slot it was proposed before."""
    row, facts = one.row, one.facts
    modes = {facts.mode.value}
    if AccessNeed.STEP_FREE not in facts.access_needs:
        modes.add(mode_of(facts.mode.value, step_free=False))
    is_frozen = bool(frozen_because(facts, at)) or row.starts_at < at + FREEZE
    return Case(
        id=str(row.pk),
        practice=str(row.practice_id),
        need=row.reason,
        age=one.age,
        points=row.points,
        urgency=facts.urgency.value,
        modes=frozenset(modes),
        earliest=at + NOTICE,
        due=max(facts.due_at, row.starts_at),
        continuity=str(one.continuity_with) if one.continuity_with else None,
        slot=f"booked-{row.pk}",
        frozen=is_frozen,
        told=facts.told,
        proposed=f"{proposed}.1" if proposed else None,
        own_practice_only=facts.own_practice_only,
    )


def scope_rules() -> tuple[ScopeRule, ...]:
    """Which role may see which need without a GP's triage before."""
    return tuple(
        ScopeRule(profession.value, need.value, scope.min_age, OLDEST)
        for profession, scope in SCOPES.items()
        if not scope.only_after_gp_triage
        for need in sorted(scope.needs)
    )


def travel_of(agreements: Collection[AgreementRow]) -> dict[tuple[str, str], int]:
    """Minutes from each practice to each of its providers."""
    return {(str(a.practice_id), str(a.provider_id)): a.travel_minutes for a in agreements}


def share_caps(
    agreements: Collection[AgreementRow], found: Collection[Movable], *, at: datetime
) -> tuple[ShareCap, ...]:
    """What is left of each share, plus what the movable patients have of it already."""
    uses = {
        (row.practice_id, row.hub_id): row.used
        for row in ShareUse.objects.filter(day=day_of(at)).order_by("pk")
    }
    mine: dict[tuple[int, int], int] = {}
    for one in found:
        if one.row.hub_id:
            pair = (one.row.practice_id, one.row.hub_id)
            mine[pair] = mine.get(pair, 0) + 1
    return tuple(
        ShareCap(
            practice=str(a.practice_id),
            site=str(a.provider_id),
            cases=max(0, a.share_places - uses.get((a.practice_id, a.provider_id), 0))
            + mine.get((a.practice_id, a.provider_id), 0),
        )
        for a in agreements
    )


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


def _key(
    pool: Pool,
    instance: Instance,
    found: Collection[Movable],
    slots: Mapping[str, FreeSlot],
    used: Mapping[int, int],
    limits: Mapping[int, LimitNow],
    *,
    at: datetime,
) -> str:
    """The same look at the same day within five minutes has the same key."""
    bucket = int(at.timestamp()) // (60 * BUCKET_MINUTES)
    seen = [
        POLICY,
        pool.network_id,
        bucket,
        instance.weights,
        sorted((one.row.pk, one.row.version) for one in found),
        sorted(slots),
        sorted(used.items()),
        sorted((pk, limit.effective.points) for pk, limit in limits.items()),
    ]
    return hashlib.sha256(repr(seen).encode()).hexdigest()
