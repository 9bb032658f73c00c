"""Joint filing: inviting another organization, signing, declining, ending; a change of what was signed asks again."""

import hashlib
import json
import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, Organization, User
from base.compiled import compiled
from base.text import one_line
from outbox.queueing import Addressee
from requests_app import permissions
from requests_app.models import CoSignature, People, Request
from requests_app.models.cosignature import DECLINED, EXPIRED, SIGNED, TAKEN_BACK, VOID
from requests_app.models.question import SIGHT
from requests_app.models.record import (
    CO_DECLINED,
    CO_INVITED,
    CO_SHARED,
    CO_SIGNED,
    CO_TAKEN_BACK,
    CO_VOIDED,
    CO_WITHDRAWN,
)
from requests_app.models.request import RAW
from requests_app.models.sections.people import ONLY_OFFICE
from requests_app.refusals import Incomplete, NotNow, NotPermitted
from requests_app.services import notices
from requests_app.services.transition import lock, record

TIME_TO_ANSWER: Final = timedelta(days=30)
ADDRESS_LIMIT: Final = 254
_REQUEST: Final = -19191029  # the stand-in for a key; nobody has it
MOST: Final = 10  # invitations and signatures of one request at a time
CLOSED_TO_OTHERS: Final = gettext_lazy(
    "The requester says that only the Office may know of this request. The letter can go to the requester alone."
)
WRITES: Final = (Membership.Role.WRITER, Membership.Role.ADMINISTRATOR)


@transaction.atomic
def invite(request: Request, address: str, *, by: User) -> None:
    """Invite the organization for which the person with this address writes, to sign within 30 days.

    Whether anybody was found is told nobody: an address that leads to no single other verified organization is kept
    like any other, and nothing is sent to it. Raises NotPermitted, NotNow, Incomplete.
    """
    request = lock(request, by=by)
    permissions.check(request, "invite")
    if only_the_office(request):
        raise Incomplete(
            _("Change “Who may know of this request?” first: it says that only the Office may know."), ["address"]
        )
    address = one_line(address).casefold()
    try:
        MaxLengthValidator(ADDRESS_LIMIT)(address)
        validate_email(address)
    except ValidationError:
        raise Incomplete(_("Write an e-mail address, for example name@example.org"), ["address"]) from None
    current = _without_expired(request)
    if any(row.address == address for row in current):
        return
    if len(current) >= MOST:
        raise Incomplete(_("Take an invitation back first: %(most)s can stand at a time") % {"most": MOST}, ["address"])
    user, organization = _who_writes(request, address, current)
    _ask(request, CO_INVITED, address, user, organization, by=by)


@transaction.atomic
def take_back(request: Request, uid: uuid.UUID, *, by: User) -> None:
    """End an invitation that was not answered; ending it twice is no error. Raises NotPermitted or NotNow."""
    request = lock(request, by=by)
    permissions.check(request, "invite")
    for row in request.cosignatures.current().filter(uid=uid).exclude(state=SIGNED):
        _end(row, TAKEN_BACK)
        _event(request, CO_TAKEN_BACK, by)


@transaction.atomic
def share_documents(request: Request, shared: Collection[str], *, by: User) -> None:
    """Let who signs read these documents (random ids) and no others; that changes what was signed.

    Raises NotPermitted or NotNow.
    """
    request = lock(request, by=by)
    permissions.check(request, "invite")
    changed = False
    for document in request.documents.kept():
        if document.shared != (str(document.uid) in shared):
            document.shared = not document.shared
            document.save(update_fields=["shared"])
            changed = True
    if changed:
        _event(request, CO_SHARED, by)
        follow_change(request, by=by)


@transaction.atomic
def sign(request: Request, uid: uuid.UUID, *, by: User, declared: bool) -> CoSignature:
    """Sign what stands there now, for an organization for which `by` writes. Signing twice is no error.

    Raises NotPermitted, NotNow, or Incomplete without the declaration.
    """
    request = lock(request, by=by)
    row = _held(request, uid, by)
    if row.is_signed:
        return row
    permissions.check(request, "sign")
    if not row.is_waiting:
        raise NotPermitted(permissions.NOT_PERMITTED)
    if not declared:
        raise Incomplete(_("Tick that your organization signs"), ["declared"])
    row.snapshot, row.digest = snapshot_of(request)
    row.state, row.signed_by, row.signed_at = SIGNED, by, timezone.now()
    row.save()
    _tell_filer(request, CO_SIGNED, row)
    _event(request, CO_SIGNED, by)
    return row


@transaction.atomic
def decline(request: Request, uid: uuid.UUID, *, by: User) -> None:
    """Say no; from then on the organization sees nothing. Raises NotPermitted or NotNow."""
    _leave(request, uid, "decline_to_sign", DECLINED, CO_DECLINED, by)


@transaction.atomic
def withdraw_signature(request: Request, uid: uuid.UUID, *, by: User) -> None:
    """Take the signature back; from then on the organization sees nothing. Raises NotPermitted or NotNow."""
    _leave(request, uid, "withdraw_signature", TAKEN_BACK, CO_WITHDRAWN, by)


def end_all(request: Request) -> None:
    """End every invitation and signature, with the withdrawal of the request. Inside its transaction."""
    for row in request.cosignatures.current():
        _end(row, TAKEN_BACK)


def follow_change(request: Request, *, by: User | None) -> None:
    """End the signatures for what reads otherwise now, and ask those organizations again. Inside the change.

    While only the Office may know, nobody is asked again. `by` is None for the clock.
    """
    [asked] = compiled("signed", lambda: [_signed(_REQUEST)], [_REQUEST])
    signed = asked.rows({_REQUEST: request.pk})
    if not signed:
        return
    stored = Request.objects.with_sections().get(pk=request.pk)
    _snapshot, digest = snapshot_of(stored)
    for row in signed:
        if row.digest != digest:
            _end(row, VOID)
            _event(request, CO_VOIDED, by)
            if not only_the_office(stored):
                _ask(request, "co_again", row.address, row.signed_by, row.organization, by=row.invited_by)


def addressed_too(request: Request) -> list[Organization]:
    """The organizations to which a letter of the Office goes too: those whose signature holds. Inside the change.

    Raises NotPermitted while only the Office may know, NotNow when no signature holds.
    """
    if only_the_office(request):
        raise NotPermitted(CLOSED_TO_OTHERS)
    if signed := list(Organization.objects.filter(pk__in=request.cosignatures.signed().values("organization"))):
        return signed
    raise NotNow(_("No other organization’s signature holds any more. The letter can go to the requester alone."))


def only_the_office(request: Request) -> bool:
    """Whether the requester says that nobody but the Office may know of the request (P3)."""
    return request.section(People).may_know == ONLY_OFFICE


def snapshot_of(request: Request) -> tuple[dict[str, Any], str]:
    """What is signed, and its digest: the answers that no question keeps for the Office, the documents shared."""
    answers: dict[str, Any] = {}
    for part in request.answered():
        names = {name for question in part.questions if question.readers != SIGHT for name in question.fields}
        held = {name: value for name, value in part.answers().items() if name in names}
        raw = {name: typed for name, typed in part.raw.items() if name in names}
        answers[part.slug] = {**held, **({RAW: raw} if raw else {})}
    shared = [[str(found.uid), found.name] for found in request.documents.kept().filter(shared=True)]
    text = json.dumps({"answers": answers, "documents": shared}, cls=DjangoJSONEncoder, sort_keys=True)
    return json.loads(text), hashlib.sha256(text.encode()).hexdigest()


def _who_writes(
    request: Request, address: str, current: Collection[CoSignature]
) -> tuple[User | None, Organization | None]:
    """The person and the one other verified organization for which he writes, or nobody.

    An organization that is asked already is asked once.
    """
    of_others = Membership.objects.current().filter(
        user__email__iexact=address, user__is_active=True, role__in=WRITES, organization__verified_at__isnull=False
    )
    found = list(of_others.exclude(organization=request.organization_id).select_related("user", "organization")[:2])
    if len(found) != 1 or found[0].organization_id in {row.organization_id for row in current}:
        return None, None
    return found[0].user, found[0].organization


def _ask(
    request: Request, what: str, address: str, user: User | None, organization: Organization | None, *, by: User
) -> None:
    now = timezone.now()
    row = CoSignature.objects.create(
        request=request,
        address=address,
        organization=organization,
        user=user,
        invited_by=by,
        since=now,
        expires_at=now + TIME_TO_ANSWER,
    )
    if user:
        whom = [Addressee(user.email, user.language or request.language, user_id=user.pk)]
        notices.tell_of(what, request, whom, str(row.uid))
    if what == CO_INVITED:
        _event(request, CO_INVITED, by)


def _without_expired(request: Request) -> list[CoSignature]:
    """Those that stand; an invitation whose time is over ends here, so that its place is free."""
    rows = list(request.cosignatures.current())
    for row in rows:
        if not row.is_signed and not row.is_waiting:
            _end(row, EXPIRED)
    return [row for row in rows if row.until is None]


def _held(request: Request, uid: uuid.UUID, by: User) -> CoSignature:
    """The row of an organization for which `by` writes. Raises NotPermitted for any other."""
    row = request.cosignatures.held_by(permissions.may_draft_for(by)).filter(uid=uid).first()
    if row is None:
        raise NotPermitted(permissions.NOT_PERMITTED)
    return row


def _leave(request: Request, uid: uuid.UUID, action: str, state: str, what: str, by: User) -> None:
    request = lock(request, by=by)
    permissions.check(request, action)
    row = _held(request, uid, by)
    if row.is_signed != (action == "withdraw_signature"):
        raise NotPermitted(permissions.NOT_PERMITTED)
    _end(row, state)
    _tell_filer(request, what, row)
    _event(request, what, by)


def _signed(request: int) -> QuerySet[CoSignature]:
    return CoSignature.objects.signed().filter(request=request).select_related("user", "signed_by")


def _end(row: CoSignature, state: str) -> None:
    row.state, row.until = state, timezone.now()
    row.save(update_fields=["state", "until"])


def _tell_filer(request: Request, what: str, row: CoSignature) -> None:
    """Tell who files; of a draft, of which others of the organization may know nothing, who invited."""
    whom = notices.requester(request)
    if request.is_draft:
        whom = [one for one in whom if one.user_id == row.invited_by_id]
    notices.tell_of(what, request, whom, str(row.uid))


def _event(request: Request, action: str, by: User | None) -> None:
    """Add the event to the record of what was sent; a draft has none."""
    if not request.is_draft:
        request.version += 1
        Request.objects.filter(pk=request.pk).update(version=request.version)
        record(request, action, by=by, before=request.status)
