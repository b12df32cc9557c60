"""What was done a moment ago, to be taken back."""

from dataclasses import dataclass
from datetime import datetime

from practices.rules.undo_offer import unpacked


@dataclass(frozen=True, slots=True)
class Undo:
    """An offer as the page draws it; no seconds left: it is too late."""

    address: str
    seconds: int
    instead: str
    href: str
    link: str


def undo_offer(*, packed: str, now: datetime) -> Undo | None:
    """What stands beside the words of what was done; None where nothing can be undone."""
    offer = unpacked(packed)
    if offer is None:
        return None
    seconds = offer.seconds_left(now)
    return Undo(offer.address, seconds, offer.instead, offer.href, offer.link)
