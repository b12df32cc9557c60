"""A simple plan for a day past its limits: one move after another, each allowed by `matching`.

Deterministic: the same day gives the same plan. What fits nowhere is shown, never hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from appointments.rules.matching import Board, Booked, Load, Place, check_may_leave, refusal_to_move
from practices.rules.refusals import Refused


@dataclass(frozen=True, slots=True)
class Effect:
    """One clinician's points before and after a move, in tenths."""

    clinician: int
    limit: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ProposedMove:
    """One booking to one place, with what it does to both days; told patients must say yes."""

    booked: Booked
    place: Place
    reasons: tuple[tuple[str, str], ...]
    giving: Effect
    taking: Effect
    travel_minutes: int

    @property
    def needs_consent(self) -> bool:
        """Whether the patient knows the present time and has to agree."""
        return self.booked.told


@dataclass(frozen=True, slots=True)
class Stuck:
    """A booking of a clinician over the limit that fits nowhere, and the commonest reason."""

    booked: Booked
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The moves in the order to make them, what is left over, and what would not fit."""

    moves: tuple[ProposedMove, ...]
    remainder: Mapping[int, int]
    stuck: tuple[Stuck, ...]


def propose_moves(
    booked: Iterable[Booked], places: Iterable[Place], board: Board, now: datetime
) -> Plan:
    """Moves that bring clinicians back under their limits without a new breach anywhere."""
    free = {place.slot: place for place in places}
    moves: list[ProposedMove] = []
    stuck: list[Stuck] = []
    for candidate in sorted(booked, key=lambda b: _easiest_first(b, board)):
        if not _may_leave(candidate, board, now):
            continue
        chosen = _best(candidate, free.values(), board, now)
        if isinstance(chosen, Stuck):
            stuck.append(chosen)
            continue
        moves.append(_proposal(candidate, chosen, board))
        board = _after(candidate, chosen, board)
        free[chosen.slot] = replace(chosen, places_left=chosen.places_left - 1)
    remainder = {c: load.excess for c, load in sorted(board.loads.items()) if load.excess}
    return Plan(tuple(moves), remainder, tuple(s for s in stuck if s.booked.clinician in remainder))


def _easiest_first(booked: Booked, board: Board) -> tuple[int, int, bool, int, datetime, str]:
    """The worst excess first; of one clinician, who was not told, then who is least urgent."""
    load = board.loads.get(booked.clinician, Load(0, 0))
    return (
        -load.excess,
        booked.clinician,
        booked.told,
        -booked.urgency.rank,
        booked.starts_at,
        booked.booking,
    )


def _may_leave(booked: Booked, board: Board, now: datetime) -> bool:
    try:
        check_may_leave(booked, board, now)
    except Refused:
        return False
    return True


def _best(booked: Booked, places: Iterable[Place], board: Board, now: datetime) -> Place | Stuck:
    """The gentlest allowed place, or why there is none."""
    allowed: list[Place] = []
    refused: dict[tuple[str, str], int] = {}
    for place in places:
        no = refusal_to_move(booked, place, board, now)
        if no is None:
            allowed.append(place)
        else:
            refused[no.code, no.text] = refused.get((no.code, no.text), 0) + 1
    if allowed:
        return min(allowed, key=lambda place: _gentlest(booked, place, board))
    if not refused:
        return Stuck(booked, "taken", "No place is left")
    code, text = min(refused, key=lambda no: (-refused[no], no))
    return Stuck(booked, code, text)


def _gentlest(booked: Booked, place: Place, board: Board) -> tuple[bool, bool, int, float, int]:
    """Own practice, then without travel, then near, then near the old time."""
    shift = abs((place.starts_at - booked.starts_at).total_seconds())
    return (
        place.organisation != booked.practice,
        not place.mode.is_remote and place.organisation != booked.practice,
        board.travel_minutes(booked, place),
        shift,
        place.slot,
    )


def _proposal(booked: Booked, place: Place, board: Board) -> ProposedMove:
    giving, taking = board.loads[booked.clinician], board.loads[place.clinician]
    travel = board.travel_minutes(booked, place)
    reasons = [("over_limit", "The clinician is over the safe limit")]
    if place.organisation == booked.practice:
        reasons.append(("own_practice", "A colleague at the own practice has room"))
    else:
        reasons.append(("own_full", "No slot at the own practice fits"))
    if place.mode.is_remote:
        reasons.append(("remote", f"{place.mode.label}, no travel"))
    elif travel:
        reasons.append(("travel", f"{travel} minutes to travel"))
    if place.starts_at <= booked.due_at:
        reasons.append(("in_time", "Before it is due"))
    return ProposedMove(
        booked=booked,
        place=place,
        reasons=tuple(reasons),
        giving=Effect(booked.clinician, giving.limit, giving.used, giving.used - booked.points),
        taking=Effect(place.clinician, taking.limit, taking.used, taking.used + booked.points),
        travel_minutes=travel,
    )


def _after(booked: Booked, place: Place, board: Board) -> Board:
    """The board once the move is made: points and share go with the patient."""
    giving, taking = board.loads[booked.clinician], board.loads[place.clinician]
    loads = dict(board.loads)
    loads[booked.clinician] = replace(giving, used=giving.used - booked.points)
    loads[place.clinician] = replace(taking, used=taking.used + booked.points)
    pair = (booked.practice, place.organisation)
    shares = dict(board.shares)
    if pair in shares:
        shares[pair] -= 1
    return replace(board, loads=loads, shares=shares)
