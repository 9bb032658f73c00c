"""The clock's door: jobs that the worker runs."""

import logging

from celery import shared_task
from django.utils import timezone

from requests_app.services import documents, examination, keeping, results, scanning, snapshot

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


@shared_task(name="requests.follow_up_results")
def follow_up_results() -> int:
    """Ask what has changed where six months have passed, close where nine have; one that fails stops no other."""
    done = 0
    for reference, steps in results.follow_up(timezone.now(), BATCH).items():
        try:
            done += sum(step() for step in steps)
        except Exception as error:  # due again at the next run, the log names it
            logger.error("result: %s: %s", reference, type(error).__name__)
    return done


@shared_task(name="requests.make_snapshot")
def make_snapshot() -> str:
    """Make the public figures of the quarter before last, unless they are there; which quarter that is."""
    return snapshot.make_due(timezone.now()).quarter


@shared_task(name="requests.forget_kept_forms")
def forget_kept_forms() -> int:
    """Delete what was typed into forms whose session had ended and nobody came back for; how many forms."""
    return keeping.forget_what_is_over()


@shared_task(name="requests.scan_documents")
def scan_documents() -> int:
    """Ask the virus scanner about the documents whose turn it is; nothing without a scanner."""
    return scanning.scan_due()


@shared_task(name="requests.sweep_files")
def sweep_files() -> int:
    """Delete files that no document owns."""
    return documents.sweep_files()
