"""An officer's place in a unit: who gave it, who confirmed it, from when until when."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import Unit


class PostQuerySet(models.QuerySet["Post"]):
    """Posts as they stand."""

    def current(self) -> "PostQuerySet":
        """Those that have not ended, confirmed or not."""
        return self.filter(until__isnull=True)

    def counting(self) -> "PostQuerySet":
        """Those that give rights: not ended, and in the Branch only once confirmed."""
        return self.current().exclude(unit__kind=Unit.Kind.BRANCH, confirmed_at__isnull=True)


class Post(models.Model):
    """A person's place in a unit. It ends; it is not deleted.

    The first officers are set in on the server: nobody gave such a post, and it counts at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts", verbose_name=_("Person")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", verbose_name=_("Unit"))
    since = models.DateTimeField(_("Since"), default=timezone.now)
    until = models.DateTimeField(_("Until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Given by"),
    )
    confirmed_at = models.DateTimeField(_("Confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Confirmed by"),
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ended by"),
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit"], condition=models.Q(until__isnull=True), name="accounts_post_open_once"
            ),
            models.CheckConstraint(
                name="accounts_post_ends_after_start",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="accounts_post_not_given_to_oneself",
                condition=models.Q(granted_by__isnull=True) | ~models.Q(granted_by=models.F("user")),
            ),
            models.CheckConstraint(
                name="accounts_post_confirmed_by_a_third",
                condition=models.Q(confirmed_by__isnull=True)
                | (
                    models.Q(confirmed_at__isnull=False, granted_by__isnull=False)
                    & ~models.Q(confirmed_by=models.F("granted_by"))
                    & ~models.Q(confirmed_by=models.F("user"))
                ),
            ),
            models.CheckConstraint(
                name="accounts_post_confirmation_has_a_name",
                condition=models.Q(confirmed_at__isnull=True)
                | models.Q(confirmed_by__isnull=False)
                | models.Q(granted_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
