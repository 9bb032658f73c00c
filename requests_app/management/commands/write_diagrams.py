"""`manage.py write_diagrams`: the pages of docs/ that are made from the code."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from requests_app.diagrams import PAGES


class Command(BaseCommand):
    """Write each page anew."""

    help = "Writes docs/request-states.md and docs/access.md from the tables in the code."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for name, text in PAGES.items():
            Path(settings.BASE_DIR, "docs", name).write_text(text(), encoding="utf-8")
            self.stdout.write(f"docs/{name}")
