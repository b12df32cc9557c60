"""The worker's entry, and the clockwork: what runs when."""

import os

from celery import Celery
from kombu import Queue

from config.queues import QUEUES, ROUTES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.training")

app = Celery("headroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["practices", "hubs", "appointments", "triage", "networks"])
app.conf.task_queues = [Queue(name) for name in QUEUES]
app.conf.task_routes = ROUTES


def every(seconds: float, task: str) -> dict[str, object]:
    """A task each so many seconds; rounds that no worker took in time are not made up for."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


app.conf.beat_schedule = {
    "sweep-outbox": every(5.0, "practices.tasks.sweep_outbox"),
    # A hold that ran out still stands in its clinician's ledger until it is tidied.
    "tidy-holds": every(15.0, "appointments.tasks.tidy_holds"),
    # Every change promises a look of its own; this finds what such a promise, or a queue, lost.
    "rebalance": every(60.0, "networks.tasks.rebalance_changed"),
    "tidy-drafts": every(3600.0, "practices.tasks.tidy_drafts"),
    # A patient who could not be reached is known at the desk within a minute (fault F14).
    "hear-of-messages": every(20.0, "practices.tasks.hear_of_messages"),
    "tell-news": every(60.0, "triage.tasks.tell_news"),
    "escalate": every(60.0, "triage.tasks.escalate"),
    "pause-unsupervised": every(60.0, "triage.tasks.pause_unsupervised"),
    "sweep-before-close": every(60.0, "triage.tasks.sweep_before_close"),
    "snapshot": every(60.0, "networks.tasks.snapshot_all"),
    # One pack a quarter of an hour and house; asked each minute, a late one is a minute late.
    "packs": every(60.0, "networks.tasks.make_packs"),
}
