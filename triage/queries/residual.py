"""Why: what networks could not do by themselves, and the places of others that may help."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from appointments.queries import FreeSlot, free_slots
from appointments.rules.matching import NOTICE
from appointments.rules.rebalancing import Case as Wish
from appointments.rules.rebalancing import Clinician, Instance, Slot
from hubs.queries import AgreementRow, agreements_of_all
from practices.models import Clinician as Person
from practices.models import Organisation
from practices.queries import LimitNow, limits_on
from practices.rules.london import day_of
from triage.models import Case, PlaceOffer, Proposal, RebalanceRun
from triage.queries.movables import Movable, movables
from triage.queries.snapshot import (
    Pool,
    Snapshot,
    audience,
    booked_case,
    day_end,
    mode_of,
    place_names,
    scope_rules,
    share_caps,
    taken_places,
    travel_of,
    used_on,
)
from triage.queries.waiting_instance import waiting_wish

# More than a provider has in a day.
MOST = 5000


@dataclass(frozen=True, slots=True)
class Residual:
    """Waiting cases by reference, booked ones in `day`, and each practice's network."""

    day: Snapshot
    cases: Mapping[str, Case]
    network_of: Mapping[int, int]
    agreements: Mapping[tuple[int, int], AgreementRow]


@dataclass(frozen=True, slots=True)
class _Promised:
    """What open proposals and offers keep: slots, and points coming to and leaving people."""

    slots: frozenset[int]
    coming: Mapping[int, int]
    leaving: Mapping[int, int]
    bookings: frozenset[int]


def residual(
    asking: Collection[Pool], helping: Collection[Pool], waiting: Collection[Case], *, at: datetime
) -> Residual:
    """What is left of the asking networks, and free places of those that help, agreed with.

    Moves within a network, proposed and not decided yet, count as made: nobody is asked to help
    with what a network can do by itself. Nor is a network's own place among the places.
    """
    network_of = {org: pool.network_id for pool in helping for org in pool.organisation_ids}
    practices = sorted(pk for pool in asking for pk in pool.practice_ids)
    agreements = _agreements(practices, network_of, at=at)
    mine = frozenset(pool.network_id for pool in asking)
    promised = _promised(mine, at=at)
    free = _free(helping, {row.provider_id for row in agreements}, promised, at=at)
    givers = _people(pk for pool in asking for pk in pool.organisation_ids)
    limits = limits_on({*givers, *(slot.clinician_id for slot in free)}, on=day_of(at))
    used = used_on(limits, at=at)
    found = [
        one
        for one in movables(_over(givers, limits, used, promised), at=at)
        if one.row.practice_id in practices and one.row.pk not in promised.bookings
    ]
    free = [slot for slot in free if slot.clinician_id in limits]
    slots = {name: slot for slot in free for name in place_names(slot)}
    agreed = {row.practice_id for row in agreements}
    cases = {case.reference: case for case in waiting if case.practice_id in agreed}
    instance = Instance(
        now=at,
        clinicians=_clinicians(found, slots.values(), used, limits, promised),
        slots=(*taken_places(found), *_open(slots, practices, agreements)),
        cases=(*_booked(found, mine, at=at), *_waiting(cases, at=at)),
        scope=scope_rules(),
        travel=travel_of(agreements),
        agreements=frozenset((str(row.practice_id), str(row.provider_id)) for row in agreements),
        share_caps=share_caps(agreements, found, at=at),
    )
    bookings = {str(one.row.pk): one for one in found}
    by_pair = {(row.practice_id, row.provider_id): row for row in agreements}
    day = Snapshot("", (), instance, bookings, slots, used, limits)
    return Residual(day, cases, network_of, by_pair)


def _agreements(
    practices: Collection[int], network_of: Mapping[int, int], *, at: datetime
) -> list[AgreementRow]:
    """What the practices agreed with hubs and practices of other networks that take part."""
    return [
        row
        for row in agreements_of_all(practices, on=day_of(at))
        if row.provider_id in network_of
        and network_of[row.provider_id] != network_of[row.practice_id]
    ]


def _over(
    givers: Collection[int],
    limits: Mapping[int, LimitNow],
    used: Mapping[int, int],
    promised: _Promised,
) -> list[int]:
    """Who is over the limit still, once the moves proposed within the network are made."""
    return [
        pk
        for pk in givers
        if pk in limits
        and used.get(pk, 0) - promised.leaving.get(pk, 0) > limits[pk].effective.points
    ]


def _promised(mine: Collection[int], *, at: datetime) -> _Promised:
    """What this pass itself proposed before may be proposed again, and is promised to nobody."""
    is_ours = Q(run__kind=RebalanceRun.Kind.AID, run__network__in=mine)
    of_today = Q(state=Proposal.State.OPEN, to_slot__day=day_of(at))
    moves = Proposal.objects.filter(of_today & ~is_ours).select_related("booking", "to_slot")
    offers = PlaceOffer.objects.filter(of_today & ~is_ours).select_related("case", "to_slot")
    slots, bookings, coming, leaving = set(), set(), dict[int, int](), dict[int, int]()
    for move in moves.order_by("pk"):
        slots.add(move.to_slot_id)
        bookings.add(move.booking_id)
        _add(coming, move.to_slot.clinician_id, move.booking.points)
        _add(leaving, move.booking.clinician_id, move.booking.points)
    for offer in offers.order_by("pk"):
        slots.add(offer.to_slot_id)
        _add(coming, offer.to_slot.clinician_id, offer.case.points)
    return _Promised(frozenset(slots), coming, leaving, frozenset(bookings))


def _add(points: dict[int, int], clinician_id: int, more: int) -> None:
    points[clinician_id] = points.get(clinician_id, 0) + more


def _free(
    helping: Collection[Pool], providers: AbstractSet[int], promised: _Promised, *, at: datetime
) -> list[FreeSlot]:
    """The free places of the providers for the rest of the day. One statement a provider."""
    start, end = at + NOTICE, day_end(at)
    found: list[FreeSlot] = []
    for pool in helping:
        for pk in sorted(providers & {*pool.hub_ids}):
            found += free_slots(at=at, start=start, end=end, most=MOST, hub_id=pk)
        for pk in sorted(providers & {*pool.practice_ids}):
            found += free_slots(at=at, start=start, end=end, most=MOST, practice_id=pk)
    return [slot for slot in found if slot.supervised and slot.id not in promised.slots]


def _people(organisations: Iterable[int]) -> list[int]:
    found = Person.objects.filter(home_id__in=tuple(organisations)).order_by("pk")
    return list(found.values_list("pk", flat=True))


def _clinicians(
    found: Collection[Movable],
    free: Collection[FreeSlot],
    used: Mapping[int, int],
    limits: Mapping[int, LimitNow],
    promised: _Promised,
) -> tuple[Clinician, ...]:
    """Givers without their movable patients; takers at the place they help in."""
    movable: dict[int, int] = {}
    for one in found:
        _add(movable, one.row.clinician_id, one.row.points)
    sites = {slot.clinician_id: slot.hub_id or slot.practice_id for slot in reversed([*free])}
    people = Person.objects.filter(pk__in={*movable, *sites}).order_by("pk")
    return tuple(
        Clinician(
            id=str(person.pk),
            role=person.profession,
            site=str(sites.get(person.pk, person.home_id)),
            limit=limits[person.pk].effective.points,
            fixed_points=used.get(person.pk, 0)
            - movable.get(person.pk, 0)
            + promised.coming.get(person.pk, 0)
            - (promised.leaving.get(person.pk, 0) if person.pk in movable else 0),
        )
        for person in people
    )


def _open(
    slots: Mapping[str, FreeSlot], practices: Collection[int], agreements: Collection[AgreementRow]
) -> tuple[Slot, ...]:
    codes = dict(Organisation.objects.filter(pk__in=practices).values_list("pk", "code"))
    return tuple(
        Slot(
            id=name,
            clinician=str(slot.clinician_id),
            starts_at=slot.starts_at,
            minutes=int((slot.ends_at - slot.starts_at).total_seconds() // 60),
            mode=mode_of(slot.mode, step_free=slot.step_free),
            published_to=audience(slot, codes, agreements) - {str(slot.practice_id)},
        )
        for name, slot in slots.items()
    )


def _booked(found: Collection[Movable], mine: Collection[int], *, at: datetime) -> tuple[Wish, ...]:
    before = Proposal.objects.filter(
        state=Proposal.State.OPEN, run__kind=RebalanceRun.Kind.AID, run__network__in=mine
    )
    proposed = dict(before.order_by("pk").values_list("booking_id", "to_slot_id"))
    return tuple(booked_case(one, proposed.get(one.row.pk), at=at) for one in found)


def _waiting(cases: Mapping[str, Case], *, at: datetime) -> tuple[Wish, ...]:
    """Who said no to such a place is not asked again today."""
    offers = PlaceOffer.objects.filter(case__in=cases.values()).order_by("pk")
    asked = list(offers.values_list("case_id", "state", "to_slot_id"))
    no = {case for case, state, _ in asked if state == Proposal.State.DECLINED}
    proposed = {case: slot for case, state, slot in asked if state == Proposal.State.OPEN}
    return tuple(
        replace(
            waiting_wish(case, at=at),
            proposed=f"{proposed[case.pk]}.1" if case.pk in proposed else None,
        )
        for case in cases.values()
        if case.pk not in no
    )
