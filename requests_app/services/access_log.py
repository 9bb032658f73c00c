"""Who read a request: the record that the data-protection officer reads."""

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from accounts.standing import standing_of
from requests_app.models import Access, Request


def note_look(request: Request, user: User) -> None:
    """Record that an officer reads `request` at a requester's door; a member of the organization is not recorded."""
    if request.organization_id not in standing_of(user).reader_of:
        note_reading(request, user)


def note_reading(request: Request, user: User) -> Access | None:
    """Record that an officer opened `request` in full. None, and nothing is stored, where he reads the summary only.

    `request` was loaded for `user`.
    """
    if not request.sight.full:
        return None
    return Access.objects.create(request=request, user=user, at=timezone.now())


def note_file(requests: Mapping[int, UUID], user: User) -> None:
    """Record that `user` takes these requests, which he reads in full, in a file; as `note_look`, of many at once.

    The keys of requests, each with that of its organization. One query, none where there is nothing to record.
    """
    own = standing_of(user).reader_of
    others = [key for key, organization in requests.items() if organization not in own]
    if others:
        now = timezone.now()
        Access.objects.bulk_create(Access(request_id=key, user=user, at=now) for key in others)
