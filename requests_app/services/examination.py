"""Examining a request and storing what was found."""

import hashlib

from django.db import transaction
from django.utils import timezone

from requests_app.facts import gather
from requests_app.models import Examination, Request, StoredFinding
from requests_app.models.examination import CHANGED
from requests_app.models.record import EXAMINED_ANEW
from requests_app.rules.examine import count, examine
from requests_app.rules.finding import CLARIFY, MISSING
from requests_app.rules.registry import rules_digest
from requests_app.services.transition import record
from standards.lookup import data_digest


def basis() -> str:
    """A short name of the rules and the reference data of now. One query."""
    return hashlib.sha256(f"{rules_digest()}/{data_digest()}".encode()).hexdigest()[:32]


def store(request: Request, cause: str) -> Examination:
    """Examine `request` and store the findings. The caller saves `request.examination`, in the same transaction."""
    findings = examine(gather(request))
    examination = Examination.objects.create(
        request=request,
        cause=cause,
        at=timezone.now(),
        basis=basis(),
        missing=count(findings, MISSING),
        to_clarify=count(findings, CLARIFY),
    )
    StoredFinding.objects.bulk_create(
        StoredFinding(
            examination=examination,
            place=place,
            rule=found.rule,
            version=found.version,
            level=found.level,
            question=found.question,
            params=dict(found.params),
            evidence=list(found.evidence),
        )
        for place, found in enumerate(findings)
    )
    request.examination = examination
    return examination


def outdated(limit: int) -> list[str]:
    """The references of open requests that older rules or data examined, at most `limit`, the longest waiting first."""
    stale = Request.objects.open().exclude(examination__basis=basis())
    return list(stale.order_by("waiting_since", "id").values_list("reference", flat=True)[:limit])


@transaction.atomic
def examine_anew(reference: str) -> bool:
    """Examine one open request with the rules and data of now; False when another worker was quicker."""
    request = Request.objects.select_for_update(of=("self",)).get(reference=reference)
    request = Request.objects.with_sections().select_related("organization", "examination").get(pk=request.pk)
    if not request.is_open or request.examination is None or request.examination.basis == basis():
        return False
    store(request, CHANGED)
    request.version += 1
    request.save()
    record(request, EXAMINED_ANEW, by=None, before=request.status)
    return True
