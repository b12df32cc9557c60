"""The safe working limit of a person on a day: which layer says it, and how strictly it binds.

A limit is a dated row; points are whole tenths. The most specific layer wins, within a layer the
lower number. One limit per person and London day, over all the places they work.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from practices.rules.code import Code
from practices.rules.refusals import BadInput

# 25 contacts a day is the safe number of the BMA and UEMO (domain section 1).
DEFAULT_LIMIT = 250
DEFAULT_BASIS = "Safe working default"
FEWEST, MOST = 1, 60
LIMIT_WORDS = f"Limit must be a whole number from {FEWEST} to {MOST}"
TENTHS = 10
_INPUT = re.compile(r"[0-9]{1,3}")


class Layer(Code):
    """Who set a limit, from the general to the specific."""

    SYSTEM = "system", "System default"
    NETWORK = "network", "Network"
    PRACTICE = "practice", "Practice"
    PERSON = "person", "Person"

    @property
    def rank(self) -> int:
        """Higher is more specific."""
        return list(Layer).index(self)


class Cause(Code):
    """What kind of limit it is: why this number and no other."""

    AGREED = "agreed", "Agreed limit"
    PHASED_RETURN = "phased_return", "Phased return to work"
    LOCUM_CAP = "locum_cap", "Locum’s agreed cap"
    TRAINING = "training", "Stage of training"

    @property
    def is_a_promise(self) -> bool:
        """Whether it was agreed with the person, and so binds whatever the practice's mode."""
        return self is Cause.LOCUM_CAP


class LimitMode(Code):
    """How a practice lets the limit bind; it switches the mode itself."""

    SHADOW = "shadow", "Shown only"
    WARN = "warn", "Warn"
    ENFORCE = "enforce", "Enforce"


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit somebody set, in force from a day up to (not including) another."""

    layer: Layer
    points: int
    from_on: date
    until_on: date | None = None
    basis: str = ""
    set_by: str = ""
    cause: Cause = Cause.AGREED
    reason: str = ""

    def is_in_force(self, day: date) -> bool:
        """Whether the row counts on the day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True, slots=True)
class Effective:
    """The limit of a day, and where it comes from."""

    points: int
    layer: Layer
    basis: str
    set_by: str
    from_on: date | None
    until_on: date | None = None
    cause: Cause = Cause.AGREED
    reason: str = ""


def effective(
    rows: Iterable[LimitRow],
    on: date,
    *,
    default: int = DEFAULT_LIMIT,
    default_basis: str = DEFAULT_BASIS,
) -> Effective:
    """The limit in force on the day, with the layer it came from."""
    in_force = [row for row in rows if row.is_in_force(on)]
    if not in_force:
        return Effective(default, Layer.SYSTEM, default_basis, "", None)
    chosen = min(
        in_force, key=lambda row: (-row.layer.rank, row.points, row.from_on, row.basis, row.set_by)
    )
    return Effective(
        points=chosen.points,
        layer=chosen.layer,
        basis=chosen.basis,
        set_by=chosen.set_by,
        from_on=chosen.from_on,
        until_on=chosen.until_on,
        cause=chosen.cause,
        reason=chosen.reason,
    )


def mode_of(found: Effective, practice_mode: LimitMode) -> LimitMode:
    """How strictly the limit binds: as the practice says, but an agreed cap always."""
    return LimitMode.ENFORCE if found.cause.is_a_promise else practice_mode


def parse_limit(text: str, *, field: str = "limit") -> int:
    """The limit typed as whole points, in tenths; anything but 1 to 60 is refused."""
    typed = unicodedata.normalize("NFKC", text).strip()
    if not _INPUT.fullmatch(typed) or not FEWEST <= int(typed) <= MOST:
        raise BadInput(LIMIT_WORDS, field=field)
    return int(typed) * TENTHS


def check_may_set(current: int, proposed: int, *, own: bool, for_practice: bool) -> None:
    """A person may lower their own limit; raising it is for the practice."""
    if for_practice or (own and proposed <= current):
        return
    words = (
        "You may lower your own limit. Raising it needs the practice."
        if own
        else "Only the practice sets somebody else's limit."
    )
    raise BadInput(words, field="limit")


def may_set(current: int, proposed: int, *, own: bool, for_practice: bool) -> bool:
    """Whether the limit may be set so."""
    try:
        check_may_set(current, proposed, own=own, for_practice=for_practice)
    except BadInput:
        return False
    return True
