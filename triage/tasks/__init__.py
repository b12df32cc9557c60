"""The clockwork of triage: nobody's time runs out unseen."""

from triage.tasks.escalation import escalate

__all__ = ["escalate"]
