"""The desk's saved views: plain links, each one condition over what the officer may know of; and how they are read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, F, Q, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.standing import Standing, stand_in, standing_of
from base.compiled import compiled
from requests_app import states
from requests_app.models import Request
from requests_app.models.access import counting, readable, relations_of
from requests_app.models.request import RequestQuerySet

_REFERENCE: Final = "<reference>"
ENDED: Final = frozenset(states.STATUSES) - states.OPEN - {states.DRAFT}


@dataclass(frozen=True)
class SavedView:
    """A view: its name in the address, its words, and its rows for somebody of this standing."""

    slug: str
    label: Promise
    rows: Callable[[Standing], Q]
    branch_only: bool = False


VIEWS: Final = {
    view.slug: view
    for view in (
        SavedView("to-examine", _("To examine"), lambda who: Q(status=states.SENT)),
        SavedView("mine", _("Mine"), lambda who: Q(officer=who.user_id, status__in=states.OPEN | {states.GIVEN})),
        SavedView("waiting", _("Waiting for requester"), lambda who: Q(status=states.QUESTION_OUT)),
        SavedView(
            "in-preparation",
            _("In preparation"),
            lambda who: Q(status__in=(states.ACCEPTED, states.IN_PREPARATION)),
        ),
        SavedView("open", _("All open"), lambda who: Q(status__in=states.OPEN)),
        SavedView("closed", pgettext_lazy("requests", "Closed"), lambda who: Q(status__in=ENDED)),
        SavedView("drafts", _("Drafts shown to us"), lambda who: Q(status=states.DRAFT), branch_only=True),
        SavedView("all", _("All"), lambda who: Q()),
    )
}
FIRST: Final = VIEWS["to-examine"]
SINCE: Final = F("shown_since")  # see on_the_desk


def views_for(who: Standing) -> list[SavedView]:
    """The views that somebody of this standing is offered."""
    return [view for view in VIEWS.values() if who.is_branch or not view.branch_only]


def on_the_desk(user: User | AnonymousUser) -> RequestQuerySet:
    """The requests of whose existence `user` may know as an officer; of drafts those that were shown to the Office.

    `shown_since` is the day by which a row is sorted: since when it waits, for a row of which only the summary may be
    read the day it was sent.
    """
    return known_there(standing_of(user))


def known_there(who: Standing) -> RequestQuerySet:
    """The same for somebody of this standing."""
    rows = Request.objects.known(who, desk=True).exclude(status=states.DRAFT, shown_to_office_at=None)
    return rows.annotate(shown_since=_shown_since(who))


def one_there(user: User, reference: str) -> Request | None:
    """The request of this reference on the desk of `user`, with all that its pages show; its statement is made once."""
    same, real = stand_in(standing_of(user))

    def query() -> list[Any]:
        found = known_there(same).filter(reference=_REFERENCE).with_sections()
        return [found.select_related("organization", "country", "officer", "examination", "result")]

    [whole] = compiled(("on the desk", same), query, [*real, _REFERENCE])
    rows = whole.rows({**real, _REFERENCE: reference})
    return rows[0] if rows else None


def count_views(user: User | AnonymousUser) -> dict[str, int]:
    """How many requests stand in each view, by slug. One query."""
    who = standing_of(user)
    numbers = {
        slug.replace("-", "_"): Count("pk", filter=view.rows(who)) for slug, view in VIEWS.items() if slug != "all"
    }
    found = on_the_desk(user).aggregate(**numbers, all=Count("pk"))
    return {slug: found[slug.replace("-", "_")] for slug in VIEWS}


def neighbours(request: Request, user: User, view: SavedView) -> tuple[str, str]:
    """The references before and after `request` (from `on_the_desk`) in a view, empty at its ends. Two queries."""
    since = request.shown_since  # type: ignore[attr-defined]
    if since is None:
        return "", ""
    rows = on_the_desk(user).filter(view.rows(standing_of(user)))
    before = rows.filter(Q(shown_since__lt=since) | Q(shown_since=since, pk__lt=request.pk))
    after = rows.filter(Q(shown_since__gt=since) | Q(shown_since=since, pk__gt=request.pk))
    return _first(before.order_by(SINCE.desc(), "-pk")), _first(after.order_by(SINCE.asc(), "pk"))


def _first(rows: RequestQuerySet) -> str:
    return rows.values_list("reference", flat=True).first() or ""


def _shown_since(who: Standing) -> F | Case:
    stands_in = relations_of(who)
    if len(counting(stands_in, full=True)) == len(stands_in):
        return F("waiting_since")
    return Case(When(readable(who), then=F("waiting_since")), default=F("sent_at"))
