"""Read every setting from the environment; one file for laptop, office and province.

`PRODUCTION=1` refuses to start without `SECRET_KEY`, `ALLOWED_HOSTS` and `DATABASE_URL`.
Without it the place of the data (`DATA_DIR`, default `./data`) holds database, files and key.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from audit.planning import PlanningConnection, PlanningCursor

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = os.environ.get("PRODUCTION") == "1"
DEMONSTRATION = os.environ.get("DEMONSTRATION") == "1"
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "data").resolve()
FILES_ROOT = DATA_DIR / "files"
FONT_DIRS = [path for path in os.environ.get("FONT_DIRS", "").split(":") if path]
DEBUG = False


def _required(name: str) -> str:
    """Return the environment variable, or stop a production start that lacks it."""
    value = os.environ.get(name, "")
    if PRODUCTION and not value:
        raise ImproperlyConfigured(f"生产环境（PRODUCTION=1）必须设置环境变量 {name}。")
    return value


def _kept_key() -> str:
    """Return the secret key kept in the data directory; make it on the first start."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as key_file:
            key_file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


# Seconds (and for the last, milliseconds) after which a silent database server counts as gone.
PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


def _database(url: str) -> dict[str, Any]:
    """Turn `DATABASE_URL` into Django's form; an empty one means SQLite in `DATA_DIR`."""
    if not url or url.startswith("sqlite:"):
        path = urlsplit(url).path if url else ""
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path or str(DATA_DIR / "database.sqlite3"),
            "OPTIONS": {
                "timeout": 20,
                # IMMEDIATE: two writers queue up instead of failing with "database is locked".
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL 只支持 postgres:// 或 sqlite:///。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connection_factory": PlanningConnection,
            "cursor_factory": PlanningCursor,
            **PATIENCE,
            **dict(parse_qsl(parts.query)),
        },
    }


SECRET_KEY = _required("SECRET_KEY") or _kept_key()
ALLOWED_HOSTS = (
    _required("ALLOWED_HOSTS").split(",")
    if os.environ.get("ALLOWED_HOSTS") or PRODUCTION
    else ["127.0.0.1", "localhost", "[::1]"]
)
DATABASES = {"default": _database(_required("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("ORIGINS", "").split(",") if origin]
TRUSTED_PROXIES = [proxy for proxy in os.environ.get("TRUSTED_PROXIES", "").split(",") if proxy]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "guardian",
    "viewflow",
    "viewflow.workflow",
    "audit",
    "permissions",
    "documents",
    "workflows",
    "laws",
    "indicators",
    "accreditation",
    "legality_review",
    "dashboards",
    "demonstration",
]
# The engine's own pages are not used, so its site middleware must not insert itself.
VIEWFLOW = {"AUTOREGISTER": False}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "permissions.middleware.ContentPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "permissions.middleware.PersonMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "audit.middleware.TraceMiddleware",
    "permissions.middleware.SessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
                "workflows.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "permissions.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Guardian's row for strangers would hold rights of everyone who is not signed in.
ANONYMOUS_USER_NAME = None
# Guardian's backend knows neither dates nor the tree; permissions.policy asks its rows.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "permissions.passwords.MixedCharactersValidator"},
    {"NAME": "permissions.passwords.NotUsedBeforeValidator"},
]
LOGIN_URL = "permissions:sign_in"
LOGIN_REDIRECT_URL = "/"
# GB/T 22239 8.1.4.1: lock after failures, end idle sessions, change passwords periodically.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Beside that lock (permissions/lockout.py): what one address may fail at all accounts together
# before it waits, and after how many failures from everywhere an account is tried slowly.
AXES_HANDLER = "permissions.lockout.Lockout"
ADDRESS_FAILURE_LIMIT = int(os.environ.get("ADDRESS_FAILURE_LIMIT", "60"))
ACCOUNT_FAILURE_LIMIT = int(os.environ.get("ACCOUNT_FAILURE_LIMIT", "15"))
ACCOUNT_PAUSE_SECONDS = 60
KNOWN_ADDRESS_DAYS = 30
# Trying again while locked does not prolong the lock.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "permissions.sessions.address_of"
AXES_LOCKOUT_CALLABLE = "permissions.sessions.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # the trace tells of sign-ins
AXES_ENABLE_ADMIN = False
IDLE_TIMEOUT_MINUTES = int(os.environ.get("IDLE_TIMEOUT_MINUTES", "15"))
PASSWORD_MAX_AGE_DAYS = int(os.environ.get("PASSWORD_MAX_AGE_DAYS", "90"))
SESSION_ENGINE = "permissions.session_store"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "permissions.views.csrf_failure"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = os.environ.get("PLAIN_HTTP") != "1"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Only our own files: the engine ships 51 MB of pages and assets that are never served.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = not PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
