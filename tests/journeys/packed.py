"""The application with its files packed and named for good, as a live system serves them.

They go where HEADROOM_STATIC_ROOT says, a folder of the test's own.
"""

from importlib import import_module

import django
from django.conf import settings
from django.core.management import call_command

settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
django.setup()
call_command("collectstatic", interactive=False, verbosity=0)
# Only now: what serves the files looks at them as it starts.
application = import_module("config.wsgi").application
