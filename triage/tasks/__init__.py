"""The clockwork of triage: nobody's time runs out unseen."""

from triage.tasks.escalation import escalate
from triage.tasks.news import tell_news

__all__ = ["escalate", "tell_news"]
