"""For real patients: nothing here may be loosened by the environment."""

import os
import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from config.settings.base import *  # noqa: F403  (a settings module extends another one)
from config.settings.base import ALLOWED_HOSTS

if float(os.environ.get("HEADROOM_CLOCK_SHIFT", "0")):
    raise ImproperlyConfigured("A live system shows the real time: unset HEADROOM_CLOCK_SHIFT.")

# Patients are told by text and email: without a carrier they wait for word that never comes.
NOTIFY_URL = os.environ.get("NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_API_KEY = os.environ.get("NOTIFY_API_KEY", "")
NOTIFY_TEMPLATE = os.environ.get("NOTIFY_TEMPLATE", "")
NOTIFY_EMAIL_TEMPLATE = os.environ.get("NOTIFY_EMAIL_TEMPLATE", "")
NOTIFY_LETTER_TEMPLATE = os.environ.get("NOTIFY_LETTER_TEMPLATE", "")
NOTIFY_LARGE_PRINT_TEMPLATE = os.environ.get("NOTIFY_LARGE_PRINT_TEMPLATE", "")
_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
if not re.fullmatch(f".+-{_UUID}-{_UUID}", NOTIFY_API_KEY):
    raise ImproperlyConfigured("Set NOTIFY_API_KEY to the live key of your GOV.UK Notify service.")
if not re.fullmatch(_UUID, NOTIFY_TEMPLATE):
    raise ImproperlyConfigured(
        "Set NOTIFY_TEMPLATE to the id of a text template that says only ((body))."
    )
if not re.fullmatch(_UUID, NOTIFY_EMAIL_TEMPLATE):
    raise ImproperlyConfigured(
        "Set NOTIFY_EMAIL_TEMPLATE to the id of an email template that says only ((body)), under"
        " the subject ((subject))."
    )
if NOTIFY_LETTER_TEMPLATE and not re.fullmatch(_UUID, NOTIFY_LETTER_TEMPLATE):
    raise ImproperlyConfigured(
        "Set NOTIFY_LETTER_TEMPLATE to the id of a letter template that says only ((body)), or"
        " leave it empty: then the desk prints the letters."
    )
if NOTIFY_LARGE_PRINT_TEMPLATE and not re.fullmatch(_UUID, NOTIFY_LARGE_PRINT_TEMPLATE):
    raise ImproperlyConfigured(
        "Set NOTIFY_LARGE_PRINT_TEMPLATE to the id of a letter template that says only ((body)) in"
        " large print, or leave it empty: then the desk prints those letters large."
    )
if not NOTIFY_URL.startswith("https://"):
    raise ImproperlyConfigured(
        "NOTIFY_URL must begin with https://: numbers and addresses travel there."
    )
PATIENT_SITE = os.environ.get("HEADROOM_PATIENT_SITE", "").rstrip("/")
if PATIENT_SITE and not PATIENT_SITE.startswith("https://"):
    raise ImproperlyConfigured("HEADROOM_PATIENT_SITE must begin with https://.")
# Every link in every text leads there: a host we do not answer for would answer none of them.
if PATIENT_SITE and not validate_host(urlsplit(PATIENT_SITE).hostname or "", ALLOWED_HOSTS):
    raise ImproperlyConfigured("The host of HEADROOM_PATIENT_SITE is not in ALLOWED_HOSTS.")

# The proxy in front sends this path to the live process, every other one to the web server.
LIVE_URL = os.environ.get("HEADROOM_LIVE_URL", "/live/")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = os.environ.get("CSRF_TRUSTED_ORIGINS", "").split()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
