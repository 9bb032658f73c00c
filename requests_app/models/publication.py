"""Assistance as it may stand in public: a text of its own, which the requester agrees to or not.

The row is made when the requester is asked and its content never changes: another text is another row. Who agreed, and
when, stands in it. It names no organization and no reference; the public pages read nothing else of a request.
"""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from requests_app.states import GIVEN_STATUSES
from supervisory.models import SupervisoryItem

TEXT_LIMIT: Final = 2000  # characters


class PublicationState(models.TextChoices):
    """Where a text stands."""

    ASKED = "asked", _("The requester has been asked")
    AGREED = "agreed", _("The requester agrees")
    REFUSED = "refused", _("The requester does not agree")
    PUBLISHED = "published", _("Published")
    TAKEN_OFF = "taken_off", _("Taken off")


STANDING: Final = (PublicationState.ASKED, PublicationState.AGREED, PublicationState.PUBLISHED)


class PublicationQuerySet(models.QuerySet["Publication"]):
    """What stands, and what everybody may read."""

    def standing(self) -> "PublicationQuerySet":
        """Neither refused nor taken off: at most one of a request."""
        return self.filter(state__in=STANDING)

    def public(self) -> "PublicationQuerySet":
        """Published, with the agreement of the requester, of assistance that counts as given still."""
        agreed = self.filter(state=PublicationState.PUBLISHED, agreed_by__isnull=False)
        return agreed.filter(request__status__in=sorted(GIVEN_STATUSES))


class Publication(models.Model):
    """A text on the assistance given on a request, with what is told beside it."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="publications")
    state = models.CharField(max_length=10, default=PublicationState.ASKED)
    text = models.TextField()
    language = models.CharField(max_length=7)
    country = models.ForeignKey("standards.Country", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    instruments = models.JSONField(default=list)
    items: "models.ManyToManyField[SupervisoryItem, PublishedItem]" = models.ManyToManyField(
        SupervisoryItem, through="requests.PublishedItem", related_name="+"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PublicationState.values), name="publication_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "published"])
                | (Q(agreed_by__isnull=False) & Q(agreed_at__isnull=False)),
                name="publication_needs_recorded_consent",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(state__in=STANDING), name="publication_one_stands_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["country", "-year"], condition=Q(state="published"), name="published_by_country")
        ]

    def __str__(self) -> str:
        return str(self.request)


class PublishedItem(models.Model):
    """An item of the record that the assistance addresses."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="item_rows")
    item = models.ForeignKey(SupervisoryItem, models.DO_NOTHING, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "item"], name="published_item_once")]

    def __str__(self) -> str:
        return str(self.publication)
