"""A live system that could not tell its patients does not start; training never asks Notify."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from practices.post import post_office
from practices.post.training import TrainingPost
from tests.notify import EMAIL_TEMPLATE, KEY, TEMPLATE

WHOLE = {
    "NOTIFY_API_KEY": KEY,
    "NOTIFY_TEMPLATE": TEMPLATE,
    "NOTIFY_EMAIL_TEMPLATE": EMAIL_TEMPLATE,
}


def _start(**notify):
    """How a live process starts with these words in its environment: its last line of trouble."""
    ours = {name: word for name, word in os.environ.items() if not name.startswith("NOTIFY_")}
    live = {"DJANGO_SETTINGS_MODULE": "config.settings.live", "HEADROOM_CLOCK_SHIFT": "0"}
    done = subprocess.run(
        [sys.executable, "-c", "from practices.post import post_office as p; print(type(p()))"],
        env={**ours, **live, **notify},
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_a_whole_configuration_starts_with_the_real_carrier():
    assert _start(**WHOLE) == "<class 'practices.post.notify.Notify'>"


def test_the_patients_site_is_one_this_system_answers():
    site, hosts = "https://patients.example.org", ".example.org"
    answered = {"HEADROOM_PATIENT_SITE": site, "ALLOWED_HOSTS": hosts}

    assert _start(**WHOLE | answered) == "<class 'practices.post.notify.Notify'>"


@pytest.mark.parametrize(
    ("half", "asks_for"),
    [
        ({"NOTIFY_API_KEY": ""}, "Set NOTIFY_API_KEY"),
        ({"NOTIFY_API_KEY": "not-a-key"}, "Set NOTIFY_API_KEY"),
        ({"NOTIFY_TEMPLATE": ""}, "Set NOTIFY_TEMPLATE"),
        ({"NOTIFY_EMAIL_TEMPLATE": ""}, "Set NOTIFY_EMAIL_TEMPLATE"),
        ({"NOTIFY_LETTER_TEMPLATE": "a letter"}, "Set NOTIFY_LETTER_TEMPLATE"),
        ({"NOTIFY_LARGE_PRINT_TEMPLATE": "18"}, "Set NOTIFY_LARGE_PRINT_TEMPLATE"),
        ({"HEADROOM_PATIENT_SITE": "http://patients.example.org"}, "must begin with https://"),
        ({"HEADROOM_PATIENT_SITE": "https://patients.exmaple.org"}, "is not in ALLOWED_HOSTS"),
        ({"NOTIFY_URL": "http://api.example.org"}, "NOTIFY_URL must begin with https://"),
    ],
)
def test_half_a_configuration_does_not_start(half, asks_for):
    assert asks_for in _start(**WHOLE | half)


def test_training_sends_nothing_anywhere():
    assert isinstance(post_office(), TrainingPost)
