"""The clockwork of triage: nobody's time runs out unseen."""

from triage.tasks.escalation import escalate
from triage.tasks.news import tell_news
from triage.tasks.rehoming import rehome

__all__ = ["escalate", "rehome", "tell_news"]
