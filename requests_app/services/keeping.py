"""Keeping what was typed when the session had ended, and giving it back to the person who typed it."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from accounts.models import User
from requests_app.models import KeptForm, Request


def keep(user: User, place: str, typed: Mapping[str, Sequence[str]], *, reference: str = "") -> bool:
    """Keep one form for `user`, in place of what was kept for it before; False when the request is not his to know."""
    request = Request.objects.visible_to(user).filter(reference=reference).first() if reference else None
    if reference and request is None:
        return False
    what = {"request": request, "typed": dict(typed), "kept_at": timezone.now()}
    KeptForm.objects.update_or_create(user=user, place=place, defaults=what)
    return True


def forget(user: User, place: str) -> None:
    """It has been given back."""
    KeptForm.objects.filter(user=user, place=place).delete()


def forget_what_is_over() -> int:
    """Delete what nobody came back for within a day; how many forms that were."""
    return KeptForm.objects.over().delete()[0]
