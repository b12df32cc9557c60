"""What the planner is told of a simulated day: the queue, the books, the free places."""

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta

from appointments.rules.matching import NOTICE
from appointments.rules.rebalancing import (
    Case,
    Clinician,
    Instance,
    ScopeRule,
    ShareCap,
    Slot,
    Supervision,
)
from appointments.rules.rebalancing.facts import EVERY_PRACTICE
from hubs.rules.scope import OLDEST, SCOPES
from networks.rules.simulation import assumptions as given
from networks.rules.simulation import facts
from networks.rules.simulation.diary import Diary
from networks.rules.simulation.facts import HUB
from networks.rules.simulation.routing import instant

SCOPE = tuple(
    ScopeRule(role.value, need.value, scope.min_age, OLDEST)
    for role, scope in SCOPES.items()
    for need, _ in given.NEEDS
    if need in scope.needs
)
SHARES_END = 14 * 60  # what a practice did not use is released to all (hubs.rules.sharing)


def snapshot(
    diary: Diary,
    now: int,
    *,
    queue: Iterable[facts.Case],
    kept: Collection[str],
    settled: Collection[str],
) -> Instance:
    """The moment as an instance: `kept` places are for nobody, `settled` patients stay."""
    ahead = {
        slot.id: case
        for slot_id, case in diary.holder.items()
        if (slot := diary.day.slots[slot_id]).start > now
    }
    free = [slot for slot in diary.free(now) if slot.id not in kept]
    fixed = dict(diary.load)
    for slot_id, case in ahead.items():
        fixed[diary.day.slots[slot_id].clinician] -= case.points
    return Instance(
        now=instant(now),
        clinicians=tuple(_clinicians(diary, fixed)),
        slots=tuple(_slot(diary, slot) for slot in (*free, *(diary.day.slots[i] for i in ahead))),
        cases=(
            *(_waiting(case, now) for case in queue),
            *(_booked(case, slot_id, now, settled) for slot_id, case in ahead.items()),
        ),
        scope=SCOPE,
        travel=_travel(diary.day.network),
        agreements=diary.day.network.agreements,
        share_caps=tuple(_caps(diary, now)),
        supervision=(Supervision(HUB, given.SUPERVISED_BY_ONE),),
    )


def _clinicians(diary: Diary, fixed: dict[str, int]) -> Iterator[Clinician]:
    for name, one in diary.day.clinicians.items():
        supervises = one.is_gp and one.site == HUB
        yield Clinician(
            name, one.profession.value, one.site, one.limit, fixed.get(name, 0), supervises
        )


def _slot(diary: Diary, slot: facts.Slot) -> Slot:
    is_public = slot.site == HUB or diary.day.clinicians[slot.clinician].publishes
    return Slot(
        id=slot.id,
        clinician=slot.clinician,
        starts_at=instant(slot.start),
        minutes=given.SLOT_MINUTES,
        mode=slot.mode.value,
        published_to=frozenset({EVERY_PRACTICE if is_public else slot.site}),
    )


def _waiting(case: facts.Case, now: int) -> Case:
    return _case(case, earliest=max(case.earliest, now + given.TOLD_WITHIN))


def _booked(case: facts.Case, slot_id: str, now: int, settled: Collection[str]) -> Case:
    notice = now + NOTICE / timedelta(minutes=1)
    return _case(
        case, earliest=max(case.earliest, notice), slot=slot_id, is_frozen=case.id in settled
    )


def _case(
    case: facts.Case, *, earliest: float, slot: str | None = None, is_frozen: bool = False
) -> Case:
    return Case(
        id=case.id,
        practice=case.practice,
        need=case.need.value,
        age=case.age,
        points=case.points,
        urgency=case.urgency.value,
        modes=frozenset(mode.value for mode in case.modes),
        earliest=instant(earliest),
        due=instant(case.due - (given.CLINICS_LATE if case.urgency.is_same_day else 0)),
        continuity=case.usual,
        slot=slot,
        frozen=is_frozen,
        told=slot is not None,
    )


def _travel(network: facts.Network) -> dict[tuple[str, str], int]:
    own = {(practice, practice): 0 for practice in network.practices}
    return {**network.travel, **own}


def _caps(diary: Diary, now: int) -> Iterator[ShareCap]:
    """Each practice's share of the hub, less what it used up already; none from 2pm on."""
    if now >= SHARES_END:
        return
    slots = [slot for slot in diary.day.slots.values() if slot.site == HUB]
    for practice, share in diary.day.network.shares.items():
        used = sum(
            diary.holder[slot.id].practice == practice
            for slot in slots
            if slot.start <= now and slot.id in diary.holder
        )
        most = round(len(slots) * share * given.SHARE_STRETCH)
        yield ShareCap(practice, HUB, max(0, most - used))
