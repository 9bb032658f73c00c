"""Imports files: the only way into the record for rows that come in numbers. Command and admin page call this."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from standards.reading.rows import Broken, Complaint
from supervisory.importing.contradictions import Fingerprints
from supervisory.importing.report import FileReport
from supervisory.importing.rows import Known, known_now, read_rows
from supervisory.importing.shapes import Described, Shape
from supervisory.importing.source import Source
from supervisory.importing.writing import BATCH, write_batch
from supervisory.models import ImportRun, RunState

Sheets = list[tuple[Source, Shape, FileReport]]


@dataclass(frozen=True)
class Order:
    """How to import. `all_or_nothing`: one refused row refuses everything; else it alone is left out.

    `dry_run` does everything and takes it back: what it reports is what would happen. `run` is the waiting upload that
    is applied; else each file gets a run of its own.
    """

    now: datetime
    all_or_nothing: bool = True
    dry_run: bool = False
    by: Any = None
    run: ImportRun | None = None


def import_files(sources: Sequence[Source], order: Order) -> list[FileReport]:
    """Import these files. Reports tell what was added, changed, refused; with all or nothing, refused means nothing.

    Row by row, each batch stands for itself: an import that was stopped goes on where it stopped when run again.
    """
    reports, sheets = open_all(sources)
    known = known_now()
    seen, refused = scan(sheets, known)
    known = replace(known, contradicted=seen.contradicted)
    if order.all_or_nothing and (refused or seen.contradicted or len(sheets) < len(reports)):
        list_refused(sheets, known)
        return reports
    with whole(order):
        for source, shape, report in sheets:
            write_file(source, shape, report, known, order)
        if order.all_or_nothing and any(report.refused for report in reports):
            transaction.set_rollback(True)
            forget_written(reports)
        if order.dry_run:
            transaction.set_rollback(True)
    return reports


def open_all(sources: Sequence[Source]) -> tuple[list[FileReport], Sheets]:
    """A report for each file, and the files that have one of the shapes."""
    reports, sheets = [], []
    for source in sources:
        report = FileReport(source.name)
        reports.append(report)
        try:
            report.digest = source.digest()
            shape = source.shape()
        except Broken as broken:
            report.refused_whole = True
            report.complaints = [str(complaint) for complaint in broken.complaints]
            continue
        report.shape = shape.name
        sheets.append((source, shape, report))
    return reports, sheets


def scan(sheets: Sheets, known: Known) -> tuple[Fingerprints, bool]:
    """Read all files once, writing nothing: which items are contradicted, and whether a row is refused."""
    seen, refused = Fingerprints(), False
    for source, shape, _ in sheets:
        for found in read_rows(source, shape, known):
            if isinstance(found, Complaint):
                refused = True
            else:
                seen.take(found)
    return seen, refused


def list_refused(sheets: Sheets, known: Known) -> None:
    """Note every refused row in its file's report."""
    for source, shape, report in sheets:
        for found in read_rows(source, shape, known):
            if isinstance(found, Complaint):
                report.refuse(found)


def whole(order: Order) -> AbstractContextManager:
    """One transaction round everything where nothing may stay half, or nothing at all."""
    return transaction.atomic() if order.all_or_nothing or order.dry_run else nullcontext()


def write_file(source: Source, shape: Shape, report: FileReport, known: Known, order: Order) -> None:
    """Take up the rows of one file, batch by batch, and note the run."""
    run = order.run or new_run(source.name, order)
    rows = good_rows(read_rows(source, shape, known), report)
    while batch := list(islice(rows, BATCH)):
        write_batch(batch, run, report)
    if not order.dry_run:
        finish(run, report, order)


def good_rows(found: Iterator[Described | Complaint], report: FileReport) -> Iterator[Described]:
    """The rows that can be taken; the others go into the report."""
    for each in found:
        if isinstance(each, Complaint):
            report.refuse(each)
        else:
            yield each


def forget_written(reports: Sequence[FileReport]) -> None:
    """Nothing was written after all."""
    for report in reports:
        report.added = report.changed = report.unchanged = report.kept = 0
        report.new_keys, report.changes = [], []


def new_run(name: str, order: Order) -> ImportRun:
    """Note that a file is being imported."""
    return ImportRun.objects.create(
        file=name[-200:], state=RunState.DONE, by=order.by, at=order.now, all_or_nothing=order.all_or_nothing
    )


def finish(run: ImportRun, report: FileReport, order: Order) -> None:
    """Note what became of the file."""
    run.state, run.content = RunState.DONE, b""
    note_report(run, report)
    run.at, run.by = order.now, order.by
    run.save()


def note_report(run: ImportRun, report: FileReport) -> None:
    """Copy a report into its run."""
    run.shape, run.digest, run.outcome = report.shape, report.digest, report.outcome()
    run.added_rows, run.changed_rows, run.unchanged_rows = report.added, report.changed, report.unchanged
    run.kept_rows, run.refused_rows = report.kept, report.refused
