"""Every setting of Turne. Secrets and switches come from the environment and are checked at start."""

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from turne.enum_names import ENUM_NAMES
from turne.logs import logging_config
from turne.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()


def required(name: str, example: str) -> str:
    """The environment variable, or an error that names it and shows how it may look."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment, for example {name}={example} "
            "(or set TURNE_DEBUG=1 on a machine of your own, where defaults will do)."
        )
    return str(value)


def switch(name: str, *, default: bool) -> bool:
    """A yes/no variable; anything else than a clear yes or no is an error that names it."""
    word = env.str(name, default="1" if default else "0").strip().lower()
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {word!r}.")


def number(name: str, *, default: int, least: int = 0) -> int:
    """A whole number; anything else is an error that names the variable."""
    word = env.str(name, default=str(default)).strip()
    if word.isdecimal() and int(word) >= least:
        return int(word)
    raise ImproperlyConfigured(f"{name} must be a whole number from {least}, not {word!r}.")


def understood(name: str, read: Callable[[str], dict[str, Any]], url: str, example: str) -> dict[str, Any]:
    """What the address says; if it can not be read, an error that names the variable and keeps the password."""
    try:
        return read(url)
    except (ValueError, KeyError, ImproperlyConfigured):
        raise ImproperlyConfigured(f"{name} can not be read. It looks like this: {example}") from None


DEBUG = switch("TURNE_DEBUG", default=False)
if DEBUG:
    (VAR_DIR / "static").mkdir(parents=True, exist_ok=True)

# -- Who may talk to us ---------------------------------------
BASE_URL = (
    env.str("TURNE_BASE_URL", default="http://127.0.0.1:8000")
    if DEBUG
    else required("TURNE_BASE_URL", "https://turne.example.org")
).rstrip("/")
SECRET_KEY = (
    env.str("TURNE_SECRET_KEY", default="only-for-a-machine-of-your-own")
    if DEBUG
    else required("TURNE_SECRET_KEY", "$(openssl rand -base64 48)")
)
if not DEBUG and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("TURNE_SECRET_KEY must have at least 50 characters: openssl rand -base64 48.")
_address = urlsplit(BASE_URL)
if not _address.hostname or _address.scheme not in {"http", "https"} or _address.path:
    raise ImproperlyConfigured(
        f"TURNE_BASE_URL must be an address such as https://turne.example.org, not {BASE_URL!r}."
    )
# Probes of /healthz and /readyz come over loopback, in production too.
ALLOWED_HOSTS = [
    *env.list("TURNE_ALLOWED_HOSTS", default=[_address.hostname]),
    "127.0.0.1",
    "localhost",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# -- What Turne is made of ---------------------------------------
INSTALLED_APPS = [
    "turne",  # first, so that its templates stand before those of the apps that it uses
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "api",
    "programmes",
    "bookings",
    "tours",
    "venues",
]
MIDDLEWARE = [
    "turne.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "api.feeds.CalendarDoor",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "turne.web.privacy.KeptByNobody",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "turne.web.outage.Outage",
]
ROOT_URLCONF = "turne.urls"
WSGI_APPLICATION = "turne.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "turne.web.frame.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Database: SQLite embedded, PostgreSQL by DATABASE_URL ---------------------------------------
_DATABASE_EXAMPLE = "postgres://turne:password@127.0.0.1:5432/turne"
DATABASE_URL = (
    env.str("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'turne.sqlite3'}"
    if DEBUG
    else required("DATABASE_URL", _DATABASE_EXAMPLE)
)
DATABASES = {"default": understood("DATABASE_URL", env.db_url_config, DATABASE_URL, _DATABASE_EXAMPLE)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Measured: with Django's deferred transactions concurrent writers die with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # Measured: opening the file anew costs more than all else in an answer that a calendar has not changed.
    DATABASES["default"]["CONN_MAX_AGE"] = number("TURNE_DB_CONN_MAX_AGE", default=600)
    # A file, because tests with threads need one; one per process, because several may test at once.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / f"test-{os.getpid()}.sqlite3"}
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Measured with a database that stops answering: over a connection that was kept a request hangs for minutes,
    # a new one gives up in time and is a 503. It costs a few milliseconds a request.
    DATABASES["default"]["CONN_MAX_AGE"] = number("TURNE_DB_CONN_MAX_AGE", default=0)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Seconds and, last, milliseconds: a network that has gone away in the middle of a query is noticed too.
    _patience = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2}
    _patience["tcp_user_timeout"] = 20_000
    DATABASES["default"]["OPTIONS"] = {**_patience, **DATABASES["default"].get("OPTIONS", {})}
else:
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")

# "locks": for a PostgreSQL role that may not create the extension btree_gist; then row locks guard alone.
OVERLAP_GUARD = env.str("TURNE_OVERLAP_GUARD", default="constraint")
if OVERLAP_GUARD not in {"constraint", "locks"}:
    raise ImproperlyConfigured(f"TURNE_OVERLAP_GUARD must be constraint or locks, not {OVERLAP_GUARD!r}.")

# -- People ---------------------------------------
AUTH_USER_MODEL = "venues.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my-week"
ACCOUNT_ADAPTER = "turne.web.account.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
if not DEBUG:
    # Who asks for codes too often is counted by the address that the proxy has written, not by the proxy's own.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
# Development only: one click logs in as a demo user.
DEMO_LOGIN = DEBUG

#: How many requests a minute pages take that are opened by a link without an account: of one link, from one address.
#: Source: the house's choice: a class presses at once, and a school has one address to the outside.
LINK_RATES: dict[str, int | None] = {"link": 120, "address": 300}

# -- Language and time ---------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "turne" / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# -- Files ---------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("TURNE_STATIC_ROOT", default=str(VAR_DIR / "static")))
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.str("TURNE_MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Source maps of the API pages are large and read by developers only: not worth half a minute of compression.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "jpeg", "webp", "woff", "woff2", "gz", "br")
DATA_UPLOAD_MAX_MEMORY_SIZE, DATA_UPLOAD_MAX_NUMBER_FIELDS = 5 * 1024 * 1024, 16_000
# Files are not counted by that, and whoever has a cookie may send some to any page.
FILE_UPLOAD_HANDLERS = [
    "turne.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# -- Security ---------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
if not DEBUG:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = switch("TURNE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = number("TURNE_HSTS_SECONDS", default=365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True

# -- Mail: every message is a Notice row first; a relay sends it ---------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = (
    env.str("TURNE_FROM_EMAIL", default="Turne <turne@localhost>")
    if DEBUG
    else required("TURNE_FROM_EMAIL", "'Turne <turne@example.org>'")
)
if DEBUG and not env.str("TURNE_EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    _EMAIL_EXAMPLE = "smtp+tls://user:password@mail.example.org:587"
    _email_url = required("TURNE_EMAIL_URL", _EMAIL_EXAMPLE)
    vars().update(understood("TURNE_EMAIL_URL", env.email_url_config, _email_url, _EMAIL_EXAMPLE))
    EMAIL_TIMEOUT = 20

# Mail that can wait does from this hour to that one, and on Sundays, in the receiver's region. The house's choice; the
# same hour twice, and 0 for Sundays, leave no hour quiet.
MAIL_QUIET_HOURS = (
    number("TURNE_QUIET_FROM", default=20),
    number("TURNE_QUIET_TO", default=7),
    switch("TURNE_QUIET_SUNDAYS", default=True),
)
if max(MAIL_QUIET_HOURS[:2]) > 24:
    raise ImproperlyConfigured("TURNE_QUIET_FROM and TURNE_QUIET_TO must be hours from 0 to 24.")

# -- Background work ---------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "redis+socket://")):
    raise ImproperlyConfigured("REDIS_URL must begin with redis:// or rediss://.")
CELERY_BROKER_URL = REDIS_URL or "memory://"
# A Redis that hangs must not hang beat or the worker; a task that was lost is beat's to give out again anyway.
_TIMES_S = {"visibility_timeout": 600, "socket_timeout": 10, "socket_connect_timeout": 5}
CELERY_BROKER_TRANSPORT_OPTIONS = _TIMES_S
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = SCHEDULE

# -- Personal data: contacts are forgotten so many days after the visit (the house's choice: by then it is paid) ----
CONTACTS_KEPT_DAYS = env.int("TURNE_CONTACTS_KEPT_DAYS", default=90)

# -- Work samples: the machine's virus scanner, and how many seconds it has for one file -----------------------------
SCAN_COMMAND = env.str("TURNE_SCAN_COMMAND", default="").strip()
try:
    shlex.split(SCAN_COMMAND)
except ValueError:
    raise ImproperlyConfigured(
        "TURNE_SCAN_COMMAND has a quote without its end. It looks like this: clamdscan --no-summary --fdpass"
    ) from None
SCAN_SECONDS = number("TURNE_SCAN_SECONDS", default=60, least=1)

# -- Looking up addresses: the gazetteer is built in; a server is opt-in -------------------------------------------
GEOCODER = env.str("TURNE_GEOCODER", default="")  # "nominatim" or "photon"
GEOCODER_DOMAIN = env.str("TURNE_GEOCODER_DOMAIN", default="")
GEOCODER_USER_AGENT = env.str("TURNE_GEOCODER_USER_AGENT", default="")
if GEOCODER and GEOCODER not in {"nominatim", "photon"}:
    raise ImproperlyConfigured(f"TURNE_GEOCODER must be nominatim, photon or empty, not {GEOCODER!r}.")
if GEOCODER and not GEOCODER_USER_AGENT:
    raise ImproperlyConfigured("TURNE_GEOCODER_USER_AGENT must say who you are when TURNE_GEOCODER is set.")

# -- Machines' door ---------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_PAGINATION_CLASS": "api.pages.Pages",
    "PAGE_SIZE": 50,
    "DEFAULT_FILTER_BACKENDS": ["api.filters.KnownFilters"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.Described",
    # JSON alone: the browsable pages of the framework do not work under the policy above, and there is Swagger UI.
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.parsers.Json"],
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    # Counted in each process: a brake on programs that run wild, not a quota.
    "DEFAULT_THROTTLE_RATES": {"anon": "120/min", "user": "600/min", "planner": "6/min"},
    # The address that the proxy itself has written counts, not what a caller claims in front of it.
    "NUM_PROXIES": 1,
    "EXCEPTION_HANDLER": "api.problems.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Turne",
    "DESCRIPTION": "Planning of touring performing arts: seasons, wishes, tours, bookings and calendars.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Deep links would be links inside the buttons that open an operation, which a screen reader cannot tell apart.
    "SWAGGER_UI_SETTINGS": {"deepLinking": False},
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
    "PREPROCESSING_HOOKS": ["api.schema.without_slashed_twins"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.schema.with_planner",
        "api.schema.with_conditions",
    ],
}

# -- Logs: readable lines at home, JSON in production ---------------------------------------
LOGGING_CONFIG = None
LOG_LEVEL = env.str("TURNE_LOG_LEVEL", default="INFO").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
    raise ImproperlyConfigured(
        f"TURNE_LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not {LOG_LEVEL!r}."
    )
logging_config(json_lines=not DEBUG, level=LOG_LEVEL)
CELERY_WORKER_HIJACK_ROOT_LOGGER = CELERY_WORKER_REDIRECT_STDOUTS = False

# -- The web server: see turne/gunicorn.py ---------------------------------------
WEB_WORKERS = number("TURNE_WEB_WORKERS", default=1 if DEBUG else 2, least=1)
WEB_THREADS = number("TURNE_WEB_THREADS", default=8 if DEBUG else 4, least=1)

TEST_RUNNER = "django.test.runner.DiscoverRunner"
