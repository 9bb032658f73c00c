"""Makes a key of the API and prints it, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import api_keys
from accounts.models import User
from base.refusals import Refused


class Command(BaseCommand):
    """For one person, in one organization or unit; the person can end it in the account."""

    help = "Make a key of the API for somebody, and print it once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """E-mail, scopes, and where the person stands in several places, the place."""
        parser.add_argument("--user", required=True, help="the e-mail with which the person signs in")
        parser.add_argument("--scopes", default="read", help="read, write, officer; with commas between")
        parser.add_argument("--place", default="", help="the organization or unit by its name, or a part of it")
        parser.add_argument("--name", default="command line", help="what the key is called in the account")
        parser.add_argument("--days", type=int, default=api_keys.DAYS)

    def handle(self, *args: Any, **options: Any) -> None:
        """CommandError for nobody, for no place or several, and for what the service refuses."""
        user = User.objects.filter(email__iexact=options["user"], is_active=True).first()
        if user is None:
            raise CommandError("Nobody signs in with this e-mail.")
        asked = options["place"].casefold()
        places = [place for place in api_keys.places_of(user) if asked in place.name.casefold()]
        if len(places) != 1:
            names = ", ".join(place.name for place in places or api_keys.places_of(user)) or "none"
            raise CommandError(f"Name the place with --place: {names}.")
        scopes = [scope.strip() for scope in options["scopes"].split(",") if scope.strip()]
        try:
            key, word = api_keys.issue(user, places[0], scopes, name=options["name"], days=options["days"])
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stderr.write(f"For {places[0].name}, until {key.expires_at:%Y-%m-%d}. It is not shown again.")
        self.stdout.write(word)
