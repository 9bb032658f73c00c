"""Whether the process lives (`/healthz`) and whether it can serve (`/readyz`). No number here tells of a filing."""

from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError

from outbox.health import oldest_due_age
from ta_portal.celery import app
from webhooks.health import nobody_sends

LATE = 15 * 60  # seconds; sixty sweeps: by then the worker is gone or the mail server refuses


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing of anybody."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when filing works: database, migrations. A silent broker, late mail or webhooks are told, not failed."""
    state = {"database": "ok", "migrations": "applied", "broker": broker(), "notices": "unknown", "webhooks": "unknown"}
    try:
        connection.ensure_connection()
        require_migrations()
        state["notices"] = "late" if notices_are_late() else "on time"
        state["webhooks"] = "late" if nobody_sends(timezone.now(), timedelta(seconds=LATE)) else "on time"
    except MigrationsMissing:
        state["migrations"] = "missing"
    except DatabaseError:
        state["database"] = "unreachable"
    ready = state["database"] == "ok" and state["migrations"] == "applied"
    return JsonResponse({"status": "ok" if ready else "not ready", **state}, status=200 if ready else 503)


def broker() -> str:
    """`folder` in the try-out, else `ok` or `unreachable`. Waits at most the broker's socket time-out."""
    if not settings.REDIS_URL:
        return "folder"
    try:
        with app.connection_for_write() as connected:
            connected.ensure_connection(max_retries=1, interval_start=0, timeout=1)
    except (BrokerError, OSError):
        return "unreachable"
    return "ok"


class MigrationsMissing(Exception):
    """The database does not know every migration of this code."""


@cache
def require_migrations() -> None:
    """Raise MigrationsMissing, or DatabaseError. Only success is kept: once applied, it is not asked again."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MigrationsMissing


def notices_are_late() -> bool:
    """Whether a notice waits longer than LATE. A yes or no only: an age in seconds would tell that somebody filed."""
    return (oldest_due_age(timezone.now()) or 0) > LATE
