"""May this booked patient be moved there? Checked when proposed and again, under lock, when made.

A move never un-books anybody, never makes a new breach of a limit, and never disturbs somebody
whose clinician is within the limit. H9 and H10 are the freeze rules of the rebalancing design.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from appointments.rules.codes import Mode
from appointments.rules.safe_working import fits, in_words
from hubs.rules.needs import Need, Urgency
from hubs.rules.scope import PatientFacts, refusal_to_see
from practices.rules.access import ARRANGED, AccessNeed, takes_two, unmet
from practices.rules.london import clock_words
from practices.rules.professions import Profession
from practices.rules.refusals import Refusal, Refused

FREEZE = timedelta(minutes=60)
NOTICE = timedelta(minutes=30)
FROZEN = "frozen"
NOT_NEEDED = "not_needed"
# P0-P2 are moved only when a clinician asks for it.
MOST_URGENT_MOVABLE = 3


@dataclass(frozen=True, slots=True)
class Load:
    """A clinician's day in tenths of a point."""

    limit: int
    used: int

    @property
    def excess(self) -> int:
        """Points past the limit; never negative."""
        return max(0, self.used - self.limit)


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking that may be moved, with what decides whether and where to."""

    booking: str
    slot: int
    clinician: int
    practice: int
    starts_at: datetime
    due_at: datetime
    points: int
    urgency: Urgency
    patient: PatientFacts
    mode: Mode = Mode.FACE_TO_FACE
    modes: frozenset[Mode] = frozenset(Mode) - {Mode.HOME_VISIT}
    access_needs: frozenset[AccessNeed] = frozenset()
    continuity_red: bool = False
    moved_before: bool = False
    declined: bool = False
    own_practice_only: bool = False
    told: bool = True
    can_be_rung: bool = True
    asked_by_clinician: bool = False
    is_double: bool = False

    @property
    def need(self) -> Need:
        """Why the patient comes."""
        return self.patient.need


@dataclass(frozen=True, slots=True)
class Place:
    """A free slot somewhere; `published_to` None means to everybody with an agreement."""

    slot: int
    clinician: int
    profession: Profession
    organisation: int
    starts_at: datetime
    mode: Mode = Mode.FACE_TO_FACE
    places_left: int = 1
    supervised: bool = True
    access: frozenset[AccessNeed] = frozenset(AccessNeed)
    published_to: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The day around the move: loads by clinician; the rest by (practice, provider)."""

    loads: Mapping[int, Load]
    agreements: frozenset[tuple[int, int]] = frozenset()
    shares: Mapping[tuple[int, int], int] = field(default_factory=dict)
    travel: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def travel_minutes(self, booked: Booked, place: Place) -> int:
        """Minutes to the place; none by phone or at the own practice."""
        if place.mode.is_remote or place.organisation == booked.practice:
            return 0
        return self.travel.get((booked.practice, place.organisation), 0)


def check_may_move(booked: Booked, place: Place, board: Board, now: datetime) -> None:
    """The move is allowed, or `Refused` with the first rule against it."""
    check_may_leave(booked, board, now)
    _check_time(booked, place, board, now)
    _check_agreed(booked, place, board)
    _check_fit(booked, place)
    load = board.loads.get(place.clinician)
    if load is None or not fits(booked.points, load.used, load.limit):
        room = in_words(max(0, load.limit - load.used)) if load else "0"
        raise Refused(f"The receiving clinician has {room} points of room left", code=Refusal.LIMIT)


def may_move(booked: Booked, place: Place, board: Board, now: datetime) -> bool:
    """Whether the move is allowed."""
    return refusal_to_move(booked, place, board, now) is None


def refusal_to_move(booked: Booked, place: Place, board: Board, now: datetime) -> Refused | None:
    """The first rule against the move, or None."""
    try:
        check_may_move(booked, place, board, now)
    except Refused as refused:
        return refused
    return None


def check_may_leave(booked: Booked, board: Board, now: datetime) -> None:
    """The booking may leave its slot at all: not frozen (H9), and its clinician is over (H10)."""
    frozen = frozen_because(booked, now)
    if frozen:
        raise Refused(frozen, code=FROZEN)
    load = board.loads.get(booked.clinician)
    if load is None or load.excess == 0:
        raise Refused("The clinician is within the limit: nobody is disturbed", code=NOT_NEEDED)


def frozen_because(booked: Booked, now: datetime) -> str:
    """Why the booking stays where it is, or nothing."""
    if booked.urgency.rank < MOST_URGENT_MOVABLE and not booked.asked_by_clinician:
        return f"{booked.urgency} is moved only when a clinician asks"
    if booked.starts_at < now + FREEZE:
        return "It starts within 60 minutes"
    if booked.moved_before:
        return "The patient was moved once already"
    if booked.continuity_red:
        return "The patient needs this clinician"
    if booked.declined:
        return "The patient said no"
    if booked.told and not booked.can_be_rung:
        return "There is no number to ask the patient on"
    return _arranged(booked)


def _arranged(booked: Booked) -> str:
    """What a move would break; who needs two appointments together, people move."""
    if booked.mode is Mode.HOME_VISIT:
        return "A home visit is not moved"
    arranged = [need.label.lower() for need in AccessNeed if need in booked.access_needs & ARRANGED]
    if arranged:
        return f"Arranged with it: {', '.join(arranged)}"
    if booked.is_double or takes_two(booked.access_needs):
        return "Two appointments together: people move them"
    return ""


def _check_time(booked: Booked, place: Place, board: Board, now: datetime) -> None:
    if place.clinician == booked.clinician:
        raise Refused("It is the same clinician", code=NOT_NEEDED)
    ready_at = now + NOTICE + timedelta(minutes=board.travel_minutes(booked, place))
    if place.starts_at < ready_at:
        raise Refused("Too soon for the patient to be told and get there", code=Refusal.STARTED)
    # A move may not make anybody late, nor somebody late later still.
    if place.starts_at > max(booked.due_at, booked.starts_at):
        words = f"Starts {clock_words(place.starts_at)}, due {clock_words(booked.due_at)}"
        raise Refused(words, code=Refusal.PAST_DUE)
    if place.places_left < 1:
        raise Refused("No place is left", code=Refusal.TAKEN)


def _check_agreed(booked: Booked, place: Place, board: Board) -> None:
    if place.organisation == booked.practice:
        return
    if booked.own_practice_only:
        words = "The patient wants to stay with their own practice"
        raise Refused(words, code=Refusal.PATIENT_DECLINED)
    pair = (booked.practice, place.organisation)
    if pair not in board.agreements:
        raise Refused("There is no agreement with this provider", code=Refusal.AGREEMENT)
    if place.published_to is not None and booked.practice not in place.published_to:
        raise Refused("The slot is not published to this practice", code=Refusal.AUDIENCE)
    if not booked.urgency.is_urgent and board.shares.get(pair, 1) < 1:
        raise Refused("The practice has used its share there", code=Refusal.SHARE)


def _check_fit(booked: Booked, place: Place) -> None:
    out_of_scope = refusal_to_see(place.profession, booked.patient)
    if out_of_scope:
        raise out_of_scope
    if not place.supervised:
        raise Refused("No supervisor is there at that time", code=Refusal.SUPERVISION)
    if place.mode not in booked.modes:
        raise Refused(f"{place.mode.label} does not suit the patient", code=Refusal.MODE)
    missing = [] if place.mode.is_remote else unmet(booked.access_needs, place.access)
    if missing:
        labels = ", ".join(need.label.lower() for need in missing)
        raise Refused(f"The place cannot offer: {labels}", code=Refusal.ACCESS_NEED)
