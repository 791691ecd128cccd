"""Settings of one installation, read from the environment; see docs/reference/settings.md."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from waymark.gcm.errors import InputError

DATA_DIR = Path(os.environ.get("WAYMARK_DATA") or "var").resolve()
"""`WAYMARK_DATA`: folder of the SQLite file, statistics and documents; default `var` in the current folder."""

FONTS_DIR = Path(os.environ.setdefault("WAYMARK_FONTS", str(DATA_DIR / "fonts"))).resolve()
"""Folder of fonts for large scripts; the processes that print read the variable."""

HEADS_DIR = Path(os.environ.get("WAYMARK_HEADS") or DATA_DIR / "heads").resolve()
"""`WAYMARK_HEADS`: folder of the published heads of the log and of the register of erasures; better on another disk."""

INSTANCE = os.environ.get("WAYMARK_INSTANCE", "local")
"""`WAYMARK_INSTANCE`: short name of this installation, the issuer in every URN; default `local`."""

PATIENCE = float(os.environ.get("WAYMARK_PATIENCE") or 60)
"""`WAYMARK_PATIENCE`: seconds that a command waits for another one that is writing; default 60."""


def database(url: str) -> dict[str, Any]:
    """Django's settings for `DATABASE_URL` (`sqlite:///path`, `postgresql://user:password@host:port/name`)."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "OPTIONS": {
                "timeout": PATIENCE,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": {"options": f"-c lock_timeout={round(PATIENCE * 1000)}"},
        }
    raise InputError(
        f"DATABASE_URL={url}",
        f"the scheme {parts.scheme or '(none)'} is not known",
        expected="sqlite:///path/to/file or postgresql://user:password@host:port/name",
        todo="Correct the variable, or unset it to use SQLite in the data folder.",
    )


DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'waymark.sqlite3'}")}
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "waymark.records",
]
"""The record, and the tables of accounts: addresses, second factors, sessions (`records/accounts.py`)."""
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "waymark.interfaces.web.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "waymark.interfaces.web.refusing.Refusals",
]
PACKAGE = Path(__file__).parents[1]
ROOT_URLCONF = "waymark.config.urls"
WSGI_APPLICATION = "waymark.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "waymark.interfaces.web.asking.page",
            ],
            "builtins": ["waymark.interfaces.web.templatetags.shapes"],
        },
    }
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
REVIEWS_DIR: Path | None = None
"""Folder of built reviews that `waymark serve` shows under /reviews/."""
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
ALLOWED_HOSTS = [name for name in os.environ.get("WAYMARK_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name]
"""`WAYMARK_HOSTS`: names under which the pages are reached, divided by commas; default those of loopback."""
LOOPBACK_ONLY = "WAYMARK_HOSTS" not in os.environ
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOOPBACK_ONLY
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "waymark.interfaces.web.refusing.forged"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
AUTH_USER_MODEL = "records.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "waymark.interfaces.web.accounts.Accounts"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
NO_SECRET = "only-for-commands-that-serve-nothing"


def secret_key() -> str:
    """`WAYMARK_SECRET_KEY`, else what `waymark setup` made and keeps in the data folder in the file `secret-key`."""
    given = os.environ.get("WAYMARK_SECRET_KEY")
    if given:
        return given
    try:
        return (DATA_DIR / "secret-key").read_text("utf-8").strip() or NO_SECRET
    except OSError:
        return NO_SECRET


SECRET_KEY = secret_key()
"""Signs what pages hand out: sessions, forms, links that are used once."""
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
