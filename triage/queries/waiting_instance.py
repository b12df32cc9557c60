"""Why: cases that wait, and every place they could have today, as the planner wants them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from appointments.models import DayLoad, ShareUse
from appointments.queries import FreeSlot, free_slots
from appointments.rules.codes import Mode
from appointments.rules.matching import NOTICE
from appointments.rules.rebalancing import Case as Wish
from appointments.rules.rebalancing import (
    Clinician,
    ComfortWeights,
    Instance,
    ScopeRule,
    ShareCap,
    Slot,
)
from hubs.queries import AgreementRow, agreements_of_all
from hubs.rules.scope import OLDEST, SCOPES, sees_as_much
from practices.models import Clinician as Person
from practices.models import Organisation
from practices.queries import limits_on
from practices.rules.access import AccessNeed
from practices.rules.london import day_of, midnight
from practices.rules.person_names import age_on
from practices.rules.professions import Profession
from triage.models import Case, PlaceOffer, Proposal
from triage.queries.parameters import weights_for
from triage.queries.snapshot import audience, mode_of, place_names, scope_rules, travel_of
from triage.rules.codes import ClassStatus, Need
from triage.rules.weights import WEIGHTS

NOT_AWAY = frozenset({Mode.HOME_VISIT})


@dataclass(frozen=True, slots=True)
class Told:
    """What a patient expects: another kind, or an earlier time, takes a call and not a message.

    `like` is whose like may see the patient before a clinician has signed the case.
    """

    mode: str
    at: datetime
    like: Profession | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An instance of waiting cases; its slots' names lead back to rows."""

    instance: Instance
    slots: Mapping[str, FreeSlot]


def waiting_instance(
    cases: Collection[Case],
    *,
    told: Mapping[str, Told] | None = None,
    gone: Collection[int] = (),
    among: Collection[int] | None = None,
    at: datetime,
) -> Waiting:
    """The cases, by reference, and what is free in reach for the rest of the day.

    `told` are those who were told of an appointment already. Clinicians who are `gone` get nobody,
    not even before they leave. `among` are the organisations whose places count, if not all.
    What an open proposal promises to somebody is not offered to anybody else.
    """
    practices = sorted({case.practice_id for case in cases})
    expected, end = told or {}, midnight(day_of(at) + timedelta(days=1))
    promised, agreements = promised_slots(), agreements_of_all(practices, on=day_of(at))
    near = {*practices, *(row.provider_id for row in agreements)}
    near &= near if among is None else set(among)
    free = [
        slot
        for slot in free_slots(at=at, start=at + NOTICE, end=end, most=5000)
        if slot.id not in promised
        and slot.clinician_id not in gone
        and slot.supervised
        and (slot.hub_id or slot.practice_id) in near
    ]
    slots = {name: slot for slot in free for name in place_names(slot)}
    instance = Instance(
        now=at,
        clinicians=_clinicians({slot.clinician_id for slot in free}, at=at),
        slots=_slots(slots, practices, agreements),
        cases=tuple(waiting_wish(case, expected.get(case.reference), at=at) for case in cases),
        scope=_scope(cases, expected),
        travel=travel_of(agreements),
        agreements=frozenset((str(a.practice_id), str(a.provider_id)) for a in agreements),
        share_caps=_caps(agreements, at=at),
        weights=_weights(cases),
    )
    return Waiting(instance=instance, slots=slots)


def _weights(cases: Collection[Case]) -> ComfortWeights:
    """What the network of the cases' hub has put in force. One statement."""
    hubs = sorted({case.hub_id for case in cases if case.hub_id})
    return weights_for(hubs[0]).weights.comfort if hubs else WEIGHTS.comfort


def promised_slots() -> set[int]:
    """Slots that an open proposal or offer keeps for somebody. Two statements."""
    moves = Proposal.objects.filter(state=Proposal.State.OPEN).order_by("pk")
    offers = PlaceOffer.objects.filter(state=Proposal.State.OPEN).order_by("pk")
    return {
        *moves.values_list("to_slot_id", flat=True),
        *offers.values_list("to_slot_id", flat=True),
    }


def _clinicians(ids: Collection[int], *, at: datetime) -> tuple[Clinician, ...]:
    limits = limits_on(ids, on=day_of(at))
    loads = DayLoad.objects.filter(clinician__in=ids, day=day_of(at)).order_by("pk")
    used = {load.clinician_id: load.held + load.booked + load.logged for load in loads}
    people = Person.objects.filter(pk__in=limits).order_by("pk")
    return tuple(
        Clinician(
            id=str(person.pk),
            role=person.profession,
            site=str(person.home_id),
            limit=limits[person.pk].effective.points,
            fixed_points=used.get(person.pk, 0),
        )
        for person in people
    )


def _slots(
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
            published_to=audience(slot, codes, agreements),
        )
        for name, slot in slots.items()
    )


def waiting_wish(case: Case, told: Told | None = None, *, at: datetime) -> Wish:
    """A waiting case as the planner wants it; patient and practice must be loaded."""
    needs = {AccessNeed(need) for need in (*case.access_needs, *case.patient.access_needs)}
    wanted = NOT_AWAY if AccessNeed.HOME_ONLY in needs else frozenset(Mode) - NOT_AWAY
    if told is not None:
        wanted = frozenset({Mode(told.mode)})
    modes = {mode.value for mode in wanted}
    if AccessNeed.STEP_FREE not in needs:
        modes |= {mode_of(mode.value, step_free=False) for mode in wanted}
    continuity = case.continuity_with_id or case.patient.usual_clinician_id
    return Wish(
        id=case.reference,
        practice=str(case.practice_id),
        need=_need(case, told),
        age=age_on(case.patient.born_on, day_of(at)),
        points=case.points,
        urgency=f"P{case.urgency}",
        modes=frozenset(modes),
        earliest=max(at + NOTICE, told.at) if told else at + NOTICE,
        due=case.due_at,
        continuity=str(continuity) if continuity else None,
        own_practice_only=case.patient.declines_hub,
    )


def _unread_like(case: Case, told: Told | None) -> Profession | None:
    """Whose like alone may see the case, because nobody has signed it and no protocol holds."""
    is_read = case.bookable_now or case.urgency_status == ClassStatus.SIGNED
    return None if is_read or told is None else told.like


def _need(case: Case, told: Told | None) -> str:
    """The need as the planner knows it: what only somebody's like may see is a need of its own."""
    like = _unread_like(case, told)
    return case.need if like is None else f"{case.need}, as a {like.label.lower()} would"


def _scope(cases: Collection[Case], expected: Mapping[str, Told]) -> tuple[ScopeRule, ...]:
    """Who may see what; a need of somebody's like is for whoever sees everybody they may see."""
    wanted = {
        (_need(case, told), Need(case.need), like)
        for case in cases
        if (like := _unread_like(case, told := expected.get(case.reference)))
    }
    stand_ins = [
        ScopeRule(profession.value, name, scope.min_age, OLDEST)
        for name, need, like in sorted(wanted)
        for profession, scope in SCOPES.items()
        if need in scope.needs and sees_as_much(profession, like)
    ]
    return (*scope_rules(), *stand_ins)


def _caps(agreements: Collection[AgreementRow], *, at: datetime) -> tuple[ShareCap, ...]:
    """What is left of each practice's share of each hub."""
    uses = {
        (row.practice_id, row.hub_id): row.used
        for row in ShareUse.objects.filter(day=day_of(at)).order_by("pk")
    }
    return tuple(
        ShareCap(
            practice=str(a.practice_id),
            site=str(a.provider_id),
            cases=max(0, a.share_places - uses.get((a.practice_id, a.provider_id), 0)),
        )
        for a in agreements
    )
