"""Settings every Headroom process shares; the other modules of this package say what differs."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, SELF

from config.queues import BY_REGION, ELSEWHERE
from practices.rules.outage import read_outage

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()
PERSON_KEY = os.environ["HEADROOM_PERSON_KEY"]
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]").split()
TRAINING = False
# Without one the desk prints the letters.
NOTIFY_LETTER_TEMPLATE = NOTIFY_LARGE_PRINT_TEMPLATE = ""
# Where patients open the page to cancel at; empty where they cannot, and then no link is sent.
PATIENT_SITE = ""
CLOCK_SHIFT = 0

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "crispy_forms",
    "csp",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "rest_framework",
    "practices",
    "hubs",
    "appointments",
    "triage",
    "networks",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.Problems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.NoStore",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.ActingReach",
    "config.sent_late.SentLate",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "config.page_context.page",
            ],
            "builtins": ["practices.templatetags.nhsuk"],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    """Django's form of a postgresql:// URL; every connection takes the app's role."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "assume_role": os.environ.get("HEADROOM_DB_ROLE", "headroom_app") or None,
            # Joins keep the order they are written in beyond four tables: trying every order of
            # the eight a page needs cost six times more than reading them (docs/MEASURED.md).
            "options": "-c statement_timeout=15s -c lock_timeout=4s -c join_collapse_limit=4",
        },
    }


# How long a wish that came twice waits for the first one's answer, before it is told to come back.
SAME_WISH_WAITS = "2s"
DATABASE_URL = os.environ["DATABASE_URL"]
DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ["REDIS_URL"]
_redis_server, _, _redis_number = REDIS_URL.rpartition("/")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"{_redis_server}/{int(_redis_number or 0) + 1}",
    }
}

# Seconds. Whoever has just booked waits no longer for Valkey to tell the others of it.
NEWS_WAITS = 1.0

AUTH_USER_MODEL = "practices.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "practices:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "practices:sign_in"
# A wrong password slows the pair of user and address, so that one desk behind a shared
# address cannot lock out a whole surgery (threat T10).
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_IPWARE_PROXY_COUNT = int(os.environ.get("PROXY_COUNT", "0"))
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
# No line about itself at the start of every command.
AXES_VERBOSE = False

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 12 * 60 * 60
# Signed out after so many seconds without a sign of life, and after a shift whatever happens.
IDLE_SECONDS = 15 * 60
SHIFT_SECONDS = SESSION_COOKIE_AGE
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "config.sent_late.csrf_failed"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "object-src": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# When nobody can work here, in English time: the pages say so for the fortnight before.
OUTAGE = read_outage(os.environ.get("HEADROOM_PLANNED_OUTAGE", ""))

# Where pages hear that something changed; blank: they look by themselves.
LIVE_URL = os.environ.get("HEADROOM_LIVE_URL", "")
LIVE_PORT = 0

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("HEADROOM_STATIC_ROOT", ROOT / "staticfiles"))
ASSETS = Path(os.environ.get("HEADROOM_ASSETS", ROOT / ".dev" / "assets"))
STATICFILES_DIRS = [ROOT / "static", *([ASSETS] if ASSETS.is_dir() else [])]

CRISPY_ALLOWED_TEMPLATE_PACKS = ["nhsuk"]
CRISPY_TEMPLATE_PACK = "nhsuk"
CRISPY_FAIL_SILENTLY = False

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "practices.api.authentication.BearerToken",
        "practices.api.authentication.BrowserSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["practices.api.authentication.IsSignedIn"],
    "DEFAULT_PARSER_CLASSES": ["practices.api.parsing.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "practices.api.problems.as_problem",
    "UNAUTHENTICATED_USER": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Headroom",
    "DESCRIPTION": "The programming interface of Headroom, for locality hubs.",
    "VERSION": "1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "NeedEnum": "hubs.rules.needs.Need.choices",
        "TriedByEnum": "triage.rules.attempts.TriedBy.choices",
    },
}

# Promised with every change of a day. Practices and appointments know no networks: the roof does.
WHEN_A_DAY_CHANGES = "networks.tasks.rebalance_after"
# The queue of each region that has one of its own, and of all others.
REGION_QUEUES = BY_REGION
REGION_QUEUE_ELSE = ELSEWHERE

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the longest hard time limit below, so that no live task is delivered twice.
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    # A request that nudges a broker that is down waits a moment, not six seconds.
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_TIMEZONE = TIME_ZONE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
# Triggers belong to the migrations alone: nothing installs one while the app's role is on.
PGTRIGGER_INSTALL_ON_MIGRATE = False
