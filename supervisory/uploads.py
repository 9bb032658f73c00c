"""Files that a person uploads: tried first, applied after somebody has read what they would change."""

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from supervisory.importing.report import FileReport
from supervisory.importing.service import Order, import_files, note_report
from supervisory.importing.source import Source
from supervisory.models import ImportRun, RunState

KEPT = timedelta(days=7)  # how long an upload waits for its decision


def upload_limit() -> int:
    """The largest file that the page takes, in bytes; the command takes larger ones."""
    return getattr(settings, "SUPERVISORY_UPLOAD_LIMIT", 1_000_000)


def try_upload(name: str, content: bytes, *, all_or_nothing: bool, by: Any, now: datetime) -> ImportRun:
    """Find out what a file would change, and keep it where there is something to decide. Changes nothing else."""
    drop_old(now)
    run = ImportRun.objects.create(
        file=name[-200:], state=RunState.WAITING, by=by, at=now, all_or_nothing=all_or_nothing
    )
    order = Order(now=now, all_or_nothing=all_or_nothing, dry_run=True, by=by, run=run)
    [report] = import_files([Source(run.file, io.BytesIO(content))], order)
    note_report(run, report)
    run.state = RunState.WAITING if report.written else RunState.DROPPED
    run.content = content if report.written else b""
    run.save()
    return run


def apply_upload(key: UUID, *, by: Any, now: datetime) -> FileReport | None:
    """Apply a waiting upload; None when somebody has decided on it already. Raises ImportRun.DoesNotExist."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=key)
        if run.state != RunState.WAITING:
            return None
        order = Order(now=now, all_or_nothing=run.all_or_nothing, by=by, run=run)
        [report] = import_files([Source(run.file, io.BytesIO(bytes(run.content)))], order)
        if report.complaints and run.all_or_nothing:  # the record changed since the file was tried
            note_report(run, report)
            run.state, run.content = RunState.DROPPED, b""
            run.save()
        return report


def drop_upload(key: UUID) -> bool:
    """Forget a waiting upload; whether it was waiting."""
    return bool(ImportRun.objects.filter(pk=key, state=RunState.WAITING).update(state=RunState.DROPPED, content=b""))


def drop_old(now: datetime) -> None:
    """Forget uploads on which nobody decided."""
    old = ImportRun.objects.filter(state=RunState.WAITING, at__lt=now - KEPT)
    old.update(state=RunState.DROPPED, content=b"")
