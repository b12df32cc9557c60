"""Somebody said no to emergency help, in words for the desk and for clinicians."""

from dataclasses import dataclass
from datetime import datetime

from triage.presenters.urgency import moment_words
from triage.queries.case_page import CasePage
from triage.queries.case_rows import StepRow
from triage.rules.declining import SAY, SaidBy
from triage.rules.states import State, Step


@dataclass(frozen=True, slots=True)
class NoLine:
    """One no: whose words, written down by whom and when."""

    words: str
    said: str


@dataclass(frozen=True, slots=True)
class Declined:
    """They said no: what they said, newest first, and whether a clinician has read it."""

    lines: tuple[NoLine, ...]
    say: str
    reading: str
    is_calm: bool


def declined(case: CasePage, *, now: datetime) -> Declined | None:
    """What they said; None where nobody said no."""
    said = [step for step in case.history if step.step is Step.DECLINE_HELP]
    if not said:
        return None
    is_read = case.row.read_due_at is None
    return Declined(
        lines=tuple(_line(step, now=now) for step in said),
        say=SAY,
        reading="A clinician has read it"
        if is_read
        else "Every clinician’s screen says so now. No clinician has read it yet",
        is_calm=is_read or case.row.state is State.CLOSED,
    )


def _line(step: StepRow, *, now: datetime) -> NoLine:
    who = SaidBy(step.code).label
    return NoLine(
        words=step.reason or "No words were written down",
        said=f"{who}, {moment_words(step.at, now=now)}, written down by {step.by}",
    )
