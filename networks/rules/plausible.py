"""Workforce figures that cannot be right: said in words, so that nobody is alarmed by a typo."""

from __future__ import annotations

from dataclasses import dataclass

# Two sessions a day on each day of a week: nobody works more.
MOST_SESSIONS = 14
# England has about 2,300 patients for each fully qualified GP; four times that is a slip.
MOST_PATIENTS = 10_000


@dataclass(frozen=True, slots=True)
class Workforce:
    """What is on record of one practice: its list, its GPs, and the busiest one's week."""

    list_size: int | None
    gps: int
    most_sessions: int


def doubts(found: Workforce) -> tuple[str, ...]:
    """What should be looked up before anybody goes by it; empty when all is plausible."""
    listed = found.list_size or 0
    said = []
    if not listed:
        said.append("No list size is on record")
    if not found.gps:
        said.append("No GP is on record here")
    elif listed > MOST_PATIENTS * found.gps:
        said.append(f"{listed // found.gps:,} patients for each GP on record")
    if found.most_sessions > MOST_SESSIONS:
        said.append(f"{found.most_sessions} sessions in one week for one GP")
    return tuple(said)
