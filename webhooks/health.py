"""What an operator must see of the webhooks."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from webhooks.delivery import claimable
from webhooks.models import WebhookAttempt, WebhookDelivery


def nobody_sends(now: datetime, late: timedelta) -> bool:
    """Whether something is due for longer than `late` at an address that nobody tried in that time.

    A receiver that is down is tried all the same: what waits for him is no fault of the portal.
    """
    tried = WebhookAttempt.objects.filter(delivery__endpoint=OuterRef("endpoint"), at__gt=now - late)
    return WebhookDelivery.objects.filter(claimable(now - late)).filter(~Exists(tried)).exists()
