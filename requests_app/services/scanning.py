"""Asking the virus scanner about each document, where one is configured; what it found is refused and deleted."""

import logging
import time
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from base.clamd import ScannerFailed, is_infected
from outbox.queueing import Addressee
from requests_app.models import Document, Request
from requests_app.models.document import REFUSED
from requests_app.models.record import DOCUMENT_REFUSED
from requests_app.services import cosigning, notices
from requests_app.services.documents import examine_documents, forget_bytes
from requests_app.services.transition import record

logger = logging.getLogger(__name__)

BATCH: Final = 50
SECONDS: Final = 120  # below the soft task time limit; the next run goes on
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (5, 5, 15, 60))


def scan_due() -> int:
    """Scan the documents whose turn it is; how many got a verdict. Any number may run at once."""
    if not settings.CLAMD_URL:
        return 0
    ends, done = time.monotonic() + SECONDS, 0
    for document in Document.objects.to_scan().order_by("scan_at", "id")[:BATCH]:
        if time.monotonic() > ends:
            break
        done += scan(document)
    return done


def scan(document: Document) -> bool:
    """Scan one document; whether there was a verdict. Without one it is tried again later, and stays closed."""
    pause = PAUSES[min(document.tries, len(PAUSES) - 1)]
    mine = Document.objects.to_scan().filter(pk=document.pk, tries=document.tries)
    if not mine.update(scan_at=timezone.now() + pause, tries=F("tries") + 1):
        return False  # another worker was quicker
    try:
        infected = is_infected(document.path, settings.CLAMD_URL)
    except ScannerFailed as error:
        logger.warning("document %s was not scanned: %s", document.uid, error)
        return False
    if infected:
        refuse(document)
    else:
        Document.objects.kept().filter(pk=document.pk).update(scanned_at=timezone.now())
    return True


@transaction.atomic
def refuse(document: Document) -> None:
    """Refuse what the scanner found: delete the bytes, tell who added it, and record it where the request was sent.

    Who signed a request with this document is asked again.
    """
    request = Request.objects.select_for_update(of=("self",)).get(pk=document.request_id)
    now = timezone.now()
    if not Document.objects.kept().filter(pk=document.pk).update(state=REFUSED, scanned_at=now):
        return
    forget_bytes(document)
    if not request.is_draft:
        request = Request.objects.with_sections().select_related("organization").get(pk=request.pk)
        examine_documents(request)
        request.version += 1
        request.save()
        record(request, DOCUMENT_REFUSED, by=None, before=request.status, fields=["documents"])
    cosigning.follow_change(request, by=None)
    author = document.author
    whom = [Addressee(author.email, author.language or request.language, user_id=author.pk)]
    notices.tell_of("document_refused", request, whom, str(document.uid))
