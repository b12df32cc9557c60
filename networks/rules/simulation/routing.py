"""The product's router, asked about one case of a simulated day."""

from datetime import UTC, datetime, timedelta

from hubs.rules.needs import Urgency
from networks.rules.simulation.assumptions import CLOSES
from networks.rules.simulation.diary import Diary
from networks.rules.simulation.facts import HUB, Case, Slot
from practices.rules.limits import LimitMode
from triage.rules.candidates import Candidate, CaseFacts, Where
from triage.rules.codes import Continuity, OptionKind
from triage.rules.routing import rank, standing_candidates

# Any winter's midnight, when London keeps UTC.
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


def instant(minute: float) -> datetime:
    """The minute of the simulated day as an instant."""
    return MIDNIGHT + timedelta(minutes=minute)


def routed(diary: Diary, case: Case, now: float, *, by: float, declined: bool) -> Slot | None:
    """The place that stands first in the router's list; None where the list begins otherwise.

    It is asked for one that begins `by` a minute of the day.
    """
    numbers = {name: number for number, name in enumerate(diary.day.clinicians)}
    slots = {
        slot.id: slot
        for slot in diary.free(now)
        if slot.start >= case.earliest + diary.day.travel(case, slot.site) and slot.start <= CLOSES
    }
    candidates = [_candidate(diary, case, slot, numbers) for slot in slots.values()]
    facts = CaseFacts(
        need=case.need,
        urgency=case.urgency,
        due_at=instant(by),
        age=case.age,
        points=case.points,
        signed=True,
        modes=case.modes,
        continuity=Continuity.GREEN if case.usual is None else Continuity.AMBER,
        continuity_clinician=None if case.usual is None else numbers[case.usual],
        declined_hub=declined,
    )
    options = rank(facts, (*candidates, *standing_candidates(facts)), instant(now)).options
    first = options[0].candidate if options else None
    return slots[first.key] if first is not None and first.kind is OptionKind.SLOT else None


def is_open(diary: Diary, slot: Slot, practice: str) -> bool:
    """Whether patients of the practice may have the place: own, the hub's, or published."""
    return slot.site in {practice, HUB} or diary.day.clinicians[slot.clinician].publishes


def _candidate(diary: Diary, case: Case, slot: Slot, numbers: dict[str, int]) -> Candidate:
    clinician = diary.day.clinicians[slot.clinician]
    where = Where.OWN if slot.site == case.practice else Where.OTHER
    return Candidate(
        key=slot.id,
        kind=OptionKind.SLOT,
        where=Where.HUB if slot.site == HUB else where,
        site=slot.site,
        who=slot.clinician,
        clinician=numbers[slot.clinician],
        profession=clinician.profession,
        starts_at=instant(slot.start),
        mode=slot.mode,
        travel_minutes=diary.day.travel(case, slot.site),
        points_after=diary.load[slot.clinician] + case.points,
        limit=clinician.limit,
        limit_mode=LimitMode.ENFORCE,
        agreement=(case.practice, slot.site) in diary.day.network.agreements,
        supervised=diary.has_supervisor(slot),
        audience_ok=is_open(diary, slot, case.practice),
    )


URGENT_NOW = frozenset({Urgency.P1, Urgency.P2})
