"""The training settings with quick passwords, for the test run."""

from config.settings.training import *  # noqa: F403  (a settings module extends another one)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
# Tests jump over hours with one signed-in client; those about idleness set their own.
IDLE_SECONDS, SHIFT_SECONDS = 20 * 24 * 60 * 60, 40 * 24 * 60 * 60
# What one task hands to another is done at once, so that a test sees it.
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
NEWS_WAITS = 60.0
SAME_WISH_WAITS = "60s"
# Who waits for a lock on a slow machine has it in the end; a test of waiting in vain says how long.
DATABASES["default"]["OPTIONS"]["options"] += " -c lock_timeout=60s -c statement_timeout=120s"  # noqa: F405
