"""A notice: what must be sent, to one address, once. The row is the truth; the broker is a doorbell."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ACCOUNT = "account"


class State(models.TextChoices):
    """Where a notice is on its way."""

    DUE = "due", _("due")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    PARKED = "parked", _("parked")
    DROPPED = "dropped", _("dropped")


class Notice(models.Model):
    """One mail to one address. Its words are made when it leaves; only account mails bring their own, until sent.

    `cause` names the event that owes the mail: the same cause never writes twice to one address.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    about = models.CharField(_("reference"), max_length=20, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # A unit lives in a higher app: here it is an id that the composer of the kind looks up.
    unit_id = models.UUIDField(null=True, blank=True)
    address = models.EmailField(_("address"))
    language = models.CharField(_("language"), max_length=10)
    cause = models.CharField(_("cause"), max_length=64)

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=100, blank=True)

    subject = models.CharField(max_length=255, blank=True)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("kind", "cause", "address"), name="notice_once_for_each_cause"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="notice_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False) | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="notice_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, lease_until__isnull=False)
                | (~Q(state=State.SENDING) & Q(lease_until__isnull=True)),
                name="notice_sending_has_its_lease",
            ),
            models.CheckConstraint(
                condition=Q(subject="", body="") | (Q(kind=ACCOUNT) & ~Q(state__in=(State.SENT, State.DROPPED))),
                name="notice_words_only_of_unsent_account_mails",
            ),
        ]
        indexes = [
            models.Index(fields=("address", "created_at"), name="notice_of_an_address"),
            models.Index(
                fields=("next_attempt_at",), condition=Q(state__in=(State.DUE, State.SENDING)), name="notice_still_owed"
            ),
        ]

    def __str__(self) -> str:
        # The id, not the reference: parked notices are shown to technical administrators, who see no request.
        return str(self.pk)
