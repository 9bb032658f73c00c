"""The files that come with the portal: a sample of public cases and comments, and the published figures."""

import hashlib
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from standards.reading.rows import Broken, Complaint
from supervisory import figures
from supervisory.importing.service import Order, import_files
from supervisory.importing.source import READER, Source
from supervisory.models import ImportRun, RunState

OWN_DATA = Path(__file__).resolve().parent / "data"
SAMPLES = ("cfa_cases.csv", "ceacr_comments.csv")


def load_shipped(now: datetime, folder: Path = OWN_DATA) -> int:
    """Bring the record up to the shipped files; how many rows changed. One query when they were taken up before.

    A file that was taken up is not read again: what later imports changed stays. Raises Broken, nothing changed.
    """
    raw = {name: (folder / name).read_bytes() for name in (*SAMPLES, figures.FILE)}
    digests = {name: hashlib.sha256(READER + content).hexdigest() for name, content in raw.items()}
    taken = ImportRun.objects.filter(digest__in=digests.values(), state=RunState.DONE, refused_rows=0)
    known = set(taken.values_list("digest", flat=True))
    changed = 0
    if digests[figures.FILE] not in known:
        changed += load_figures(raw[figures.FILE], digests[figures.FILE], now)
    return changed + load_items([folder / name for name in SAMPLES if digests[name] not in known], now)


def load_figures(raw: bytes, digest: str, now: datetime) -> int:
    """Take up the published figures and note it. Raises Broken."""
    found = figures.read_figures(raw)
    written = figures.store_figures(found)
    ImportRun.objects.create(
        file=figures.FILE,
        shape="figures",
        digest=digest,
        state=RunState.DONE,
        at=now,
        changed_rows=written,
        unchanged_rows=max(0, len(found) - written),
    )
    return written


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
