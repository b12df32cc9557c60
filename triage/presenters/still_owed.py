"""What a practice owes beside its cases, in words: what, to whom, and who sees to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from practices.presenters import date_words
from practices.rules.phones import spoken
from practices.rules.reach import Actor
from triage.presenters.signs import case_address
from triage.presenters.urgency import moment_words
from triage.queries.still_owed import StillOwed, ToCall

NOT_TOLD = {
    "displaced": "A patient does not know that their appointment cannot go ahead",
    "cancelled": "A patient does not know that their appointment is cancelled",
    "changed": "A patient does not know that their appointment has moved",
}


@dataclass(frozen=True, slots=True)
class StillLine:
    """One thing to do: what, where, and who has it."""

    href: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class CallLine:
    """Somebody to call whom the hub's desk sent back to us."""

    public_id: str
    words: str


def still_lines(found: StillOwed, *, by: Actor, now: datetime) -> tuple[StillLine, ...]:
    """People to call first, then messages nobody told, then who is looked at again by today."""
    tasks, messages = reverse("triage:tasks"), reverse("triage:messages")
    return (
        *(
            StillLine(tasks, one.words, "Nobody has called")
            for one in to_call_lines(found.to_call, now=now)
        ),
        *(
            StillLine(
                messages,
                f"{NOT_TOLD.get(one.kind, 'A message did not reach a patient')},"
                f" since {moment_words(one.since, now=now)}",
                f"{one.taken_by} has it" if one.taken_by else "Nobody has it",
            )
            for one in found.untold
        ),
        *(
            StillLine(
                case_address(one.reference, by=by),
                f"Second look at case {one.reference}, by {date_words(one.look_by)}",
                one.owner,
            )
            for one in found.looks
        ),
    )


def to_call_lines(found: Iterable[ToCall], *, now: datetime) -> tuple[CallLine, ...]:
    """ "Ann Lee, 07700 900123: came to Riverside hub at 3pm, told that you call today"."""
    return tuple(CallLine(str(one.public_id), _to_call_words(one, now=now)) for one in found)


def _to_call_words(one: ToCall, *, now: datetime) -> str:
    who = one.name or "Somebody"
    call = f", {spoken(one.phone)}" if one.phone else ""
    came = f"{who}{call}: came to {one.hub} at {moment_words(one.at, now=now)}"
    if not one.flagged:
        return f"{came}, and was told that you call today"
    return (
        f"Call first: {came}, and said “{one.flagged}”, which may mean a red flag."
        " A clinician of the hub was called to them"
    )
