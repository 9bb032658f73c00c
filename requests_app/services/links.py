"""Linking a request to what supervisory bodies said (R066): the writer in a draft, the Branch at the desk."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from requests_app import permissions
from requests_app.models import LinkKind, Request, SupervisoryLink
from requests_app.models.sections.conventions import LISTED
from requests_app.services.transition import apply, lock
from supervisory.models import SupervisoryItem


@transaction.atomic
def add(request: Request, item: SupervisoryItem, kind: LinkKind, *, by: User) -> SupervisoryLink:
    """Link an item; a link that stands already is given back and nothing happens. Raises NotPermitted.

    In a draft it is who edits it, without an event; of what was sent it is the Branch, with the event `link`.
    """
    request = lock(request, by=by)
    permissions.check(request, "edit" if request.is_draft else "link")
    standing = _links(request).filter(item=item, kind=kind).first()
    if standing:
        return standing
    if not request.is_draft:
        apply(request, "link", by=by, fields=["supervisory_links"])
    return _make(request, item.pk, kind, by)


@transaction.atomic
def end(link: SupervisoryLink, *, by: User) -> None:
    """End a link; one that ended before stays as it is. Raises NotPermitted.

    In a draft the row goes; of what was sent it ends, with the event `unlink`.
    """
    request = lock(link.request, by=by)
    permissions.check(request, "edit" if request.is_draft else "unlink")
    standing = _links(request).filter(pk=link.pk)
    if not standing.exists():
        return
    if not request.is_draft:
        apply(request, "unlink", by=by, fields=["supervisory_links"])
    _drop(request, standing)


def follow(request: Request, before: Collection[str], after: Collection[str], *, by: User) -> None:
    """Let the links follow the ticks of Q8: before, after are keys of items. Inside the transaction of the answer.

    Links that somebody made otherwise are left alone; the answer's own event tells that it changed.
    """
    mine = _links(request).filter(kind=LinkKind.ASKED)
    if gone := set(before) - set(after):
        _drop(request, mine.filter(item__in=gone))
    if new := set(after) - set(before):
        there = set(mine.filter(item__in=new).values_list("item_id", flat=True))
        known = SupervisoryItem.objects.filter(pk__in=new - there).values_list("pk", flat=True)
        for key in sorted(known):
            _make(request, key, LinkKind.ASKED, by)


def first_answers(item: SupervisoryItem) -> dict[str, Any]:
    """What an item answers of the Conventions section: Q5 as far as the form lists it, Q7, Q8. One query."""
    about = set(item.links.values_list("instrument_id", flat=True))
    return {"instruments": [code for code in LISTED if code in about], "commented": "yes", "recorded": [item.key]}


def _links(request: Request) -> Any:
    return SupervisoryLink.objects.current().filter(request=request)


def _make(request: Request, item: str, kind: LinkKind, by: User) -> SupervisoryLink:
    now = timezone.now()
    return SupervisoryLink.objects.create(request=request, item_id=item, kind=kind, added_by=by, since=now)


def _drop(request: Request, rows: Any) -> None:
    """A draft has no history; of what was sent nothing is deleted."""
    if request.is_draft:
        rows.delete()
    else:
        rows.update(until=timezone.now())
