"""The files that come with the portal: a sample of public cases and comments, and the published figures."""

import hashlib
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from standards.reading.rows import Broken, Complaint
from supervisory import figures, readings
from supervisory.importing.service import Order, import_files
from supervisory.importing.source import READER, Source
from supervisory.models import ImportRun, RunState

OWN_DATA = Path(__file__).resolve().parent / "data"
SAMPLES = ("cfa_cases.csv", "ceacr_comments.csv")


def load_shipped(now: datetime, folder: Path = OWN_DATA) -> int:
    """Bring the record up to the shipped files; how many rows changed. One query when they were taken up before.

    A file that was taken up is not read again: what later imports changed stays. Raises Broken, nothing changed.
    """
    raw = {name: (folder / name).read_bytes() for name in (*SAMPLES, readings.FILE, figures.FILE)}
    digests = {name: hashlib.sha256(READER + content).hexdigest() for name, content in raw.items()}
    taken = ImportRun.objects.filter(digest__in=digests.values(), state=RunState.DONE, refused_rows=0)
    known = set(taken.values_list("digest", flat=True))
    changed = load_items([folder / name for name in SAMPLES if digests[name] not in known], now)
    if digests[readings.FILE] not in known:
        rows = readings.read_readings(raw[readings.FILE])
        changed += note(readings.FILE, digests[readings.FILE], now, readings.store_readings(rows), len(rows))
    if digests[figures.FILE] not in known:
        found = figures.read_figures(raw[figures.FILE])
        changed += note(figures.FILE, digests[figures.FILE], now, figures.store_figures(found), len(found))
    return changed


def note(file: str, digest: str, now: datetime, changed: int, rows: int) -> int:
    """Note that a file was taken up; gives back how many rows changed."""
    ImportRun.objects.create(
        file=file,
        shape=Path(file).stem.removeprefix("supervisory_"),
        digest=digest,
        state=RunState.DONE,
        at=now,
        changed_rows=changed,
        unchanged_rows=max(0, rows - changed),
    )
    return changed


def load_items(paths: list[Path], now: datetime) -> int:
    """Take up the sample files, all rows or none. Raises Broken with what is wrong."""
    if not paths:
        return 0
    with ExitStack() as opened:
        sources = [Source(path.name, opened.enter_context(path.open("rb"))) for path in paths]
        reports = import_files(sources, Order(now=now))
    if complaints := [text for report in reports for text in report.complaints]:
        raise Broken([Complaint("supervisory/data", None, text) for text in complaints])
    return sum(report.written for report in reports)
