"""Which supervisory items a request is about, and how (R066). The link hangs on the request, never on the item.

Nothing about an item is found, counted or shown through its links: they are read from requests that the reader may
see, and from nowhere else. `DO_NOTHING` keeps them out of the pages that list what hangs on an item before it is
deleted; the database itself refuses the deletion.
"""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from requests_app.models.routing import CurrentQuerySet
from supervisory.models import SupervisoryItem


class LinkKind(models.TextChoices):
    """What the item is to the request."""

    ASKED = "asked_because_of", _("Asked because of it")
    ADDRESSES = "addresses", _("Addresses it")
    MENTIONS = "mentions", _("Mentions it")


# A request that merely mentions an item does not ask because of it.
ASKING: Final = (LinkKind.ASKED, LinkKind.ADDRESSES)


class SupervisoryLink(models.Model):
    """A request and an item. Of a draft the row goes with the draft; of what was sent it ends (`until`)."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey("requests.Request", models.CASCADE, related_name="supervisory_links")
    item = models.ForeignKey(SupervisoryItem, models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=20)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = CurrentQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        indexes = [
            models.Index(fields=["item", "request"], condition=Q(until=None), name="link_current_by_item"),
            models.Index(fields=["request", "item"], condition=Q(until=None, kind__in=ASKING), name="link_asking"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="link_ends_after_it_began"),
            models.UniqueConstraint(
                fields=["request", "item", "kind"], condition=Q(until=None), name="link_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.request)
