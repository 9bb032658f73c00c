"""Makes the Office's units from code and from the stations of the reference data."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.units import sync_units


class Command(BaseCommand):
    """Can be run again and again."""

    help = "Make the Office's units from the stations of the reference data, and set their addresses."

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what was made, and whose notices would go nowhere."""
        synced = sync_units()
        self.stdout.write(f"{synced.units} units, {synced.made} new")
        if synced.without_address:
            self.stdout.write(f"no address in UNIT_ADDRESSES: {', '.join(synced.without_address)}")
