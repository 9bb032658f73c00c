"""One request by its reference, for who asks: the query behind every page and every step, its statement made once."""

from typing import Any, Final

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.standing import stand_in, standing_of
from base.compiled import compiled
from requests_app.models.request import Request

BESIDE: Final = ("organization", "country")
_REFERENCE: Final = "<reference>"


def one_known(
    user: User | AnonymousUser, reference: str, *, full: bool = False, beside: tuple[str, ...] = BESIDE
) -> Request | None:
    """The request of this reference if `user` may know that it exists (with `full` read it), with its sections.

    What is named in `beside` comes with it.
    """
    same, real = stand_in(standing_of(user))

    def query() -> list[Any]:
        found = Request.objects.known(same, full=full).filter(reference=_REFERENCE)
        return [found.with_sections().select_related(*beside)]

    [whole] = compiled(("request", full, beside, same), query, [*real, _REFERENCE])
    rows = whole.rows({**real, _REFERENCE: reference})
    return rows[0] if rows else None
