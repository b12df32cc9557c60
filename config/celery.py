"""The worker's entry, and the clockwork: what runs when."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.training")

app = Celery("headroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["practices", "hubs", "appointments", "triage", "networks"])
app.conf.beat_schedule = {
    "sweep-outbox": {"task": "practices.tasks.sweep_outbox", "schedule": 5.0},
    "tidy-holds": {"task": "appointments.tasks.tidy_holds", "schedule": 60.0},
    "rebalance": {"task": "networks.tasks.rebalance_changed", "schedule": 15.0},
    "escalate": {"task": "triage.tasks.escalate", "schedule": 60.0},
    "snapshot": {"task": "networks.tasks.snapshot_all", "schedule": 60.0},
}
