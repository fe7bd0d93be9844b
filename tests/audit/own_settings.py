"""Settings of a process that holds nothing but the trace, on the database of the environment."""

from config.settings import DATABASES, SECRET_KEY, TIME_ZONE, USE_TZ

__all__ = ["DATABASES", "INSTALLED_APPS", "SECRET_KEY", "TIME_ZONE", "USE_TZ"]

INSTALLED_APPS = ["audit"]
