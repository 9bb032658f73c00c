"""The Celery application. The broker is only a doorbell: what is due stands in the database."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init
from django.conf import settings

from ta_portal import guard

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ta_portal.settings")

app = Celery("ta_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The try-out's broker is a folder, and nobody else makes it.
if not settings.REDIS_URL:
    for place in ("messages", "control"):
        (settings.QUEUE_DIR / place).mkdir(parents=True, exist_ok=True)


@worker_init.connect
@beat_init.connect
def refuse_unsafe_production(**_kwargs: object) -> None:
    """End worker or beat where the web process would refuse to start. Celery swallows any other exception here."""
    try:
        guard.refuse_unsafe_production()
    except guard.UnsafeProduction as refusal:
        raise SystemExit(str(refusal)) from refusal
