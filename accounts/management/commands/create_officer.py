"""Makes a unit's first officers, who then give further places themselves."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Unit, User
from accounts.posts import PostRefused, set_in
from accounts.units import sync_units


class Command(BaseCommand):
    """Two officers for each unit; the password is set by the officer through "Forgot the password?"."""

    help = "Make one of the first two officers of a unit (the Branch, unless another is named)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """E-mail and name, and the unit: branch, actrav, actemp or a station's code."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--unit", default="branch")

    def handle(self, *args: Any, **options: Any) -> None:
        """CommandError for an unknown unit, a wrong address, or a unit that has its first officers."""
        sync_units()
        unit = _unit(options["unit"])
        try:
            with transaction.atomic():
                user = _person(options["email"], options["name"])
                set_in(user=user, unit=unit)
        except PostRefused as refused:
            raise CommandError(str(refused)) from refused
        except ValidationError as wrong:
            raise CommandError("; ".join(wrong.messages)) from wrong
        self.stdout.write(f"{user.email} stands in {unit.label}. The password is set with 'Forgot the password?'.")


def _unit(key: str) -> Unit:
    headquarters = {str(kind) for kind in Unit.Kind if kind != Unit.Kind.STATION}
    units = Unit.objects.filter(kind=key) if key in headquarters else Unit.objects.filter(station=key)
    unit = units.select_related("station").first()
    if unit is None:
        raise CommandError(f"There is no unit {key!r}: branch, actrav, actemp or a station's code.")
    return unit


def _person(email: str, name: str) -> User:
    known = User.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
    user = User(email=email.strip().lower(), name=name)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    return user
