"""How soon: the provisional class of a new case and why.

Everything here only raises. A class is lowered by a clinician with a reason, nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from appointments.rules.codes import ContactKind
from appointments.rules.safe_working import points_for
from hubs.rules.needs import most_urgent
from hubs.rules.opening import Hours
from practices.rules.london import day_of
from practices.rules.refusals import Refused
from triage.rules import critical_medicines, red_flags
from triage.rules.bookable import Bookable, bookable_now
from triage.rules.codes import ClassStatus, Need, Urgency
from triage.rules.due import due_for, must_decide
from triage.rules.lanes import Lane
from triage.rules.need_defaults import (
    NEED_DEFAULTS,
    PROTOCOLS,
    Protocol,
    disposition_of,
    starting_class,
)
from triage.rules.red_flags import USUAL, Card
from triage.rules.request import Reason, Request
from triage.rules.states import State

# Until somebody has read flagged words the case stands at P1.
SCAN_FLOOR = Urgency.P1
CODE_UNKNOWN_FLOOR = Urgency.P4
BABY_DAYS = 91
# An emergency is a red flag, with its own words to say: it has its own way.
BY_EAR = (Urgency.P1, Urgency.P2, Urgency.P3)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The provisional class of a request and what follows from it."""

    urgency: Urgency
    due_at: datetime
    why: tuple[Reason, ...]
    kind: ContactKind
    points: int
    bookable: Bookable
    has_words_to_read: bool
    must_decide: bool
    status: ClassStatus = ClassStatus.PROVISIONAL


def raise_only(current: Urgency, proposed: Urgency) -> Urgency:
    """The more urgent of the two: what anyone but a clinician may make of a class."""
    return most_urgent(current, proposed)


def check_may_change_class(
    current: Urgency, proposed: Urgency, *, by_clinician: bool, reason: str
) -> None:
    """Anyone raises; only a clinician lowers; either way the reason is written down."""
    if proposed.rank > current.rank and not by_clinician:
        raise Refused(
            f"Only a clinician can lower a class. This case is {current}.",
            code="not_clinician",
            field="urgency",
        )
    if proposed is not current and not any(letter.isalnum() for letter in reason):
        raise Refused("Enter why the priority changed", code="required", field="reason")


def higher_by_ear(urgency: Urgency) -> tuple[Urgency, ...]:
    """What somebody at the desk may make of a class for what they hear; P0 is a red flag."""
    return tuple(one for one in BY_EAR if one.rank < urgency.rank)


def may_be_raised(state: State, lane: Lane, urgency: Urgency) -> bool:
    """Whether the desk can ask for a request to be read sooner: nobody has seen them yet."""
    waits = state in {State.WAITING, State.CLAIMED, State.BOOKED, State.HANDED_BACK}
    return waits and lane is Lane.HUB and bool(higher_by_ear(urgency))


def may_change_class(current: Urgency, proposed: Urgency, *, by_clinician: bool) -> bool:
    """Whether the button to this class is there: the rule, given a reason."""
    try:
        check_may_change_class(current, proposed, by_clinician=by_clinician, reason="given")
    except Refused:
        return False
    return True


def assess(
    request: Request,
    *,
    at: datetime,
    core: Hours,
    hub: Hours,
    protocols: Mapping[Need, Protocol] = PROTOCOLS,
    card: Card = USUAL,
) -> Assessment:
    """The provisional class, due time and reasons of a request that arrived at `at`."""
    at = at.astimezone(UTC)
    hits = red_flags.scan(request.words, card)
    claims = sorted(_claims(request, hits, card, day_of(at)), key=lambda claim: claim.urgency.rank)
    urgency = claims[0].urgency
    # Each claim has its own due time and the earliest binds: a raise never makes a case later.
    dues = [due_for(claim.urgency, at, core=core, hub=hub) for claim in claims]
    disposition = disposition_of(request.external_code)
    if disposition and disposition.minutes is not None:
        dues.append(at + timedelta(minutes=disposition.minutes))
    due_at = min(dues)
    usual = NEED_DEFAULTS[request.need].kind
    return Assessment(
        urgency=urgency,
        due_at=due_at,
        why=tuple(claim.reason for claim in claims),
        kind=usual,
        points=points_for(usual, request.access_needs),
        bookable=bookable_now(request, urgency, on=day_of(at), protocols=protocols, card=card),
        has_words_to_read=bool(hits),
        must_decide=must_decide(urgency, at, due_at, core=core, hub=hub),
    )


@dataclass(frozen=True, slots=True)
class _Claim:
    urgency: Urgency
    reason: Reason


def _claims(
    request: Request, hits: tuple[red_flags.Hit, ...], card: Card, day: date
) -> list[_Claim]:
    """Everything that speaks for a class; the most urgent one wins."""
    claims = [_from_need(request.need)]
    claims += [
        _Claim(flag.urgency, Reason("red_flag", f"Red flag: {flag.question}"))
        for flag in red_flags.flags_of(request.flags, card)
    ]
    claims += [
        _Claim(SCAN_FLOOR, Reason("words", f'Read within five minutes: "{hit.words}"'))
        for hit in hits
    ]
    claims += [
        _Claim(critical_medicines.CLASS, Reason("medicine", f"Nobody may run out of {name}"))
        for name in critical_medicines.named_in(red_flags.fold(request.words))
    ]
    if _is_baby_with_fever(request, day):
        claims.append(_Claim(Urgency.P0, Reason("baby", "Fever under 3 months old")))
    if request.external_code:
        claims.append(_from_code(request.external_code))
    if request.raised_to:
        claims.append(_Claim(request.raised_to, Reason("raised", "Raised by the receptionist")))
    return claims


def _from_need(need: Need) -> _Claim:
    urgency = starting_class(need)
    return _Claim(urgency, Reason("need", f"{need.label}: {urgency.label.lower()}, as a start"))


def _from_code(external_code: str) -> _Claim:
    disposition = disposition_of(external_code)
    if disposition is None:
        words = f"Code {external_code} is not known: a clinician should read it"
        return _Claim(CODE_UNKNOWN_FLOOR, Reason("external_code", words))
    words = f"NHS 111 said: {disposition.words}"
    return _Claim(disposition.urgency, Reason("external_code", words))


def _is_baby_with_fever(request: Request, day: date) -> bool:
    if request.need is not Need.FEVER_CHILD or request.born_on is None:
        return False
    return (day - request.born_on).days < BABY_DAYS


def after_repeat(urgency: Urgency, due_at: datetime, again: Assessment) -> tuple[Urgency, datetime]:
    """What an open case becomes when the patient calls again: higher class, earlier due."""
    return most_urgent(urgency, again.urgency), min(due_at, again.due_at)
