"""Which queues there are, and which work goes where by its name.

A solver in one region must not keep a text, a call for help or another region waiting. A worker
that is told nothing (no `-Q`) takes work of all of them, so a small house needs one worker.
"""

import os

URGENT = "urgent"
# What nobody waits for, and what is quick.
USUAL = "celery"
ELSEWHERE = "region-default"
REGIONS = tuple(
    code.strip().upper()
    for code in os.environ.get("HEADROOM_REGIONS", "").split(",")
    if code.strip()
)
BY_REGION = {code: f"region-{code.lower()}" for code in REGIONS}
QUEUES = (USUAL, URGENT, ELSEWHERE, *BY_REGION.values())
ROUTES = {
    "practices.tasks.sweep_outbox": {"queue": URGENT},
    "practices.tasks.hear_of_messages": {"queue": URGENT},
    "appointments.tasks.tidy_holds": {"queue": URGENT},
    "triage.tasks.call_unread": {"queue": URGENT},
    "triage.tasks.tell_late_words": {"queue": URGENT},
    "triage.tasks.escalate": {"queue": URGENT},
    "triage.tasks.rehome": {"queue": URGENT},
    "triage.tasks.tell_news": {"queue": URGENT},
}
