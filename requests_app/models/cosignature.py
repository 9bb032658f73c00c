"""Joint filing: another organization is invited to sign a request with the one that files it."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Final, Self
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INVITED: Final = "invited"
SIGNED: Final = "signed"
DECLINED: Final = "declined"
EXPIRED: Final = "expired"
TAKEN_BACK: Final = "withdrawn"  # the invitation by who files, the signature by who signed, or the whole request
VOID: Final = "void"  # what was signed has changed
HELD: Final = (INVITED, SIGNED)
ENDED: Final = (DECLINED, EXPIRED, TAKEN_BACK, VOID)

WORDS: Final[dict[str, Promise]] = {
    INVITED: _("invited"),
    SIGNED: _("signed"),
    DECLINED: _("declined"),
    EXPIRED: _("expired"),
    TAKEN_BACK: _("taken back"),
    VOID: _("ended by a change of the request"),
}


class CoSignatureQuerySet(models.QuerySet["CoSignature"]):
    """Invitations and signatures."""

    def current(self) -> Self:
        """Those that have not ended; an invitation whose time is over may be among them until it is replaced."""
        return self.filter(until=None)

    def waiting(self, at: datetime | None = None) -> Self:
        """Invitations that can still be answered, `at` a moment or now."""
        return self.current().filter(state=INVITED, expires_at__gt=at or timezone.now())

    def signed(self) -> Self:
        """Signatures that hold."""
        return self.current().filter(state=SIGNED)

    def held_by(self, organizations: Collection[UUID]) -> Self:
        """What gives these organizations something to see now."""
        return self.filter(organization__in=organizations) & (self.waiting() | self.signed())


class CoSignature(models.Model):
    """One invitation of one organization, and its answer. It ends (`until`), it is not deleted but with a draft.

    Who files names an address; whether it is known, and whose it is, he reads nowhere before that organization answers:
    without `organization` nobody was found, nobody is told and nobody sees anything.
    A signature holds for `snapshot`, what was signed: answers without Q12, M6 and contacts, names of shared documents.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey("requests.Request", models.CASCADE, related_name="cosignatures")
    address = models.EmailField(max_length=254, blank=True)
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=INVITED)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    snapshot = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(null=True)

    objects = CoSignatureQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None, state__in=HELD) | Q(until__isnull=False, state__in=ENDED),
                name="cosignature_ends_with_its_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=SIGNED)
                | Q(organization__isnull=False, signed_by__isnull=False, signed_at__isnull=False) & ~Q(digest=""),
                name="cosignature_signed_whole",
            ),
            models.UniqueConstraint(
                fields=["request", "organization"], condition=Q(until=None), name="cosignature_once_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "request"], condition=Q(until=None), name="cosignature_current")
        ]

    def __str__(self) -> str:
        return str(self.request)

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be answered."""
        return self.state == INVITED and self.expires_at > timezone.now()

    @property
    def is_signed(self) -> bool:
        return self.state == SIGNED

    @property
    def word(self) -> Promise:
        """How it stands."""
        return WORDS[self.state if self.state != INVITED or self.is_waiting else EXPIRED]
