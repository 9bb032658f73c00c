"""Who read a request: the record that the data-protection officer reads."""

from django.utils import timezone

from accounts.models import User
from requests_app.models import Access, Request


def note_reading(request: Request, user: User) -> Access | None:
    """Record that an officer opened `request` in full. None, and nothing is stored, where he reads the summary only.

    `request` was loaded for `user`.
    """
    if not request.sight.full:
        return None
    return Access.objects.create(request=request, user=user, at=timezone.now())
