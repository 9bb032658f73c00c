"""Loads countries, instruments, stations, coverage and ratifications from CSV files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from standards.loading import Counts, already_loaded, store
from standards.reading.folder import digest_of, read_bytes, read_data
from standards.reading.rows import Broken

OWN_DATA = Path(__file__).resolve().parents[2] / "data"
SHOWN = 20  # complaints; who has more has one cause


class Command(BaseCommand):
    help = "Load the reference data. Does nothing when the files are the ones already loaded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which files, and how."""
        parser.add_argument("--data", type=Path, default=OWN_DATA, metavar="FOLDER", help="other files than our own")
        parser.add_argument("--force", action="store_true", help="compare every row, even of the same files")
        parser.add_argument(
            "--prune", action="store_true", help="delete rows that the files no longer have (refused without this)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print what changed. Raises CommandError with file, line and reason; then nothing changed."""
        try:
            parts = load(options["data"], force=options["force"] or options["prune"], prune=options["prune"])
        except Broken as broken:
            raise CommandError(refusal(broken)) from broken
        if not options["verbosity"]:
            return
        for counts in parts:
            self.stdout.write(sentence(counts))
        self.stdout.write(f"{sum(counts.written for counts in parts)} changes")


def load(folder: Path, force: bool = False, prune: bool = False) -> list[Counts]:
    """Load the files of `folder` unless they are the ones already loaded. Raises Broken."""
    files = read_bytes(folder)
    same = None if force else already_loaded({name: digest_of(raw) for name, raw in files.items()})
    return same if same is not None else store(read_data(files), timezone.now(), prune=prune)


def sentence(counts: Counts) -> str:
    """One line about one file; deleted and kept rows are named where there are any."""
    text = f"{counts.file}: {counts.added} added, {counts.changed} changed, {counts.unchanged} unchanged"
    text += f", {counts.deleted} deleted" if counts.deleted else ""
    return text + (f", {counts.kept} kept as corrected by hand" if counts.kept else "")


def refusal(broken: Broken) -> str:
    """What is wrong, the first complaints of it."""
    lines = [str(complaint) for complaint in broken.complaints[:SHOWN]]
    more = len(broken.complaints) - len(lines)
    return "\n".join(["Nothing was changed.", *lines, *([f"and {more} more"] if more else [])])
