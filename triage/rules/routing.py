"""Where? One ranked list for a case: what is possible with its reasons, what is not and why.

The published key: what is in time goes first, and the own practice before anybody else while it
has room; then the lowest cost by the network's weights; then start, site and key, so the same
facts always give the same list. P0-P3 are never blocked by a share, a limit or a place kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from appointments.rules.codes import OverflowReason
from triage.rules.because import ANOTHER_DAY, reasons_for
from triage.rules.candidates import Candidate, CaseFacts, Where
from triage.rules.codes import OptionKind, Refusal, Urgency
from triage.rules.costs import cost_of
from triage.rules.outlook import NOTHING_EXPECTED, Outlook, is_kept, is_today
from triage.rules.possible import Impossible, is_late, judge, kept_for_urgent
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


@dataclass(frozen=True, slots=True)
class Option:
    """A possible place; `overflow` is why it is not the own practice.

    An away slot without an overflow reason needs one from the person who books it; a place that
    waits behind is today's, and a planned case is offered another day before it. `beside` says
    whose appointment of the same call it is next to.
    """

    case: CaseFacts = field(repr=False)
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
    """The whole answer: best first, and everything impossible with its one reason."""

    options: tuple[Option, ...]
    refused: tuple[Impossible, ...]


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
    refused: list[Impossible] = []
    keeps = rest.keeps(case.urgency, weights)
    judged = judge(case, now)
    for candidate in candidates:
        no = judged(candidate)
        if no is None and keeps and is_kept(candidate, now):
            no = kept_for_urgent(candidate)
        if no:
            refused.append(no)
        else:
            possible.append(candidate)
    own = _OwnPractice.of(case, possible, refused)
    options = [_option(case, one, own, now, weights, rest) for one in possible]
    if case.urgency is Urgency.P6 and weights.another_day:
        options = _another_day_first(options, now, weights)
    options.sort(key=lambda option: _order(case, option))
    refused.sort(key=lambda no: (_starts(no.candidate, now), no.candidate.site, no.candidate.key))
    return Ranked(tuple(options), tuple(refused))


@dataclass(frozen=True, slots=True)
class _OwnPractice:
    """What the registered practice itself could do today: decides why a hub is overflow."""

    has_slot: bool
    in_time: bool
    only_scope: bool

    @classmethod
    def of(
        cls, case: CaseFacts, possible: list[Candidate], refused: list[Impossible]
    ) -> _OwnPractice:
        mine = [c for c in possible if c.kind is OptionKind.SLOT and c.where is Where.OWN]
        in_room = [c for c in mine if not c.is_over_limit]
        codes = {no.code for no in refused if no.candidate.where is Where.OWN}
        return cls(
            has_slot=bool(in_room),
            in_time=any(not is_late(case, c) for c in in_room),
            only_scope=bool(codes) and codes <= {Refusal.SCOPE, Refusal.AGE},
        )

    def overflow_reason(self) -> OverflowReason | None:
        """Why somebody else sees the patient; None while the practice could."""
        if self.in_time:
            return None
        if self.has_slot:
            return OverflowReason.SOONER_NEEDED
        return OverflowReason.SCOPE if self.only_scope else OverflowReason.OWN_FULL


def _option(
    case: CaseFacts,
    candidate: Candidate,
    own: _OwnPractice,
    now: datetime,
    weights: Weights,
    rest: Outlook,
) -> Option:
    away_slot = candidate.kind is OptionKind.SLOT and candidate.is_away
    overflow = own.overflow_reason() if away_slot else None
    needs_reason = away_slot and overflow is None
    return Option(
        case=case,
        candidate=candidate,
        cost=cost_of(case, candidate, now, weights, rest),
        overflow=overflow,
        needs_overflow_reason=needs_reason,
        past_limit=candidate.is_over_limit and case.urgency.is_urgent,
        is_late=is_late(case, candidate),
    )


def _another_day_first(options: list[Option], now: datetime, weights: Weights) -> list[Option]:
    """Where even the best place of today costs more than the threshold, later days go first."""
    today = [option.cost for option in options if is_today(option.candidate, now)]
    if not today or min(today) <= weights.another_day:
        return options
    return [
        replace(option, waits_behind=True) if is_today(option.candidate, now) else option
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


def _starts(candidate: Candidate, now: datetime) -> datetime:
    return candidate.starts_at or now
