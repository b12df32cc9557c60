"""Why: the one ranked list of where a case can go, and why not elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from appointments.models import Booking, ShareUse
from appointments.queries import FreeSlot, free_slots, slot_with_places
from hubs.queries import agreements_of, closed_days, services_of
from practices.clock import local_day
from practices.queries import limits_on
from practices.rules.professions import Profession
from triage.models import Case
from triage.queries.facts import case_facts, service_candidate, slot_candidate
from triage.queries.one_call import Beside, beside, side_by_side
from triage.queries.parameters import outlook_for, weights_for
from triage.queries.pharmacy import pharmacy_lines
from triage.rules.candidates import Candidate, CaseFacts
from triage.rules.codes import Need, OptionKind
from triage.rules.judging import Impossible, impossible
from triage.rules.previewing import Counted, counted
from triage.rules.routing import Option, rank, standing_candidates

LOOK_AHEAD = timedelta(days=14)
# Enough of the nearest slots for a list nobody scrolls; planned cases look further ahead.
NEAREST = 300


@dataclass(frozen=True, slots=True)
class Choices:
    """The ranked list of one case. `slots` finds the slot behind an option's key.

    `held` is the key of the place the case holds now: it is judged as if nobody had it yet.
    `judged_by` is the set of numbers in force, None for the usual ones.
    """

    case: CaseFacts
    options: tuple[Option, ...]
    refused: tuple[Impossible, ...]
    slots: dict[str, FreeSlot]
    held: str = ""
    judged_by: int | None = None
    weighed: tuple[Counted, ...] = ()
    beside: Beside | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What the router says of one place, by which numbers, beside the best of the others."""

    line: Option | Impossible
    judged_by: int | None
    weighed: tuple[Counted, ...]


def load_case(reference: str) -> Case | None:
    """The case in reach with what its facts need. One statement."""
    return (
        Case.objects.select_related("patient", "practice__organisation", "booking")
        .filter(reference=reference)
        .first()
    )


def options(reference: str, *, at: datetime) -> Choices | None:
    """Where the case can go, best first, in a fixed number of statements; None when absent."""
    case = load_case(reference)
    if case is None:
        return None
    own_hold = live_hold(holds_of(case), at=at)
    slots = _slots_for(case, at=at)
    if own_hold is not None and all(slot.id != own_hold.slot_id for slot in slots):
        held = slot_with_places(own_hold.slot_id, at=at, is_double=case.is_double)
        slots += [held] if held else []
    facts = case_facts(case, at=at)
    places = _candidates(case, slots, own_hold, at=at)
    numbers = weights_for(case.hub_id)
    rest = outlook_for(case.hub_id, numbers.weights, at=at)
    every = [*standing_candidates(facts), *_services(case, facts.need), *places]
    ranked = rank(facts, every, at, numbers.weights, rest)
    by_key = {f"slot-{slot.id}": slot for slot in slots}
    other = beside(case.linked_to_id)
    return Choices(
        case=facts,
        options=side_by_side(ranked.options, by_key, other, is_double=case.is_double),
        refused=ranked.refused,
        slots=by_key,
        held=f"slot-{own_hold.slot_id}" if own_hold else "",
        judged_by=numbers.id,
        weighed=counted(facts, ranked.options, at, rest),
        beside=other,
    )


def _services(case: Case, need: Need) -> list[Candidate]:
    """What is near the case's hub and takes no slot."""
    nearby = services_of(case.hub_id)
    lines = pharmacy_lines({case.hub_id: nearby})[case.hub_id]
    return [
        service_candidate(
            row.kind,
            f"service-{row.id}",
            row.name,
            row.takes,
            need=need,
            criteria=row.criteria,
            lines=lines,
        )
        for row in nearby
    ]


@dataclass(frozen=True, slots=True)
class PharmacyLine:
    """Why no pharmacy near the hub treats the case, if none does, and what is asked before."""

    why_not: str
    ask_first: str


def pharmacy_line(reference: str, *, at: datetime) -> PharmacyLine:
    """What the list of places says of a pharmacy for the case. Four statements."""
    case = load_case(reference)
    assert case is not None, "whoever asks has the case"
    facts = case_facts(case, at=at)
    near = [one for one in _services(case, facts.need) if one.kind is OptionKind.PHARMACY]
    usual = service_candidate(
        OptionKind.PHARMACY, "pharmacy", "", (facts.need.value,), need=facts.need
    )
    refused = [(one, impossible(facts, one, at)) for one in near or [usual]]
    fits = next((one for one, no in refused if no is None), None)
    first = refused[0][1]
    return PharmacyLine(
        why_not=first.text if fits is None and first else "",
        ask_first=fits.ask_first if fits else "",
    )


def verdict(
    case: Case,
    slot_id: int,
    *,
    own_hold: Booking | None,
    replaces: Profession | None = None,
    at: datetime,
) -> Option | Impossible | None:
    """What the router says of one slot for the case, full or free; None for an unknown slot."""
    found = judged(case, slot_id, own_hold=own_hold, replaces=replaces, at=at)
    return found.line if found else None


def judged(
    case: Case,
    slot_id: int,
    *,
    own_hold: Booking | None,
    replaces: Profession | None = None,
    at: datetime,
) -> Judged | None:
    """The verdict on one slot, and what it was weighed against; None for an unknown slot."""
    slot = slot_with_places(slot_id, at=at, is_double=case.is_double)
    if slot is None:
        return None
    facts = case_facts(case, at=at, replaces=replaces)
    own = (
        []
        if slot.practice_id == case.practice_id
        else free_slots(
            at=at,
            start=at,
            end=case.due_at,
            most=NEAREST,
            practice_id=case.practice_id,
            is_double=case.is_double,
        )
    )
    places = _candidates(case, [slot, *own], own_hold, at=at)
    numbers = weights_for(case.hub_id)
    rest = outlook_for(case.hub_id, numbers.weights, at=at)
    ranked = rank(facts, places, at, numbers.weights, rest)
    wanted = f"slot-{slot_id}"
    lines: list[Option | Impossible] = [*ranked.options, *ranked.refused]
    return Judged(
        line=next(line for line in lines if line.candidate.key == wanted),
        judged_by=numbers.id,
        weighed=counted(facts, ranked.options, at, rest),
    )


def _slots_for(case: Case, *, at: datetime) -> list[FreeSlot]:
    end = window_of(case, at=at)
    return free_slots(at=at, start=at, end=end, most=NEAREST, is_double=case.is_double)


def window_of(case: Case, *, at: datetime) -> datetime:
    """Until when places are looked for: soon after the case is due, or a fortnight."""
    soon = max(case.due_at, at) + timedelta(hours=12)
    return at + LOOK_AHEAD if case.urgency >= 5 else soon


def holds_of(case: Case) -> list[Booking]:
    """The case's holds, newest first, those that ran out and were not tidied too. One statement."""
    mine = Booking.objects.filter(case_ref=case.reference, state="held")
    return list(mine.order_by("-held_at", "-id"))


def live_hold(holds: Iterable[Booking], *, at: datetime) -> Booking | None:
    """The place the case holds now, if any."""
    return next((hold for hold in holds if hold.expires_at and hold.expires_at > at), None)


def _candidates(
    case: Case, slots: list[FreeSlot], own_hold: Booking | None, *, at: datetime
) -> list[Candidate]:
    """The slots as the router reads them: shares of the slot's day, limits of today's rules."""
    today = local_day(at)
    limits = limits_on({slot.clinician_id for slot in slots}, on=today)
    agreements, shares, closed = {}, {}, set()
    if any(slot.practice_id != case.practice_id for slot in slots):
        agreements = {row.provider_id: row for row in agreements_of(case.practice_id, on=today)}
        days = {slot.day for slot in slots}
        closed = closed_days({slot.hub_id for slot in slots if slot.hub_id}, days)
        uses = ShareUse.objects.filter(practice_id=case.practice_id, day__in=days).order_by("pk")
        shares = {(row.hub_id, row.day): row.used for row in uses}
    if own_hold is not None:
        slots = [_without(own_hold, slot) for slot in slots]
        mine = (own_hold.hub_id, own_hold.day)
        if mine in shares:
            shares[mine] -= own_hold.own_places
    return [
        slot_candidate(
            slot,
            case,
            limits=limits,
            agreements=agreements,
            shares=shares,
            is_closed=(slot.hub_id, slot.day) in closed,
        )
        for slot in slots
    ]


def _without(own_hold: Booking, slot: FreeSlot) -> FreeSlot:
    """The slot as it would be if the case did not hold its place: nothing is counted twice."""
    if (slot.clinician_id, slot.day) != (own_hold.clinician_id, own_hold.day):
        return slot
    used = slot.used - own_hold.points
    if slot.id != own_hold.slot_id:
        return replace(slot, used=used)
    pairs = slot.pairs_left
    if pairs is not None and own_hold.is_double:
        pairs += 1
    return replace(slot, places_left=slot.places_left + 1, pairs_left=pairs, used=used)
