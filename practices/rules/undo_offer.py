"""What a page offers to take back: for how long, and what to do once it is too late."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """Where the step is undone, until when; `instead` and `href` say what to do after that."""

    address: str
    until: datetime
    instead: str
    href: str
    link: str = "open the case"

    def seconds_left(self, now: datetime) -> int:
        """Whole seconds in which it can still be undone."""
        return max(0, int((self.until - now).total_seconds()))

    def packed(self) -> str:
        """As it is kept until the next page shows it."""
        kept = [self.address, self.until.isoformat(), self.instead, self.href, self.link]
        return json.dumps(kept)


def unpacked(text: str) -> UndoOffer | None:
    """The offer again; None where none was kept."""
    if not text:
        return None
    address, until, *words = json.loads(text)
    return UndoOffer(address, datetime.fromisoformat(until), *words)
