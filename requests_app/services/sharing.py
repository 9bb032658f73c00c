"""Sharing a draft with colleagues of the same organization, taking that back, and taking over what somebody left."""

import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from requests_app import permissions
from requests_app.models import DraftShare, Request
from requests_app.refusals import Incomplete
from requests_app.services.transition import lock


def colleagues(request: Request) -> QuerySet[Membership]:
    """The members of the draft's organization whose accounts are open, without its author, by name."""
    members = Membership.objects.current().filter(organization=request.organization_id, user__is_active=True)
    return members.exclude(user=request.author_id).select_related("user").order_by("user__name", "pk")


def shares(request: Request) -> QuerySet[DraftShare]:
    """With whom the draft is shared now; who left the organization keeps a row and sees nothing."""
    return DraftShare.objects.current().filter(request=request).select_related("user").order_by("user__name", "pk")


@transaction.atomic
def share(request: Request, member: uuid.UUID | None, may_edit: bool | None, *, by: User) -> DraftShare:
    """Share the draft with the colleague of this membership, to edit or to read; a second time changes the role.

    Who reads for the organization only reads the draft as well. Raises NotPermitted, NotNow, Incomplete.
    """
    request = lock(request, by=by)
    permissions.check(request, "share")
    chosen = colleagues(request).filter(pk=member).first() if member else None
    if chosen is None or chosen.user_id == by.pk:
        raise Incomplete(_("Choose a colleague"), ["member"])
    if may_edit is None:
        raise Incomplete(_("Choose what your colleague may do"), ["role"])
    if may_edit and chosen.role == Membership.Role.READER:
        raise Incomplete(
            _("Choose “read”: %(name)s reads for your organization and cannot edit.") % {"name": chosen.user.name},
            ["role"],
        )
    row, made = DraftShare.objects.current().get_or_create(
        request=request, user=chosen.user, until=None, defaults={"may_edit": may_edit, "since": timezone.now()}
    )
    if not made and row.may_edit != may_edit:
        _end(row)
        row = DraftShare.objects.create(request=request, user=chosen.user, may_edit=may_edit, since=timezone.now())
    return row


@transaction.atomic
def take_back(request: Request, person: uuid.UUID, *, by: User) -> None:
    """End the share with this person; ending it twice is no error. Raises NotPermitted or NotNow."""
    request = lock(request, by=by)
    permissions.check(request, "share")
    for row in shares(request).filter(user=person):
        _end(row)


@transaction.atomic
def take_over(request: Request, *, by: User) -> None:
    """Make `by`, an administrator of the organization, the author of a draft whose author has left.

    Raises NotPermitted or NotNow.
    """
    request = lock(request, by=by)
    permissions.check(request, "take_over")
    for row in shares(request).filter(user=by):
        _end(row)
    request.author = by
    request.save(update_fields=["author"])


def _end(row: DraftShare) -> None:
    row.until = timezone.now()
    row.save(update_fields=["until"])
