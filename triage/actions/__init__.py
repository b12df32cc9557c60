"""Why: every write of the triage app."""

from triage.actions.bouncing import accept_back, hand_back, refuse_back, release
from triage.actions.case_wish import CaseWish
from triage.actions.claiming import claim, heartbeat, take_next
from triage.actions.contacting import record_attempt
from triage.actions.deciding import (
    OutcomeWish,
    change_class,
    close,
    keep_booking,
    reopen,
)
from triage.actions.emergencies import acknowledge_emergency, end_emergency, raise_emergency
from triage.actions.placing import book, cancel_booking, hold, move_booking
from triage.actions.proposals import (
    Decided,
    accept,
    accept_all,
    decline,
    undo,
    undo_decline,
    undo_run,
)
from triage.actions.rebalancing import ask_run, begin_run, record_plan
from triage.actions.stepping import LEASE
from triage.actions.submitting import submit
from triage.actions.undoing import undo_step

__all__ = [
    "LEASE",
    "CaseWish",
    "Decided",
    "OutcomeWish",
    "accept",
    "accept_all",
    "accept_back",
    "acknowledge_emergency",
    "ask_run",
    "begin_run",
    "book",
    "cancel_booking",
    "change_class",
    "claim",
    "close",
    "decline",
    "end_emergency",
    "hand_back",
    "heartbeat",
    "hold",
    "keep_booking",
    "move_booking",
    "raise_emergency",
    "record_attempt",
    "record_plan",
    "refuse_back",
    "release",
    "reopen",
    "submit",
    "take_next",
    "undo",
    "undo_decline",
    "undo_run",
    "undo_step",
]
