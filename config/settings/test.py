"""The training settings with quick passwords, for the test run."""

from config.settings.training import *  # noqa: F403  (a settings module extends another one)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
