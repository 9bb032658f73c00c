"""Programs that a test starts beside itself: on its database, its broker and its folders."""

import os

from django.conf import settings
from django.db import connection


def database_address() -> str:
    """The test database, as another process names it."""
    held = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{held['NAME']}"
    password = f":{held['PASSWORD']}" if held["PASSWORD"] else ""
    return f"postgres://{held['USER']}{password}@{held['HOST']}:{held['PORT']}/{held['NAME']}"


def surroundings(redis_url: str = settings.REDIS_URL) -> dict[str, str]:
    """The environment of such a program."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE_URL": database_address(),
        "TEST_REDIS_URL": redis_url,
        "TEST_VAR_DIR": str(settings.VAR_DIR),
        "LOG_LEVEL": "INFO",
    }
