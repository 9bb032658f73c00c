"""Owing a notice: rows in the transaction of the change, one ring of the doorbell after its commit."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from celery import current_app
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from outbox.models import Notice

logger = logging.getLogger(__name__)

QUIET_SECONDS = 5
TASK = "outbox.deliver"


@dataclass(frozen=True)
class Addressee:
    """One address, and on whose behalf it is written to: a person's account or a unit."""

    address: str
    language: str
    user_id: UUID | None = None
    unit_id: UUID | None = None


class Doorbell:
    """Tells a worker that something is due. It may fail: the sweep finds what it did not tell."""

    def __init__(self) -> None:
        self.quiet_until = 0.0

    def ring(self, ids: list[UUID], task: str = TASK) -> None:
        """Send one message with the ids of rows that `task` delivers. Never raises.

        A frozen broker costs each attempt its socket time-out, so after a failure this process keeps quiet for 5 s.
        """
        if not ids or time.monotonic() < self.quiet_until:
            return
        try:
            current_app.send_task(task, args=[[str(row) for row in ids]], retry=False)
        except Exception as error:  # the change is committed; no broker's error may reach its author
            self.quiet_until = time.monotonic() + QUIET_SECONDS
            logger.warning("broker: %s; the sweep delivers", type(error).__name__)


doorbell = Doorbell()


def queue(kind: str, about: str, addressees: Iterable[Addressee], cause: str) -> list[Notice]:
    """Write one notice for each address and give the rows back; the same cause writes to an address once.

    Belongs into the transaction of the change that owes the notices: raises TransactionManagementError outside one,
    IntegrityError when a row was refused for another reason than being there already.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("a notice is queued in the transaction of its cause")
    notices = [
        Notice(
            kind=kind,
            about=about,
            recipient_id=to.user_id,
            unit_id=to.unit_id,
            address=to.address,
            language=to.language,
            cause=cause,
        )
        for to in {to.address: to for to in addressees}.values()
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    stored = list(Notice.objects.filter(kind=kind, cause=cause, address__in=[notice.address for notice in notices]))
    # SQLite's INSERT OR IGNORE also passes over a broken check or a missing value.
    if len(stored) != len(notices):
        raise IntegrityError("a notice was not stored")
    new = {notice.pk for notice in notices} & {notice.pk for notice in stored}
    ring_on_commit(sorted(new))
    return stored


def ring_on_commit(ids: list[UUID], task: str = TASK) -> None:
    """Ring once for all `ids` when the surrounding transaction commits; at once outside one."""
    transaction.on_commit(lambda: doorbell.ring(ids, task))
