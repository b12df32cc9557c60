"""Why: what other weights would put first, over the open cases or over decisions of late.

It reads past the walls between practices, so it answers in counts and in examples without names.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from appointments.models import ShareUse
from appointments.queries import FreeSlot, free_slots
from hubs.models import Hub
from hubs.queries import AgreementRow, ServiceRow, agreements_of_all, services_of
from practices.clock import local_day
from practices.queries import LimitNow, limits_on
from practices.rules.professions import Profession
from triage.models import Case, RouteDecision
from triage.queries.facts import case_facts, service_candidate, slot_candidate
from triage.queries.options import NEAREST, window_of
from triage.queries.pharmacy import Lines, pharmacy_lines
from triage.queries.plan_preview import PlanPreview, plan_preview
from triage.rules.candidates import Candidate
from triage.rules.codes import Need, Urgency
from triage.rules.lanes import Lane
from triage.rules.outlook import outlook_of
from triage.rules.previewing import Turn, read_kept, turn_of, turn_of_kept
from triage.rules.routing import rank, standing_candidates
from triage.rules.signing import triaged_by_gp
from triage.rules.states import State
from triage.rules.weights import Weights

# The most pressing cases are enough to see what a weight does, and quickly counted.
MOST_CASES = 60
MOST_DECISIONS = 200
RECENT = timedelta(days=7)
HOW_MANY_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A case without a name whose best place would be another."""

    need: Need
    urgency: Urgency
    turn: Turn


@dataclass(frozen=True, slots=True)
class Preview:
    """How many of the cases looked at would have another best place; like examples stand once."""

    looked_at: int
    are_open: bool
    changed: int
    examples: tuple[Example, ...]
    plan: PlanPreview


@dataclass(frozen=True, slots=True)
class _Day:
    """What the lists of all the cases are made from."""

    slots: Mapping[int, Sequence[FreeSlot]]
    limits: Mapping[int, LimitNow]
    agreements: Mapping[int, Mapping[int, AgreementRow]]
    shares: Mapping[int, Mapping[tuple[int, date], int]]
    services: Mapping[int, Sequence[ServiceRow]]
    pharmacies: Mapping[int, Lines]


def preview(
    network_id: int,
    hub_ids: Collection[int],
    *,
    before: Weights,
    after: Weights,
    at: datetime,
) -> Preview:
    """The best places by both weights. As many statements for many cases as for one."""
    cases = list(_open_cases(hub_ids))
    plan = plan_preview(
        network_id, hub_ids, cases, before=before.comfort, after=after.comfort, at=at
    )
    if not cases:
        return _preview(_of_decisions(hub_ids, before, after, at=at), plan, are_open=False)
    day = _day_of(cases, at=at)
    found = [(case, _turn(case, day, before, after, at=at)) for case in cases]
    return _preview(found, plan, are_open=True)


def _open_cases(hub_ids: Collection[int]) -> Iterable[Case]:
    waiting = Case.objects.filter(
        hub_id__in=hub_ids, lane=Lane.HUB, state__in=(State.WAITING, State.CLAIMED)
    )
    return waiting.select_related("patient", "practice__organisation", "signed_by").order_by(
        "urgency", "due_at", "pk"
    )[:MOST_CASES]


def _of_decisions(
    hub_ids: Collection[int], before: Weights, after: Weights, *, at: datetime
) -> list[tuple[Case, Turn | None]]:
    """The lines that recent decisions kept, priced by both weights. One statement."""
    made = RouteDecision.objects.filter(case__hub_id__in=hub_ids, at__gt=at - RECENT)
    recent = made.exclude(weighed=[]).select_related("case").order_by("-id")[:MOST_DECISIONS]
    return [(one.case, turn_of_kept(read_kept(one.weighed), before, after)) for one in recent]


def _preview(
    found: Sequence[tuple[Case, Turn | None]], plan: PlanPreview, *, are_open: bool
) -> Preview:
    examples = [
        Example(Need(case.need), Urgency(f"P{case.urgency}"), turn) for case, turn in found if turn
    ]
    return Preview(
        looked_at=len(found),
        are_open=are_open,
        changed=len(examples),
        examples=tuple(dict.fromkeys(examples))[:HOW_MANY_EXAMPLES],
        plan=plan,
    )


def _day_of(cases: Sequence[Case], *, at: datetime) -> _Day:
    practice_ids = sorted({case.practice_id for case in cases})
    end = max(window_of(case, at=at) for case in cases)
    agreements: dict[int, dict[int, AgreementRow]] = {pk: {} for pk in practice_ids}
    for row in agreements_of_all(practice_ids, on=local_day(at)):
        agreements[row.practice_id][row.provider_id] = row
    shares: dict[int, dict[tuple[int, date], int]] = {pk: {} for pk in practice_ids}
    days = (local_day(at), local_day(end))
    for use in ShareUse.objects.filter(practice_id__in=practice_ids, day__range=days):
        shares[use.practice_id][use.hub_id, use.day] = use.used
    is_double = any(case.is_double for case in cases)
    slots = _slots(practice_ids, agreements, start=at, end=end, is_double=is_double)
    staff = {slot.clinician_id for rows in slots.values() for slot in rows}
    services = {pk: services_of(pk) for pk in sorted({case.hub_id for case in cases})}
    return _Day(
        slots=slots,
        limits=limits_on(staff, on=local_day(at)),
        agreements=agreements,
        shares=shares,
        services=services,
        pharmacies=pharmacy_lines(services),
    )


def _slots(
    practice_ids: Sequence[int],
    agreements: Mapping[int, Mapping[int, AgreementRow]],
    *,
    start: datetime,
    end: datetime,
    is_double: bool,
) -> dict[int, list[FreeSlot]]:
    """By organisation, the nearest free slots. One statement each, and one more."""
    wanted = set(practice_ids).union(*agreements.values())
    hubs = set(Hub.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    return {
        pk: free_slots(
            at=start,
            start=start,
            end=end,
            most=NEAREST,
            hub_id=pk if pk in hubs else None,
            practice_id=None if pk in hubs else pk,
            is_double=is_double,
        )
        for pk in sorted(wanted)
    }


def _turn(case: Case, day: _Day, before: Weights, after: Weights, *, at: datetime) -> Turn | None:
    signer = case.signed_by.profession if case.signed_by else None
    facts = case_facts(case, at=at, by_gp=triaged_by_gp(case.urgency_status, signer))
    lines = [*standing_candidates(facts), *_services(case, day), *_places(case, day, at=at)]
    free = [
        (Profession(slot.profession), slot.places_left)
        for slot in day.slots.get(case.hub_id, ())
        if slot.day == local_day(at)
    ]
    old, new = outlook_of(before, free, at), outlook_of(after, free, at)
    return turn_of(
        facts,
        at,
        (rank(facts, lines, at, before, old), before, old),
        (rank(facts, lines, at, after, new), after, new),
    )


def _places(case: Case, day: _Day, *, at: datetime) -> Iterator[Candidate]:
    """The nearest free slots of the own practice and of whom it has an agreement with."""
    agreements, end = day.agreements[case.practice_id], window_of(case, at=at)
    near = [slot for pk in (case.practice_id, *agreements) for slot in day.slots[pk]]
    near.sort(key=lambda slot: (slot.starts_at, slot.id))
    for slot in near[:NEAREST]:
        if slot.starts_at < end:
            yield slot_candidate(
                slot,
                case,
                limits=day.limits,
                agreements=agreements,
                shares=day.shares[case.practice_id],
            )


def _services(case: Case, day: _Day) -> Iterator[Candidate]:
    for row in day.services[case.hub_id]:
        yield service_candidate(
            row.kind,
            f"service-{row.id}",
            row.name,
            row.takes,
            need=Need(case.need),
            criteria=row.criteria,
            lines=day.pharmacies[case.hub_id],
        )
