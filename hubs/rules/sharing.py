"""Fair shares of a hub's day: what each practice may use, borrow, and what is kept for later.

Entitlement follows weighted lists, with a floor so that a small practice is never left with
nothing. What is unused is released to all at 11am and 2pm; 15 % stays for late urgent cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from hubs.rules.needs import Urgency
from practices.rules.london import LONDON, instant

RESERVE_PERCENT = 15
# Before 11am a practice has its own share only; then half of the unused, then all of it.
RELEASES: tuple[tuple[time, int], ...] = ((time(11), 50), (time(14), 100))
# The late-urgent reserve itself opens to everybody for the last stretch of the day.
RESERVE_OPENS = time(16)
FLOOR = 1


@dataclass(frozen=True, slots=True)
class ShareState:
    """One hub's day in places; `urgent_borrowed` are the places urgent cases took past shares."""

    places: int
    entitled: Mapping[int, int]
    used: Mapping[int, int]
    urgent_borrowed: int = 0

    @property
    def free(self) -> int:
        """Places nobody has used yet."""
        return max(0, self.places - sum(self.used.values()))

    @property
    def lent(self) -> int:
        """Places of P4-P6 that practices took past their own share."""
        over = (used - self.entitled.get(practice, 0) for practice, used in self.used.items())
        return max(0, sum(max(0, extra) for extra in over) - self.urgent_borrowed)

    def reserve_left(self, at: datetime) -> int:
        """What is still kept for late urgent cases; nothing from 4pm on."""
        if at.astimezone(LONDON).time() >= RESERVE_OPENS:
            return 0
        return max(0, reserve_of(self.places) - self.urgent_borrowed)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a place may be used, whether it is borrowed, and what was left before."""

    granted: bool
    borrowed: bool
    own_left: int
    reason: str


def reserve_of(places: int) -> int:
    """Places kept for late urgent cases: 15 %, rounded up."""
    return -(-places * RESERVE_PERCENT // 100)


def entitlements(places: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Each practice's places of the day: by weight, largest remainder, at least the floor.

    The reserve is set aside first. Never more in sum than there are places to share out.
    """
    to_share = max(0, places - reserve_of(places))
    practices = sorted(weights)
    total = sum(weights.values())
    if not practices or total <= 0:
        return dict.fromkeys(practices, 0)
    floor = FLOOR if to_share >= FLOOR * len(practices) else 0
    rest = to_share - floor * len(practices)
    shares = {practice: floor + rest * weights[practice] // total for practice in practices}
    by_remainder = sorted(practices, key=lambda p: (-(rest * weights[p] % total), p))
    for practice in by_remainder[: to_share - sum(shares.values())]:
        shares[practice] += 1
    return shares


def released_percent(at: datetime) -> int:
    """How much of the others' unused share is open to all at this time of day."""
    wall = at.astimezone(LONDON).time()
    return max((percent for opens, percent in RELEASES if wall >= opens), default=0)


def own_left(state: ShareState, practice: int) -> int:
    """Places of the practice's own share still to use."""
    return max(0, state.entitled.get(practice, 0) - state.used.get(practice, 0))


def share_left(share: int, used: int, *, free: int) -> int:
    """What of an agreed share can still be booked: no more than the house has left."""
    return max(0, min(share - used, free))


def may_use(
    state: ShareState, practice: int, urgency: Urgency, at: datetime, *, places: int = 1
) -> Answer:
    """Whether the practice may take so many places now; P0-P3 always may, by borrowing.

    What of them its own share cannot give is borrowed.
    """
    left = own_left(state, practice)
    if urgency.is_urgent:
        is_own = left >= places
        words = f"{left} of own share left" if is_own else "Borrowed: urgent never waits"
        return Answer(granted=True, borrowed=not is_own, own_left=left, reason=words)
    if state.free - places < state.reserve_left(at):
        words = "The rest of the day is kept for urgent cases"
        return Answer(granted=False, borrowed=False, own_left=left, reason=words)
    if left >= places:
        words = f"{left} of own share left"
        return Answer(granted=True, borrowed=False, own_left=left, reason=words)
    used_up = {**state.used, practice: state.used.get(practice, 0) + left}
    if _released(replace(state, used=used_up), at) >= places - left:
        words = "Borrowed: unused by others"
        return Answer(granted=True, borrowed=True, own_left=left, reason=words)
    words = "The practice's share of the day is used"
    return Answer(granted=False, borrowed=False, own_left=left, reason=words)


def next_release(day: date, at: datetime) -> datetime | None:
    """When unused places are next released, or None after the last release."""
    releases = (instant(day, opens) for opens, _ in RELEASES)
    return next((release for release in releases if release > at), None)


def _released(state: ShareState, at: datetime) -> int:
    """Unused places of others that may still be borrowed at this time."""
    unused = sum(own_left(state, practice) for practice in state.entitled)
    # From 4pm the reserve is anybody's; what was already lent comes off first.
    opened = reserve_of(state.places) if at.astimezone(LONDON).time() >= RESERVE_OPENS else 0
    return unused * released_percent(at) // 100 + opened - state.lent
