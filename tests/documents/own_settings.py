"""Settings of a process that holds nothing but documents and what they stand on."""

from config.settings import (
    AUTH_USER_MODEL,
    BASE_DIR,
    DATABASES,
    DEFAULT_AUTO_FIELD,
    DEMONSTRATION,
    FILES_ROOT,
    FONT_DIRS,
    SECRET_KEY,
    TIME_ZONE,
    USE_TZ,
)

__all__ = [
    "AUTH_USER_MODEL",
    "BASE_DIR",
    "DATABASES",
    "DEFAULT_AUTO_FIELD",
    "DEMONSTRATION",
    "FILES_ROOT",
    "FONT_DIRS",
    "INSTALLED_APPS",
    "SECRET_KEY",
    "TIME_ZONE",
    "USE_TZ",
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "guardian",
    "audit",
    "permissions",
    "documents",
]
