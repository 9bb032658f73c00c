"""What the machines around the portal are told."""

import uuid
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from outbox.models import Notice
from ta_portal import health
from tests.factories import a_union, organization_of
from webhooks.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Each test asks for the migrations anew."""
    health.require_migrations.cache_clear()
    yield
    health.require_migrations.cache_clear()


def notice(age: timedelta) -> Notice:
    """A notice that is due since `age`."""
    made = Notice.objects.create(kind="received", address="somebody@example.org", language="en", cause="a")
    Notice.objects.filter(pk=made.pk).update(created_at=timezone.now() - age)
    return made


def test_the_process_lives_without_a_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_says_the_state_of_each_part(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    told = {"status": "ok", "database": "ok", "migrations": "applied", "notices": "on time"}
    assert told.items() <= answer.json().items()


@pytest.mark.django_db
def test_a_missing_migration_is_not_ready(client):
    newest = MigrationLoader(connection).graph.leaf_nodes("outbox")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "missing")


@pytest.mark.django_db
def test_a_database_that_is_down_is_not_ready(client, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


@pytest.mark.django_db
def test_late_notices_are_told_and_fresh_ones_leave_no_trace(client):
    quiet = client.get("/readyz").content
    notice(timedelta(minutes=1))
    assert client.get("/readyz").content == quiet
    Notice.objects.all().delete()
    notice(timedelta(minutes=16))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["notices"]) == (200, "late")


def a_late_event(minutes: int) -> WebhookDelivery:
    """An event that is due at an organization's address since so many minutes."""
    user = a_union()
    of = {"organization": organization_of(user), "made_by": user}
    endpoint = WebhookEndpoint.objects.create(url="https://hooks.example.org/", secret="sealed", **of)
    due = timezone.now() - timedelta(minutes=minutes)
    about = {"reference": "FA-7QK2-M4TX", "version": 1, "event": uuid.uuid4(), "at": due, "next_attempt_at": due}
    return WebhookDelivery.objects.create(endpoint=endpoint, type="request.sent", **about)


@pytest.mark.django_db
def test_webhooks_that_nobody_sends_are_told_and_fresh_ones_leave_no_trace(client):
    quiet = client.get("/readyz").content
    row = a_late_event(14)
    assert client.get("/readyz").content == quiet
    WebhookDelivery.objects.filter(pk=row.pk).update(next_attempt_at=timezone.now() - timedelta(minutes=16))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["webhooks"]) == (200, "late")


@pytest.mark.django_db
def test_a_receiver_that_is_down_does_not_make_the_portal_late(client):
    row = a_late_event(600)
    WebhookAttempt.objects.create(delivery=row, number=1, error="TimeoutError", milliseconds=5000)
    assert client.get("/readyz").json()["webhooks"] == "on time"
    WebhookAttempt.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert client.get("/readyz").json()["webhooks"] == "late"
    WebhookDelivery.objects.update(state="parked")
    assert client.get("/readyz").json()["webhooks"] == "on time"


@pytest.mark.django_db
def test_a_broker_that_is_down_does_not_keep_people_from_filing(client, settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setenv("CELERY_BROKER_URL", settings.REDIS_URL)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["broker"]) == (200, "unreachable")


@pytest.mark.needs_redis
@pytest.mark.django_db
def test_a_broker_that_answers_is_ok(client):
    assert client.get("/readyz").json()["broker"] == "ok"
