"""What became of the assistance: asked of the requester six months after it was given."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CHANGES: Final = (
    ("settled", _("The difficulty is settled")),
    ("better", _("It is better than before")),
    ("same", _("Nothing has changed so far")),
    ("worse", _("It is worse than before")),
    ("too_early", _("It is too early to say")),
)


class Result(models.Model):
    """When the requester is asked, when the request is closed anyway, and what was answered. Erasure blanks `text`."""

    request = models.OneToOneField("requests.Request", models.PROTECT, related_name="result")
    ask_at = models.DateTimeField()
    close_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    changed = models.CharField(max_length=10, default="")
    text = models.TextField(default="")
    recorded_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_at=None, changed="", by=None)
                | Q(recorded_at__isnull=False, by__isnull=False, asked_at__isnull=False)
                & Q(changed__in=[code for code, _word in CHANGES]),
                name="result_recorded_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.request)

    @property
    def is_open(self) -> bool:
        """Whether it was asked for and nobody has answered."""
        return self.asked_at is not None and self.recorded_at is None

    @property
    def changed_word(self) -> str:
        """The choice in words."""
        return str(dict(CHANGES).get(self.changed, ""))


class ResultLink(models.Model):
    """A link in a mail that opens the two questions without sign-in, for the person to whom it was written.

    The token stands in the mail alone; here is its hash. It opens nothing once the result is recorded.
    """

    # The notice that carries it: a second attempt to deliver makes a new token in the place of the old one.
    notice = models.UUIDField(unique=True)
    result = models.ForeignKey(Result, models.PROTECT, related_name="links")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.result)
