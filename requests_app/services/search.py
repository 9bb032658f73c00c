"""Keeping the words by which requests are found."""

from collections.abc import Iterable
from typing import Any

from accounts.models import Organization
from requests_app.models import Request
from requests_app.models.search import RequestWords, as_indexed


def keep_words(requests: Iterable[Request]) -> None:
    """Keep the words of these requests; to be called where a title is saved."""
    RequestWords.objects.bulk_create(
        [RequestWords(request=one, text=as_indexed(one.title, one.organization.name)) for one in requests],
        update_conflicts=True,
        unique_fields=["request"],
        update_fields=["text"],
        batch_size=500,
    )


def follow_name(instance: Organization, created: bool, update_fields: Any = None, **_ignored: Any) -> None:
    """Keep the words of the requests of an organization whose name may have changed; it can until it is verified."""
    if not created and (update_fields is None or "name" in update_fields):
        keep_words(Request.objects.filter(organization=instance).select_related("organization").iterator())
