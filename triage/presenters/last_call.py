"""What is to be decided before a door closes, in words."""

from dataclasses import dataclass
from datetime import datetime

from practices.presenters import time_words
from triage.presenters.urgency import CaseLine, case_line
from triage.queries.last_call import ToDecide


@dataclass(frozen=True, slots=True)
class Decide:
    """The box on the duty clinician's and the supervisor's page; no lines, no box."""

    heading: str
    lines: tuple[CaseLine, ...]


def decide_box(found: ToDecide, *, now: datetime, clinician_id: int | None) -> Decide:
    """Who nobody has, and until when somebody decides what becomes of them."""
    return Decide(
        heading=f"{deadline_words(found, now=now)} ({len(found.rows)})",
        lines=tuple(case_line(row, now=now, clinician_id=clinician_id) for row in found.rows),
    )


def deadline_words(found: ToDecide, *, now: datetime) -> str:
    """ "Decide before 6:30pm", and what is past it says so."""
    if found.before is None:
        return "Nothing to decide yet"
    when = time_words(found.before)
    return (
        f"Decide before {when}" if now < found.before else f"Not decided before {when}: do it now"
    )
