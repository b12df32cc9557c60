"""Who calls for whom, by what right, and how the patient may be reached safely."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from practices.rules.ages import GROWN_UP
from practices.rules.code import Code
from practices.rules.person_names import age_on
from practices.rules.refusals import Refused
from triage.rules.codes import Channel, OptionKind, Urgency

# Young people under 16 may ask alone, and in confidence (domain section 4, patient charter).
MAY_BE_ALONE_UNDER = 16
LONGEST_CALLER = 80
LONGEST_HEARD = 200
# Somebody speaks with us while they ask; later their request is picked up without them.
SPOKEN = frozenset({Channel.PHONE, Channel.DESK})
LONGEST_CALL = timedelta(minutes=20)
# Ways that are nothing but a call. The duty clinician is told at once, number or not.
CALLS = frozenset({OptionKind.CALLBACK, OptionKind.COMMUNITY})


class Identity(Code):
    """How sure we are who the patient is."""

    CHECKED = "checked", "Name, date of birth and address checked"
    STATED = "stated", "Name and date of birth said"
    UNKNOWN = "unknown", "Not known who it is"


class Relation(Code):
    """Who speaks for the patient."""

    PARENT = "parent", "Parent"
    CARER = "carer", "Carer"
    RELATIVE = "relative", "Partner or relative"
    FRIEND = "friend", "Friend or neighbour"
    STAFF = "staff", "Care home, school or other staff"


class Authority(Code):
    """By what right somebody speaks for the patient."""

    PARENTAL = "parental", "Parental responsibility"
    CONSENT = "consent", "The patient agrees"
    ATTORNEY = "attorney", "Lasting power of attorney"
    DEPUTY = "deputy", "Deputy named by the court"
    NONE = "none", "None shown: listen, tell nothing"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who speaks for the patient, and the day their right to was seen or said."""

    name: str
    relation: Relation
    authority: Authority
    authority_on: date

    @property
    def words(self) -> str:
        """Who it was, for whoever reads the case."""
        return f"{self.name} ({self.relation.label.lower()})"

    @property
    def has_right(self) -> bool:
        """Whether they may be told anything, and may say how the patient is reached."""
        return self.authority is not Authority.NONE


@dataclass(frozen=True, slots=True)
class Reaching:
    """How the patient may be reached. `asks_alone` is None where nobody said who calls.

    `heard_phone` is a number that nobody can ring, as it was typed while help was called for.
    """

    identity: Identity = Identity.STATED
    safe_to_call: bool = True
    voicemail_allowed: bool = False
    temporary_phone: bool = False
    asks_alone: bool | None = None
    heard_phone: str = ""


def usual_right(relation: Relation, *, is_young: bool) -> Authority:
    """By what right somebody speaks where nobody said; from 16 on the patient says it."""
    is_parent = relation is Relation.PARENT and is_young
    return Authority.PARENTAL if is_parent else Authority.NONE


def rung_on(phone: str, *, safe_to_call: bool) -> str:
    """The number that may be rung; empty where there is none, or it is not safe."""
    return phone if safe_to_call else ""


def check_can_be_rung(phone: str, *, safe_to_call: bool) -> None:
    """Nobody is promised a call that nobody can make, or a refusal says what is needed first."""
    if not rung_on(phone, safe_to_call=safe_to_call):
        raise Refused(
            "Enter a phone number first: nobody can ring this patient",
            code="no_number",
            field="phone",
        )


def check_caller(caller: Caller | None, born_on: date, *, today: date) -> None:
    """A named caller has a name, and a right that there is and was not seen in the future."""
    if caller is None:
        return
    if caller.authority is Authority.PARENTAL and age_on(born_on, today) >= GROWN_UP:
        raise Refused(
            "Parental responsibility ends at 18. Ask the patient, and choose their right again",
            code="bad_request",
            field="caller_authority",
        )
    if not any(letter.isalnum() for letter in caller.name):
        raise Refused("Enter the name of the caller", code="required", field="caller_name")
    if caller.authority_on > today:
        raise Refused(
            "The day the authority was seen must be today or in the past",
            code="bad_request",
            field="authority_on",
        )


def in_emergency(caller: Caller | None, born_on: date, *, today: date) -> Caller | None:
    """Who speaks for the patient while help is called for: what cannot be true holds up nothing.

    Whoever has no name is nobody; a right that there is not, or not yet, is none shown.
    """
    if caller is None or not any(letter.isalnum() for letter in caller.name):
        return None
    try:
        check_caller(caller, born_on, today=today)
    except Refused:
        return replace(caller, authority=Authority.NONE, authority_on=today)
    return caller


def is_confidential(age: int, reaching: Reaching) -> bool:
    """Whether nobody at home may learn of it: a young person asks alone."""
    return reaching.asks_alone is True and age < MAY_BE_ALONE_UNDER


def is_same_call(channel: Channel, *, taken_by_me: bool, taken_at: datetime, at: datetime) -> bool:
    """Whether whoever took the call still speaks with them: what is said now is heard."""
    return channel in SPOKEN and taken_by_me and at - taken_at <= LONGEST_CALL


def identity_stops(identity: Identity, urgency: Urgency) -> bool:
    """Whether somebody is booked only once we know who it is: P0-P3 never wait for that."""
    return identity is Identity.UNKNOWN and not urgency.is_urgent


def surest(one: Identity, other: Identity) -> Identity:
    """What two calls together know of who the patient is."""
    order = list(Identity)
    return min(one, other, key=order.index)
