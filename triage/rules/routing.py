"""Where? One ranked list for a case: what is possible with its reasons, what is not and why.

The published key: what is in time goes first, and the own practice before anybody else while it
has room; then the lowest cost by the network's weights; then start, site and key, so the same
facts always give the same list. P0-P3 are never blocked by a share, a limit or a place kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from appointments.rules.codes import OverflowReason
from triage.rules.because import ANOTHER_DAY, reasons_for
from triage.rules.candidates import Candidate, CaseFacts, Where
from triage.rules.codes import OptionKind, Refusal, Urgency
from triage.rules.costs import pricing
from triage.rules.judging import KEPT, Binding, Impossible, judge
from triage.rules.outlook import NOTHING_EXPECTED, Outlook, is_kept, is_today
from triage.rules.possible import is_late
from triage.rules.request import Reason
from triage.rules.weights import WEIGHTS, Weights

_TIERS: dict[OptionKind, int] = {
    OptionKind.PHARMACY: 2,
    OptionKind.COMMUNITY: 2,
    OptionKind.URGENT_TREATMENT: 2,
    OptionKind.CALLBACK: 4,
    OptionKind.DUTY: 5,
    OptionKind.WAITING_LIST: 7,
    OptionKind.EMERGENCY: 8,
}
_SLOT_TIER, _STANDS_BACK_TIER, _URGENT_DUTY_TIER, _LATE_TIER = 0, 1, 3, 6


class Option(NamedTuple):
    """A possible place; `overflow` is why it is not the own practice.

    An away slot without an overflow reason needs one from the person who books it; a place that
    waits behind is today's, and a planned case is offered another day before it. `beside` says
    whose appointment of the same call it is next to.
    """

    case: CaseFacts
    candidate: Candidate
    cost: int
    overflow: OverflowReason | None = None
    needs_overflow_reason: bool = False
    past_limit: bool = False
    is_late: bool = False
    waits_behind: bool = False
    beside: str = ""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why this place; put into words only where somebody reads it."""
        found = reasons_for(self.case, self.candidate, self.overflow)
        if self.waits_behind:
            found = (*found, ANOTHER_DAY)
        return (*found, Reason("beside", self.beside)) if self.beside else found


@dataclass(frozen=True, slots=True)
class Ranked:
    """The whole answer: best first, and everything impossible under the one rule that binds."""

    options: tuple[Option, ...]
    bound: Mapping[Binding, Sequence[Candidate]]
    case: CaseFacts
    now: datetime

    @property
    def refused(self) -> tuple[Impossible, ...]:
        """Everything impossible with its one reason; listed only where somebody reads it."""
        found = [
            Impossible(one, binding, self.case, self.now)
            for binding, places in self.bound.items()
            for one in places
        ]
        return tuple(sorted(found, key=_place_of))


def standing_candidates(case: CaseFacts) -> tuple[Candidate, ...]:
    """What is always there, so that no case is ever left without an owner."""
    found = [Candidate("callback", OptionKind.CALLBACK)]
    if case.urgency is Urgency.P0:
        found.append(Candidate("emergency", OptionKind.EMERGENCY))
    if case.urgency.is_same_day:
        found.append(Candidate("duty", OptionKind.DUTY))
    else:
        found.append(Candidate("waiting_list", OptionKind.WAITING_LIST))
    return tuple(found)


def rank(
    case: CaseFacts,
    candidates: Iterable[Candidate],
    now: datetime,
    weights: Weights = WEIGHTS,
    rest: Outlook = NOTHING_EXPECTED,
) -> Ranked:
    """Every candidate once: as an option with reasons, or as impossible with exactly one."""
    possible: list[Candidate] = []
    bound: defaultdict[Binding, list[Candidate]] = defaultdict(list)
    keeps = rest.keeps(case.urgency, weights)
    judged = judge(case, now)
    for candidate in candidates:
        no = judged(candidate)
        if no is None and keeps and is_kept(candidate, now):
            no = KEPT
        (bound[no] if no else possible).append(candidate)
    overflow = _overflow_of(case, possible, bound)
    cost_of = pricing(case, now, weights, rest)
    options = [_option(case, one, overflow, cost_of(one)) for one in possible]
    if case.urgency is Urgency.P6 and weights.another_day:
        options = _another_day_first(options, now, weights)
    options.sort(key=lambda option: _order(case, option))
    return Ranked(tuple(options), bound, case, now)


def _overflow_of(
    case: CaseFacts, possible: list[Candidate], bound: Mapping[Binding, Sequence[Candidate]]
) -> OverflowReason | None:
    """Why somebody else sees the patient; None while the registered practice could in time."""
    in_room = [
        one
        for one in possible
        if one.where is Where.OWN and one.kind is OptionKind.SLOT and not one.is_over_limit
    ]
    if any(not is_late(case, one) for one in in_room):
        return None
    if in_room:
        return OverflowReason.SOONER_NEEDED
    codes = {
        code for (code, _), places in bound.items() if any(one.where is Where.OWN for one in places)
    }
    is_out_of_scope = bool(codes) and codes <= {Refusal.SCOPE, Refusal.AGE}
    return OverflowReason.SCOPE if is_out_of_scope else OverflowReason.OWN_FULL


def _option(
    case: CaseFacts, candidate: Candidate, overflow: OverflowReason | None, cost: int
) -> Option:
    is_away_slot = candidate.where is not Where.OWN and candidate.kind is OptionKind.SLOT
    return Option(
        case,
        candidate,
        cost,
        overflow if is_away_slot else None,
        needs_overflow_reason=is_away_slot and overflow is None,
        past_limit=case.urgency.is_urgent and candidate.is_over_limit,
        is_late=is_late(case, candidate),
    )


def _another_day_first(options: list[Option], now: datetime, weights: Weights) -> list[Option]:
    """Where even the best place of today costs more than the threshold, later days go first."""
    today = [option.cost for option in options if is_today(option.candidate, now)]
    if not today or min(today) <= weights.another_day:
        return options
    return [
        option._replace(waits_behind=True) if is_today(option.candidate, now) else option
        for option in options
    ]


def _order(case: CaseFacts, option: Option) -> tuple[int, int, datetime, str, str]:
    candidate = option.candidate
    starts_at = candidate.starts_at or case.due_at
    return (tier_of(case, option), option.cost, starts_at, candidate.site, candidate.key)


def tier_of(case: CaseFacts, option: Option) -> int:
    """What no cost outweighs: lines of a lower tier stand first."""
    kind = option.candidate.kind
    if kind is OptionKind.SLOT:
        if option.is_late:
            return _LATE_TIER
        stands_back = option.needs_overflow_reason or option.waits_behind
        return _STANDS_BACK_TIER if stands_back else _SLOT_TIER
    if case.urgency is Urgency.P0 and kind in {OptionKind.EMERGENCY, OptionKind.DUTY}:
        return -2 if kind is OptionKind.EMERGENCY else -1
    if case.urgency.is_urgent and kind is OptionKind.DUTY:
        return _URGENT_DUTY_TIER
    return _TIERS[kind]


def _place_of(no: Impossible) -> tuple[datetime, str, str]:
    candidate = no.candidate
    return candidate.starts_at or no.now, candidate.site, candidate.key
