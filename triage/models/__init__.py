"""Why: every row of the triage app."""

from triage.models.afterwards import RecordEntry, SavedFilter, SecondLook
from triage.models.cases import (
    Case,
    CaseOutcome,
    CaseStep,
    ContactAttempt,
    Note,
    RouteDecision,
)
from triage.models.emergencies import Emergency
from triage.models.gone_home import GoneHome, Rehoming
from triage.models.handovers import Handover
from triage.models.own_cancel import OwnCancelTry
from triage.models.paper import DowntimePack, PaperLine
from triage.models.parameters import ParameterSet
from triage.models.proposals import PlaceOffer, Proposal, RebalanceRun
from triage.models.released import RuleChange, RuleVersion
from triage.models.wallboards import Wallboard

__all__ = [
    "Case",
    "CaseOutcome",
    "CaseStep",
    "ContactAttempt",
    "DowntimePack",
    "Emergency",
    "GoneHome",
    "Handover",
    "Note",
    "OwnCancelTry",
    "PaperLine",
    "ParameterSet",
    "PlaceOffer",
    "Proposal",
    "RebalanceRun",
    "RecordEntry",
    "Rehoming",
    "RouteDecision",
    "RuleChange",
    "RuleVersion",
    "SavedFilter",
    "SecondLook",
    "Wallboard",
]
