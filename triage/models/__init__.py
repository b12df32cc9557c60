"""Why: every row of the triage app."""

from triage.models.cases import (
    Case,
    CaseOutcome,
    CaseStep,
    ContactAttempt,
    Emergency,
    Note,
    ProtocolNeed,
    RouteDecision,
)
from triage.models.proposals import Proposal, RebalanceRun

__all__ = [
    "Case",
    "CaseOutcome",
    "CaseStep",
    "ContactAttempt",
    "Emergency",
    "Note",
    "Proposal",
    "ProtocolNeed",
    "RebalanceRun",
    "RouteDecision",
]
