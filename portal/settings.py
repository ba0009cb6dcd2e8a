"""Settings of the portal, all from the environment; docs/settings.md lists them."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal import api_definition
from portal.configuration import (
    read_choice,
    read_flag,
    read_integer,
    read_list,
    read_text,
)
from portal.crypto import derive_key
from portal.logs import logging_settings
from portal.mail import read_mail_server

BASE_DIR = Path(__file__).resolve().parent.parent
RELEASE = "0.1.0"  # as in pyproject.toml; part of ETags of what a release makes


def _data_dir() -> Path:
    """The data directory, made when missing."""
    path = Path(read_text("PORTICO_DATA_DIR", "data"))
    path = path if path.is_absolute() else BASE_DIR / path
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"PORTICO_DATA_DIR is {path}, which cannot be made: {error.strerror}."
        ) from error
    return path


def _secret_key(data_dir: Path) -> str:
    """SECRET_KEY, else the key kept in the data directory, written at the first start."""
    given = read_text("SECRET_KEY")
    if given:
        return given
    path = data_dir / "secret_key"
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(50))
    return path.read_text(encoding="utf-8").strip()


def _write_private(path: Path, text: str) -> None:
    """Write a file of mode 600 whole or not at all; the first of several writers wins."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    with contextlib.suppress(FileExistsError):
        os.link(name, path)
    os.unlink(name)


def _database(data_dir: Path) -> dict[str, Any]:
    """PostgreSQL by DATABASE_URL, else SQLite in WAL mode in the data directory."""
    url = read_text("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data_dir / "portico.sqlite3",
            "TEST": {"NAME": data_dir / "test.sqlite3"},  # in memory, threads could not share it
            "OPTIONS": {
                "timeout": 10,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    if not url.startswith(("postgres://", "postgresql://")):
        scheme = url.partition(":")[0]
        raise ImproperlyConfigured(
            f"DATABASE_URL starts with {scheme}:; it takes postgres://user:password@host/name."
        )
    return {**environ.Env.db_url_config(url), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


# Where things are
PORTICO_DATA_DIR = _data_dir()
DEFINITIONS_DIR = PORTICO_DATA_DIR / "definitions"
HELD_DIR = PORTICO_DATA_DIR / "held"

# Keys
SECRET_KEY = _secret_key(PORTICO_DATA_DIR)
SECRET_KEY_FALLBACKS = read_list("SECRET_KEY_FALLBACKS")
TOKEN_KEYS = [key.encode() for key in read_list("TOKEN_KEYS")] or [
    derive_key(secret) for secret in (SECRET_KEY, *SECRET_KEY_FALLBACKS)
]

# Addresses
DEBUG = read_flag("DEBUG", default=False)
PORT = read_integer("PORT", 8000, minimum=1, maximum=65535)
PUBLIC_URL = read_text("PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "tryit.views.stale_forms.stale_form"
SECURE_COOKIES = PUBLIC_URL.startswith("https://")
USE_X_FORWARDED = read_flag("TRUST_PROXY_HEADERS", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if USE_X_FORWARDED else None

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "portal.apps.PortalConfig",
    "portal.accounts.apps.AccountsConfig",
    "catalog.apps.CatalogConfig",
    "tryit.apps.TryItConfig",
]

MIDDLEWARE = [
    "portal.middleware.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.RequestLimitsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tryit.context_processors.frame",
            ],
        },
    }
]

# Database, cache, sessions
DATABASES = {"default": _database(PORTICO_DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = read_text("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "portal.caches.ForgivingRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
SESSION_ENGINE = "tryit.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "portico_session"
CSRF_COOKIE_NAME = "csrftoken"

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
SIGN_UP = read_flag("SIGN_UP", default=False)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "catalog:catalog"
ACCOUNT_LOGOUT_REDIRECT_URL = "catalog:catalog"

# E-mail, which only resetting a password needs
EMAIL_URL = read_text("EMAIL_URL")
MAIL_SERVER = read_mail_server(EMAIL_URL)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_URL
    else "django.core.mail.backends.dummy.EmailBackend"  # nothing is sent, least of all to the log
)
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.use_tls, MAIL_SERVER.use_ssl
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = read_text("EMAIL_FROM", f"portico@{urlsplit(PUBLIC_URL).hostname}")
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# Language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files: hashed names, so that they can be cached for ever
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.static.HashedStaticFilesStorage"},
}

# Security headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Sizes of requests: the body with its files, the fields of a form
DATA_UPLOAD_MAX_MEMORY_SIZE = 11_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# REST
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.accounts.authentication.BearerAuthentication",
        "portal.accounts.authentication.CsrfSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["portal.accounts.permissions.ScopePermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["catalog.api.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 200,
    "EXCEPTION_HANDLER": "portal.problems.answer_exception",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = api_definition.SPECTACULAR_SETTINGS

# Background work
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost//"
BROKER_DIR = PORTICO_DATA_DIR / "broker"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"socket_connect_timeout": 2}
    if REDIS_URL
    else {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
    }
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(PORTICO_DATA_DIR / "beat-schedule")
RENEW_TICK_SECONDS = read_integer("RENEW_TICK_SECONDS", 10, minimum=1, maximum=300)
SWEEP_SECONDS = read_integer("SWEEP_SECONDS", 300, minimum=1)
MIRROR_TICK_SECONDS = read_integer("MIRROR_TICK_SECONDS", 60, minimum=1, maximum=3600)
CELERY_BEAT_SCHEDULE = {
    "renew-due-tokens": {
        "task": "tryit.tasks.renew_due_tokens",
        "schedule": RENEW_TICK_SECONDS,
        "options": {"expires": RENEW_TICK_SECONDS},
    },
    "sweep-token-jars": {
        "task": "tryit.tasks.sweep_token_jars",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "check-due-mirrors": {
        "task": "catalog.tasks.check_due_mirrors",
        "schedule": MIRROR_TICK_SECONDS,
        "options": {"expires": MIRROR_TICK_SECONDS},
    },
    "sweep-definitions": {
        "task": "catalog.tasks.sweep_definitions",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
}

# Sending requests
TRY_IT_ANONYMOUS = read_choice("TRY_IT_ANONYMOUS", "off", ("off", "read", "on"))
TOKEN_IDLE_SECONDS = read_integer("TOKEN_IDLE_SECONDS", 8 * 3600, minimum=60)
EGRESS_CONNECT_SECONDS = read_integer("EGRESS_CONNECT_SECONDS", 5, minimum=1)
EGRESS_FIRST_BYTE_SECONDS = read_integer("EGRESS_FIRST_BYTE_SECONDS", 30, minimum=1)
EGRESS_TOTAL_SECONDS = read_integer("EGRESS_TOTAL_SECONDS", 60, minimum=1)
EGRESS_RESPONSE_BYTES = read_integer("EGRESS_RESPONSE_BYTES", 10_000_000, minimum=1000)

# Endpoints that a request from the console must never reach: the portal itself and its services
EGRESS_DENIED = [PUBLIC_URL, f"http://127.0.0.1:{PORT}", read_text("DATABASE_URL"), REDIS_URL]

# The demonstration catalog of `make run`, and what must be published before /readyz says so
DEMONSTRATION = read_choice("DEMONSTRATION", "on", ("on", "off"))
PUBLISH_OWN_API = read_flag("PUBLISH_OWN_API", default=True)
PROMISED_PRODUCTS = read_list("PROMISED_PRODUCTS")

# Reading definitions
IMPORT_ANSWER_SECONDS = read_integer("IMPORT_ANSWER_SECONDS", 60, minimum=0)
DEFINITION_MAX_BYTES = read_integer("DEFINITION_MAX_BYTES", 50_000_000, minimum=1000)
IMPORT_LOCK = PORTICO_DATA_DIR / "import.lock"
IMPORT_MEMORY_BYTES = read_integer("IMPORT_MEMORY_BYTES", 1_000_000_000, minimum=200_000_000)
IMPORT_SECONDS = read_integer("IMPORT_SECONDS", 120, minimum=1)
IMPORT_WAIT_SECONDS = read_integer("IMPORT_WAIT_SECONDS", 600)
MIRROR_GIT_BYTES = read_integer("MIRROR_GIT_BYTES", 50_000_000, minimum=1000)
MIRROR_HOLD = read_flag("MIRROR_HOLD", default=True)

LOG_LEVEL = read_choice("LOG_LEVEL", "info", ("debug", "info", "warning", "error"))
LOGGING_CONFIG = None
logging_settings(LOG_LEVEL)
