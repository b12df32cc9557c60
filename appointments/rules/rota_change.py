"""A session changes: who stays, who moves by a little, and who needs a new place.

Nobody is lost: every live booking is in exactly one of the answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from appointments.rules.slotting import Span

# A patient who is moved within the session is told, and need not be asked, within half an hour.
NEARBY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody's place of a slot; a double has one in two slots, and `began_at` in the second."""

    booking: int
    place: int
    state: str
    is_double: bool = False
    began_at: datetime | None = None

    @property
    def is_here(self) -> bool:
        """The patient is in the building."""
        return self.state == "arrived"


@dataclass(frozen=True, slots=True)
class OldSlot:
    """A slot as published, with the places that are taken."""

    id: int
    span: Span
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a session. Times name the slots, because new ones have no number yet."""

    kept: tuple[int, ...]
    withdrawn: tuple[int, ...]
    added: tuple[Span, ...]
    stays: tuple[int, ...] = ()
    moves: dict[int, Span] = field(default_factory=dict)
    displaced: tuple[int, ...] = ()


def plan_change(
    slots: Collection[OldSlot], spans: Iterable[Span], *, places: int, at: datetime
) -> Change:
    """Who stays, who moves where, who is displaced.

    A slot that has begun stays with whoever is in it, whatever the new hours. A double keeps both
    of its slots or none, and is never moved by this: people find it two together.
    """
    wanted = list(spans)
    kept = [slot for slot in slots if slot.span in wanted or _is_under_way(slot, at)]
    kept_spans = {slot.span for slot in kept}
    added = [span for span in wanted if span not in kept_spans and not _clashes(span, kept)]
    stays: dict[int, None] = {}
    homeless: list[tuple[OldSlot, Taken]] = []
    free: dict[Span, int] = dict.fromkeys(added, places)
    for slot in sorted(slots, key=lambda slot: (slot.span.starts_at, slot.id)):
        staying = _staying(slot, places, at) if slot in kept else []
        stays |= dict.fromkeys(who.booking for who in staying)
        free[slot.span] = places - len(staying) if slot in kept else free.get(slot.span, 0)
        homeless += [(slot, who) for who in slot.taken if who not in staying]
    torn = {who.booking for _, who in homeless if who.is_double}
    moves, displaced = _rehome([one for one in homeless if not one[1].is_double], free, at)
    return Change(
        kept=tuple(slot.id for slot in kept),
        withdrawn=tuple(slot.id for slot in slots if slot not in kept),
        added=tuple(added),
        stays=tuple(booking for booking in stays if booking not in torn),
        moves=moves,
        displaced=(*displaced, *sorted(torn)),
    )


def _is_under_way(slot: OldSlot, at: datetime) -> bool:
    return any((who.began_at or slot.span.starts_at) <= at for who in slot.taken)


def _clashes(span: Span, kept: Iterable[OldSlot]) -> bool:
    """A kept slot with people in it stands in the way of a new one at the same time."""
    return any(
        slot.span.starts_at < span.ends_at and span.starts_at < slot.span.ends_at for slot in kept
    )


def _staying(slot: OldSlot, places: int, at: datetime) -> list[Taken]:
    """Who keeps a place: everybody once the slot has begun, else as many as there are places.

    Whoever is in the building goes first, then whoever was booked into the lower place.
    """
    in_order = sorted(slot.taken, key=lambda who: (not who.is_here, who.place))
    return in_order if _is_under_way(slot, at) else in_order[:places]


def _rehome(
    homeless: Iterable[tuple[OldSlot, Taken]], free: dict[Span, int], at: datetime
) -> tuple[dict[int, Span], list[int]]:
    moves: dict[int, Span] = {}
    displaced: list[int] = []
    for slot, who in homeless:
        span = _nearest(slot.span, free, at) if who.state == "booked" else None
        if span is None:
            displaced.append(who.booking)
        else:
            moves[who.booking] = span
            free[span] -= 1
    return moves, displaced


def _nearest(old: Span, free: dict[Span, int], at: datetime) -> Span | None:
    """The closest free slot within half an hour; at equal distance the later one."""
    near = [
        span
        for span, places in free.items()
        if places > 0 and span.starts_at > at and abs(span.starts_at - old.starts_at) <= NEARBY
    ]
    return min(
        near,
        key=lambda span: (
            abs(span.starts_at - old.starts_at),
            span.starts_at < old.starts_at,
            span.starts_at,
        ),
        default=None,
    )
