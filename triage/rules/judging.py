"""May a case go there? The one refusal that binds a place, for many places at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from triage.rules.candidates import Candidate, CaseFacts
from triage.rules.codes import OptionKind, Refusal
from triage.rules.possible import (
    BY_KIND,
    SERVICE_CHECKS,
    SLOT_CHECKS,
    Check,
    alike,
    has_share,
    in_order,
    kept,
    limit,
    passes_limit,
    past_due,
    share,
    started,
    too_late_from,
)

Binding = tuple[Refusal, Check]
KEPT: Binding = Refusal.EMBARGO, kept
NOT_ASKED: Binding = Refusal.STARTED, started


class Impossible(NamedTuple):
    """The one rule that binds, with a sentence that says what would have to be different."""

    candidate: Candidate
    binds: Binding
    case: CaseFacts
    now: datetime

    @property
    def code(self) -> Refusal:
        """What kind of refusal it is."""
        return self.binds[0]

    @property
    def text(self) -> str:
        """The rule's sentence; put into words only where somebody reads it."""
        said = self.binds[1](self.case, self.candidate, self.now)
        assert said
        return said[1]


def impossible(case: CaseFacts, candidate: Candidate, now: datetime) -> Impossible | None:
    """The binding refusal, or None where the case may go there."""
    no = binding(case, candidate, now)
    return Impossible(candidate, no, case, now) if no else None


def binding(case: CaseFacts, candidate: Candidate, now: datetime) -> Binding | None:
    """The first rule that says no: what `judge` must find, however it finds it."""
    checks = SLOT_CHECKS if candidate.kind is OptionKind.SLOT else SERVICE_CHECKS
    return _first(checks, case, candidate, now)


def judge(case: CaseFacts, now: datetime) -> Callable[[Candidate], Binding | None]:
    """`binding` for one case and many places, in its order.

    What a place shares with others of its kind is asked once for all of them; the rest is a
    comparison each. A place out of order is asked everything.
    """
    too_late = too_late_from(case, now)
    is_bound = not case.urgency.is_urgent
    found: dict[tuple[object, ...], Binding | None] = {}

    def judged(candidate: Candidate) -> Binding | None:
        if candidate.kind is not OptionKind.SLOT or not in_order(candidate):
            return binding(case, candidate, now)
        starts_at = candidate.starts_at
        if starts_at is not None and starts_at <= now:
            return Refusal.STARTED, started
        kind = alike(candidate)
        no = found.get(kind, NOT_ASKED)
        if no is NOT_ASKED:
            no = found[kind] = _first(BY_KIND, case, candidate, now)
        if no:
            return no
        if too_late is not None and starts_at is not None and starts_at >= too_late:
            return Refusal.PAST_DUE, past_due
        if is_bound and not has_share(candidate):
            return Refusal.SHARE, share
        return (Refusal.LIMIT, limit) if is_bound and passes_limit(candidate) else None

    return judged


def _first(
    checks: Iterable[Check], case: CaseFacts, candidate: Candidate, now: datetime
) -> Binding | None:
    for check in checks:
        said = check(case, candidate, now)
        if said:
            return said[0], check
    return None
