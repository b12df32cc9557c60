"""Whose work a request is: a clinician's, or the practice's own paperwork."""

from __future__ import annotations

from practices.rules.code import Code
from triage.rules.codes import Need, Urgency
from triage.rules.need_defaults import starting_class

OURS = "This is one of your practice’s own tasks. Take it under Practice tasks."


class Lane(Code):
    """The queue a case waits in. A hub never sees what lies in a practice's own lane."""

    HUB = "hub", "The hub's queue"
    PRACTICE = "practice", "The practice's own tasks"


def is_same_work(lane: Lane, need: Need, other: Need) -> bool:
    """Whether the same people do what is asked for as do a case: by its lane, or its need."""
    return need is other or lane is lane_of(other, starting_class(other))


def lane_of(need: Need, urgency: Urgency) -> Lane:
    """Paperwork that nothing has raised is the practice's; everything else is clinical."""
    if need is Need.ADMIN and urgency.rank >= starting_class(need).rank:
        return Lane.PRACTICE
    return Lane.HUB
