"""Whether a receptionist may book before a clinician has signed: only under a protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from practices.rules.person_names import age_on
from triage.rules.callers import identity_stops
from triage.rules.codes import ClassStatus, Need, Sex, Urgency
from triage.rules.need_defaults import PROTOCOLS, Protocol, starting_class
from triage.rules.red_flags import USUAL, Card, scan
from triage.rules.request import Request


@dataclass(frozen=True, slots=True)
class Bookable:
    """Whether a booking may be made now, and why (not)."""

    now: bool
    reason: str


def bookable_now(
    request: Request,
    urgency: Urgency,
    *,
    on: date,
    status: ClassStatus = ClassStatus.PROVISIONAL,
    protocols: Mapping[Need, Protocol] = PROTOCOLS,
    card: Card = USUAL,
) -> Bookable:
    """Whether a receptionist may book the case as it stands, with the reason."""
    if status is ClassStatus.SIGNED:
        return Bookable(now=True, reason="A clinician has signed the class")
    protocol = protocols.get(request.need)
    if protocol is None:
        words = f"{request.need.label} waits for a clinician: it has no protocol"
        return Bookable(now=False, reason=words)
    stopped = _sign_against(request, urgency, card) or _outside(protocol, request, on)
    if stopped:
        return Bookable(now=False, reason=stopped)
    return Bookable(now=True, reason=f"Protocol for {protocol.for_whom()}")


def _sign_against(request: Request, urgency: Urgency, card: Card) -> str:
    if identity_stops(request.identity, urgency):
        return "Check who the patient is first"
    if request.flags:
        return "A red flag was ticked"
    if scan(request.words, card):
        return "A clinician reads the patient's words first"
    if not request.flags_asked:
        return "Ask the red-flag questions first"
    if urgency.rank < starting_class(request.need).rank:
        return "The class was raised: a clinician looks first"
    return ""


def _outside(protocol: Protocol, request: Request, day: date) -> str:
    limits = f"The protocol is for {protocol.for_whom()}"
    if request.born_on is None or request.born_estimated:
        return f"{limits}. The date of birth is not recorded"
    if not protocol.min_age <= age_on(request.born_on, day) <= protocol.max_age:
        return limits
    if protocol.sex and request.sex is Sex.UNKNOWN:
        return f"{limits}. The sex is not recorded"
    if protocol.sex and request.sex is not protocol.sex:
        return limits
    return ""
