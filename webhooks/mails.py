"""The mail to the administrators of an organization when events for one of its addresses are parked.

It names no organization, no address and no request: a sentence, and the link to the page on which they stand.
"""

import uuid
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.mails import administers, mail, to
from accounts.organizations import administrators
from outbox.kinds import Mail, register
from outbox.models import Notice
from outbox.queueing import queue
from webhooks.models import State, WebhookEndpoint

PARKED: Final = "webhooks.parked"


def tell_parked(endpoint: WebhookEndpoint) -> None:
    """Owe the administrators the word that events are parked from now on. In the transaction that parks the first."""
    whom = [membership.user for membership in administrators(endpoint.organization).select_related("user")]
    queue(PARKED, "", map(to, whom), f"{endpoint.pk} {uuid.uuid4().hex[:16]}")


def compose(notice: Notice) -> Mail | None:
    """The mail; None for who looks after it no more, and when nothing is parked at an address that stands."""
    endpoint = WebhookEndpoint.objects.active().filter(pk=UUID(notice.cause.split()[0])).first()
    if endpoint is None or not endpoint.deliveries.filter(state=State.PARKED).exists():
        return None
    if not administers(notice, endpoint.organization_id):
        return None
    return mail(
        _("Events for your system are parked"),
        _(
            "A system of an organization that you look after does not take the events that the portal sends it. They "
            "were tried for a day and are parked. Once the system answers again, send them anew on this page:"
        ),
        _("Nothing is lost. What is parked is not sent again by itself."),
        path=reverse("organization_webhook", args=[endpoint.organization_id, endpoint.pk]),
    )


register(PARKED, compose)
