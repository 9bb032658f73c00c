"""How a request came: on the requester's own initiative, after a comment, after statements by workers (R067)."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervisory.models import Way


class Origin(models.TextChoices):
    """What can be told apart from what the requester said (Q7) and from the items that it was asked because of."""

    OWN = "own_initiative", _("On its own initiative")
    AFTER_COMMENT = "after_comment", _("After a comment or case")
    AFTER_WORKERS = "after_workers", _("After statements by workers' organizations")
    NOT_SAID = "not_said", _("Not said")


def origin_of(commented: str, linked: bool, ways: Collection[str]) -> Origin:
    """`commented` is the answer to Q7; `linked`, whether the request is asked because of an item on record; `ways` are
    those in which these items speak of assistance (document 001, paragraph 39, counts the two apart).
    """
    if Way.REQUESTED_AFTER_WORKERS in ways:
        return Origin.AFTER_WORKERS
    if linked and set(ways) == {Way.REQUESTED_OWN}:
        return Origin.OWN
    if linked or commented == "yes":
        return Origin.AFTER_COMMENT
    return Origin.OWN if commented == "no" else Origin.NOT_SAID
