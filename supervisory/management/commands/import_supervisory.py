"""Imports files of cases and comments."""

from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from supervisory.importing.report import SHOWN, FileReport
from supervisory.importing.service import Order, import_files
from supervisory.importing.source import Source


class Command(BaseCommand):
    help = "Import CSV files of cases or comments; which of the two, their header says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which files, and how."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument(
            "--all-or-nothing",
            action="store_true",
            help="one refused row refuses all files (this is so unless you say otherwise)",
        )
        mode.add_argument("--row-by-row", action="store_true", help="leave refused rows out and take the others")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and print what changed. Raises CommandError where something was refused, after all was said."""
        order = Order(now=timezone.now(), all_or_nothing=not options["row_by_row"], dry_run=options["dry_run"])
        with ExitStack() as opened:
            try:
                sources = [Source(path.name, opened.enter_context(path.open("rb"))) for path in options["files"]]
            except OSError as error:
                raise CommandError(f"{error.filename}: cannot be read: {error.strerror}") from error
            reports = import_files(sources, order)
        for report in reports:
            self.show(report, order.dry_run)
        self.stdout.write(ending(reports, order))
        if any(report.complaints for report in reports):
            raise CommandError("Something was refused: see above.", returncode=2)

    def show(self, report: FileReport, dry_run: bool) -> None:
        """One file: in numbers, then what was refused; in a dry run also what would change, field by field."""
        self.stdout.write(sentence(report))
        for complaint in report.complaints:
            self.stdout.write(f"  refused  {complaint}")
        if report.refused > SHOWN:
            self.stdout.write(f"  and {report.refused - SHOWN} more refused rows")
        if dry_run:
            for key in report.new_keys:
                self.stdout.write(f"  new      {key}")
            for change in report.changes:
                self.stdout.write(f"  changed  {change.key} {change.field}: {change.before!r} → {change.after!r}")


def sentence(report: FileReport) -> str:
    """One line about one file."""
    if report.refused_whole:
        return f"{report.file}: refused"
    text = f"{report.file} ({report.shape}): {report.added} added, {report.changed} changed"
    text += f", {report.unchanged} unchanged, {report.refused} refused"
    return text + (f", {report.kept} kept as corrected by hand" if report.kept else "")


def ending(reports: list[FileReport], order: Order) -> str:
    """What stands in the record now."""
    written = sum(report.written for report in reports)
    if order.dry_run:
        return f"Nothing was changed: this was a dry run. {written} changes would be made."
    if order.all_or_nothing and any(report.complaints for report in reports):
        return "Nothing was changed."
    return f"{written} changes"
