"""The clock's door: jobs that the worker runs."""

import logging

from celery import shared_task
from django.utils import timezone

from requests_app.services import examination, snapshot

BATCH = 100
logger = logging.getLogger(__name__)


@shared_task(name="requests.examine_anew")
def examine_anew() -> int:
    """Examine anew what older rules or data examined; one request that fails does not stop the others."""
    done = 0
    for reference in examination.outdated(BATCH):
        try:
            done += examination.examine_anew(reference)
        except Exception as error:  # parked by itself: the next run tries again, the log names it
            logger.error("examine anew: %s: %s", reference, type(error).__name__)
    return done


@shared_task(name="requests.make_snapshot")
def make_snapshot() -> str:
    """Make the public figures of the quarter before last, unless they are there; which quarter that is."""
    return snapshot.make_due(timezone.now()).quarter
