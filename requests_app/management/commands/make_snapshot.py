"""Makes the public figures on requests, where they are due."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from requests_app.services import snapshot


class Command(BaseCommand):
    help = "Make the public figures of the quarter before last, unless they are there: they are never made anew."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, and say of which quarter they are."""
        found = snapshot.make_due(timezone.now())
        self.stdout.write(f"{found.quarter}: made {found.made_at:%Y-%m-%d %H:%M} UTC")
