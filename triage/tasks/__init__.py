"""The clockwork of triage: nobody's time runs out unseen."""

from triage.tasks.escalation import (
    call_unread,
    escalate,
    pause_unsupervised,
    sweep_before_close,
    tell_late_words,
)
from triage.tasks.news import tell_news
from triage.tasks.rehoming import rehome

__all__ = [
    "call_unread",
    "escalate",
    "pause_unsupervised",
    "rehome",
    "sweep_before_close",
    "tell_late_words",
    "tell_news",
]
