"""Triage is time, not contacts: what passes a case on costs minutes (domain section 1).

A case a clinician closes themselves is a contact and counted as one; every other case they took
and passed on is counted from the claim to the last thing they did with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from triage.rules.states import Step

# As long as a claim lasts by itself: whoever went away meanwhile was not triaging.
LONGEST = timedelta(minutes=15)
# Two cases this close together are one block of work (assumed).
PAUSE = timedelta(minutes=5)
PASSES_ON = frozenset(
    {Step.RELEASE, Step.BOOK, Step.HAND_BACK, Step.SIGN_CLASS, Step.RAISE_CLASS, Step.ATTEMPT}
)


@dataclass(frozen=True, slots=True)
class Did:
    """One step somebody made on a case."""

    case_id: int
    step: Step
    at: datetime


@dataclass(frozen=True, slots=True)
class TriageTime:
    """Cases passed on, the minutes they took, and the longest block without a pause."""

    cases: int = 0
    minutes: int = 0
    longest_block: int = 0


def triage_time(steps: Sequence[Did]) -> TriageTime:
    """The time of one clinician's steps of a day, given in the order they were made."""
    spans = sorted(_spans(steps))
    return TriageTime(
        cases=len(spans),
        minutes=sum(_minutes(start, end) for start, end in spans),
        longest_block=max((_minutes(*block) for block in _blocks(spans)), default=0),
    )


def _spans(steps: Iterable[Did]) -> list[tuple[datetime, datetime]]:
    """From each claim to the last step after it, where that passed the case on."""
    claimed: dict[int, datetime] = {}
    last: dict[tuple[int, datetime], Did] = {}
    for one in steps:
        if one.step is Step.CLAIM:
            claimed[one.case_id] = one.at
        elif one.case_id in claimed:
            last[one.case_id, claimed[one.case_id]] = one
    return [
        (start, min(one.at, start + LONGEST))
        for (_, start), one in last.items()
        if one.step in PASSES_ON
    ]


def _blocks(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    blocks: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if blocks and start - blocks[-1][1] < PAUSE:
            blocks[-1] = (blocks[-1][0], max(end, blocks[-1][1]))
        else:
            blocks.append((start, end))
    return blocks


def _minutes(start: datetime, end: datetime) -> int:
    return round((end - start).total_seconds() / 60)
