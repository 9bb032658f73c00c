"""Django's e-mail backend: whatever sends mail the usual way (password reset, second factor) goes by the outbox."""

import uuid
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import translation

from outbox.models import ACCOUNT, Notice
from outbox.queueing import ring_on_commit


class OutboxBackend(BaseEmailBackend):
    """Stores one notice for each recipient, with subject and plain text; both are blanked once it is sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages and tell how many; with the surrounding transaction, or in one of its own."""
        language = translation.get_language() or "en"
        notices = [
            Notice(
                kind=ACCOUNT,
                address=address,
                language=language,
                cause=str(uuid.uuid4()),
                subject=str(message.subject),
                body=str(message.body),
            )
            for message in email_messages
            for address in message.recipients()
        ]
        with transaction.atomic():
            Notice.objects.bulk_create(notices)
            ring_on_commit([notice.pk for notice in notices])
        return len(email_messages)
