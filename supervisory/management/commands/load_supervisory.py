"""Loads the shipped sample of cases and comments, and the published figures."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from standards.reading.rows import Broken
from supervisory.shipped import load_shipped


class Command(BaseCommand):
    help = "Load the shipped supervisory record. Does nothing when it was loaded before. Needs load_reference first."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print how much changed. Raises CommandError with file, line and reason; then nothing changed."""
        try:
            changed = load_shipped(timezone.now())
        except Broken as broken:
            raise CommandError(str(broken)) from broken
        if options["verbosity"]:
            self.stdout.write(f"{changed} changes")
