"""What a page offers to take back: for how long, and what to do once it is too late."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

USUAL_LINK = "open the case"


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """Where the step is undone, until when; `instead` and `href` say what to do after that."""

    address: str
    until: datetime
    instead: str
    href: str
    link: str = USUAL_LINK

    def seconds_left(self, now: datetime) -> int:
        """Whole seconds in which it can still be undone."""
        return max(0, int((self.until - now).total_seconds()))

    def packed(self) -> str:
        """As it is kept until the next page shows it: a worker of an older release may read it.

        It knows four values, so the link is kept only where it is not the usual one.
        """
        kept = [self.address, self.until.isoformat(), self.instead, self.href]
        return json.dumps(kept if self.link == USUAL_LINK else [*kept, self.link])


def unpacked(text: str) -> UndoOffer | None:
    """The offer again; None where none was kept."""
    if not text:
        return None
    address, until, *words = json.loads(text)
    return UndoOffer(address, datetime.fromisoformat(until), *words)
