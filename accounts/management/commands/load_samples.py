"""Loads the try-out's fictional people and organizations."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.samples import load_samples


class Command(BaseCommand):
    """Can be run again and again; never in production, where a known password would be an open door."""

    help = "Load the fictional people and organizations of the try-out."

    def handle(self, *args: Any, **options: Any) -> None:
        """CommandError in production."""
        if settings.PRODUCTION:
            raise CommandError("Samples are for the try-out only: DATABASE_URL is set.")
        made = load_samples()
        self.stdout.write(f"{made} sample people are new")
