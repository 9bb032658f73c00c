"""Documents that a requester adds to a request. Their bytes lie in the private store, under a random name."""

import uuid
from pathlib import Path
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from base import store
from base.filekinds import KINDS

KEPT: Final = "kept"
REFUSED: Final = "refused"  # the scanner found something: the bytes are gone, the row says so
ERASED: Final = "erased"
STATES: Final = (KEPT, REFUSED, ERASED)

MOST: Final = 5  # documents of one request
LIMIT: Final = 10 * 1024 * 1024  # bytes of one document
NAME_LIMIT: Final = 150
SLOW_LINE: Final = 240_000  # bits a second


def minutes_on_a_slow_line(size: int) -> int:
    """How many minutes `size` bytes take at 240 kbit/s, at least one."""
    return max(1, round(size * 8 / SLOW_LINE / 60))


class DocumentQuerySet(models.QuerySet["Document"]):
    """Queries on documents; for a person they begin with the request that he may read."""

    def kept(self) -> Self:
        """Those that are there, checked or not."""
        return self.filter(state=KEPT)

    def to_scan(self) -> Self:
        """Those that wait for the scanner's verdict, and whose next try is due."""
        return self.kept().filter(scanned_at=None, scan_at__lte=timezone.now())


class Document(models.Model):
    """One document. `shared`: an organization that signs with the filing one may read it.

    While a scanner is configured, nothing is handed out that it has not found clean (`scanned_at`). Erasure blanks
    the name and the digest and deletes the bytes; the row of what was sent stays.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="documents")
    name = models.CharField(max_length=NAME_LIMIT, blank=True)
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    stored = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=8, default=KEPT)
    shared = models.BooleanField(default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True)
    scan_at = models.DateTimeField(default=timezone.now)  # when the scanner is asked next
    tries = models.PositiveIntegerField(default=0)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="document_state_known"),
            models.CheckConstraint(condition=Q(kind__in=sorted(KINDS)), name="document_kind_known"),
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=LIMIT), name="document_size_in_limit"),
            models.CheckConstraint(condition=~Q(state=ERASED) | Q(name="", sha256=""), name="document_erased_is_blank"),
        ]
        indexes = [models.Index(fields=["scan_at"], condition=Q(state=KEPT, scanned_at=None), name="document_to_scan")]

    def __str__(self) -> str:
        return str(self.request)

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return store.path_of(self.stored)

    @property
    def media_type(self) -> str:
        return KINDS[self.kind].media_type

    @property
    def minutes(self) -> int:
        """How long it takes on a slow line."""
        return minutes_on_a_slow_line(self.size)

    @property
    def is_checked(self) -> bool:
        """Whether no scanner's verdict is outstanding."""
        return self.scanned_at is not None or not settings.CLAMD_URL

    @property
    def is_being_checked(self) -> bool:
        return self.state == KEPT and not self.is_checked

    @property
    def is_refused(self) -> bool:
        return self.state == REFUSED

    @property
    def can_be_read(self) -> bool:
        """Whether it may be handed out."""
        return self.state == KEPT and self.is_checked
