"""What other numbers would change: two lists of the same places compared, without names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.rules.candidates import Candidate, CaseFacts, Where
from triage.rules.codes import OptionKind
from triage.rules.costs import costs_of, units_of
from triage.rules.outlook import Outlook
from triage.rules.routing import Option, Ranked, tier_of
from triage.rules.weights import NAMES, Weights

# Enough of a list to see what another number would have put first.
KEPT_LINES = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """One line of a list as it was: where, when, and how often each weight counted."""

    kind: OptionKind
    where: Where
    site: str
    starts_at: datetime | None
    tier: int
    units: Mapping[str, int]

    def as_kept(self) -> dict[str, object]:
        """The line as the decision keeps it; no names of people."""
        return {
            "kind": self.kind.value,
            "where": self.where.value,
            "site": self.site,
            "starts_at": self.starts_at.isoformat() if self.starts_at else None,
            "tier": self.tier,
            "units": dict(self.units),
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when, as an example may say it."""

    kind: OptionKind
    where: Where
    site: str
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class Turn:
    """The best place of a case is another one, and the weight that turned it."""

    before: Place
    after: Place
    because: str


def counted(
    case: CaseFacts, options: Sequence[Option], now: datetime, rest: Outlook
) -> tuple[Counted, ...]:
    """The best lines of the list, counted."""
    return tuple(
        Counted(
            kind=option.candidate.kind,
            where=option.candidate.where,
            site=option.candidate.site,
            starts_at=option.candidate.starts_at,
            tier=tier_of(case, option),
            units=dict(units_of(case, option.candidate, now, rest)),
        )
        for option in options[:KEPT_LINES]
    )


def read_kept(lines: Iterable[Mapping[str, object]]) -> tuple[Counted, ...]:
    """The lines a decision kept."""
    return tuple(_read(line) for line in lines)


def _read(line: Mapping[str, object]) -> Counted:
    units = line["units"]
    assert isinstance(units, dict)
    starts_at = line["starts_at"]
    return Counted(
        kind=OptionKind(str(line["kind"])),
        where=Where(str(line["where"])),
        site=str(line["site"]),
        starts_at=datetime.fromisoformat(str(starts_at)) if starts_at else None,
        tier=int(str(line["tier"])),
        units=units,
    )


def turn_of_kept(lines: Sequence[Counted], before: Weights, after: Weights) -> Turn | None:
    """What the other numbers would have put first of a decision's lines; None: the same."""
    if not lines:
        return None
    old, new = _best(lines, before), _best(lines, after)
    if old is new:
        return None
    because = _turned_by(
        [_priced(old, before), _priced(new, before)], [_priced(old, after), _priced(new, after)]
    )
    return Turn(_place(old), _place(new), because)


def turn_of(
    case: CaseFacts,
    now: datetime,
    before: tuple[Ranked, Weights, Outlook],
    after: tuple[Ranked, Weights, Outlook],
) -> Turn | None:
    """How the head of an open case's list changes; None where it stays."""
    if not before[0].options or not after[0].options:
        return None
    old, new = before[0].options[0], after[0].options[0]
    if old.candidate.key == new.candidate.key:
        return None
    again = {option.candidate.key: option for option in after[0].options}
    if old.candidate.key not in again:
        because = "kept_percent"
    elif again[old.candidate.key].waits_behind and not old.waits_behind:
        because = "another_day"
    else:
        pair = old.candidate, new.candidate
        because = _turned_by(
            [costs_of(case, one, now, before[1], before[2]) for one in pair],
            [costs_of(case, one, now, after[1], after[2]) for one in pair],
        )
    return Turn(_place(old.candidate), _place(new.candidate), because)


def _turned_by(before: list[dict[str, int]], after: list[dict[str, int]]) -> str:
    """The weight that counts most more against the old place than it did, beside the new."""

    def gain(name: str) -> int:
        old = before[0].get(name, 0) - before[1].get(name, 0)
        return after[0].get(name, 0) - after[1].get(name, 0) - old

    return max(NAMES, key=gain)


def _best(lines: Sequence[Counted], weights: Weights) -> Counted:
    return min(lines, key=lambda line: (line.tier, sum(_priced(line, weights).values())))


def _priced(line: Counted, weights: Weights) -> dict[str, int]:
    return {name: getattr(weights, name) * count for name, count in line.units.items()}


def _place(line: Counted | Candidate) -> Place:
    return Place(line.kind, line.where, line.site, line.starts_at)
