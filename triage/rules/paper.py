"""Working on paper: when a pack is made, how old it may be, and which times are believed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from hubs.rules.opening import Hours
from practices.rules.code import Code
from practices.rules.london import clock_words, day_of, day_words
from practices.rules.refusals import BadInput, Refused
from practices.rules.roles import Role
from triage.rules.states import Step

EVERY = timedelta(minutes=15)
# Whoever opens the house at eight finds a pack of before eight.
BEFORE_OPENING = timedelta(hours=1)
# One round may be late; two missed, and somebody has to know.
STALE_AFTER = timedelta(minutes=20)
KEPT = 4
# Longer ago is not an outage's paper but a record that needs a clinician's own account.
OUTAGE = timedelta(hours=48)
# What is typed within the minute it happened is no lie of a clock.
SLACK = timedelta(minutes=1)
SHEET_LETTERS = 6
_NUMBER = re.compile(r"[A-Z0-9]{3,12}(/[0-9]{1,2})?[A-Z]?")

# What somebody did after a sheet's outcome, and that outcome could not know of.
CAME_LATER: frozenset[Step] = frozenset(
    {
        Step.REPEAT_CONTACT,
        Step.REOPEN,
        Step.RAISE_CLASS,
        Step.ATTEMPT,
        Step.BOOK,
        Step.MOVE_BOOKING,
        Step.UNBOOK,
        Step.KEEP_BOOKING,
        Step.RETURN_REFUSED,
    }
)

PRACTICE_HAS = frozenset({Role.PRACTICE_MANAGER, Role.RECEPTIONIST})
HUB_HAS = frozenset({Role.SUPERVISOR, Role.MANAGER})


class SheetKind(Code):
    """What was written on paper."""

    REQUEST = "request", "Request"
    BOOKING = "booking", "Appointment"
    OUTCOME = "outcome", "Outcome"
    CONTACT = "contact", "Contact"


class Settled(Code):
    """What became of a line of a sheet."""

    ENTERED = "entered", "Entered as written"
    ADDED = "added", "Added to the case that was there"
    ELSEWHERE = "elsewhere", "Entered at another time"
    KEPT = "kept", "What Headroom had was kept"


def window_of(at: datetime) -> datetime:
    """The quarter of an hour an instant is in: each has one pack."""
    return at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)


def is_wanted(hours: Hours, at: datetime) -> bool:
    """Whether the house is open, or opens within the hour."""
    return hours.is_open(at) or hours.is_open(at + BEFORE_OPENING)


def is_stale(as_of: datetime, *, now: datetime) -> bool:
    """Whether the pack is older than it should ever be."""
    return now - as_of > STALE_AFTER


def may_have_pack(role: Role | None, *, is_hub: bool) -> bool:
    """Whose desk a pack lies on: it names every patient of the day."""
    return role in (HUB_HAS if is_hub else PRACTICE_HAS)


def check_happened(happened_at: datetime, *, now: datetime) -> None:
    """Paper tells of what has happened, and of this outage."""
    if happened_at > now + SLACK:
        said = f"{clock_words(happened_at)} on {day_words(day_of(happened_at))}"
        raise Refused(
            f"The time must be in the past. {said} has not come yet", code="future", field="time"
        )
    if happened_at < now - OUTAGE:
        raise Refused(
            "The time must be within the last 48 hours. Tell a clinician of anything older",
            code="too_old",
            field="time",
        )


def check_after(happened_at: datetime, *, submitted_at: datetime) -> None:
    """Nothing is done about a request before it came in."""
    if happened_at < submitted_at:
        came = f"{clock_words(submitted_at)} on {day_words(day_of(submitted_at))}"
        raise Refused(
            f"The request came in at {came}. Enter a time after that", code="before", field="time"
        )


def sheet_number(letters: Sequence[str]) -> str:
    """A sheet's number as it is printed: "K7M-3QX"."""
    said = "".join(letters)
    return f"{said[:3]}-{said[3:]}"


def read_number(typed: str) -> str:
    """The number of a sheet's line, as it is kept: "K7M3QX/2", however it was typed."""
    number = re.sub(r"[\s–-]", "", typed).upper()
    if not _NUMBER.fullmatch(number):
        raise BadInput(
            "Enter the number printed on the form, like K7M-3QX or K7M-3QX/2", field="number"
        )
    return number
