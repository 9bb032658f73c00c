"""What production refuses to start with. Each fault is a plain sentence that says what to set."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

KEY_LENGTH = 50  # characters; the length of the keys that Django makes
KEY_VARIETY = 5  # different characters
# The password is printed in the README, so an account of the try-out in production is an open door.
SAMPLE_DOMAIN = "@example.org"


class UnsafeProduction(ImproperlyConfigured):
    """Production is asked to start with something that makes it unsafe."""


def key_is_weak(key: str) -> bool:
    """Whether `key` is missing, Django's default for new projects, too short or too uniform to sign with."""
    return len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY or key.startswith("django-insecure-")


def faults_of_settings(*, production: bool, debug: bool, keys: Iterable[str], hosts: Iterable[str]) -> list[str]:
    """Say what in the settings keeps production from starting; nothing for the try-out."""
    if not production:
        return []
    found = []
    if debug:
        found.append("DEBUG is on. Unset it: error pages would show what people typed.")
    if any(key_is_weak(key) for key in keys):
        found.append(f"SECRET_KEY is missing, a default, or shorter than {KEY_LENGTH} characters. Set a random one.")
    hosts = list(hosts)
    if not hosts or "*" in hosts:
        found.append("ALLOWED_HOSTS is open. Name the host names of this portal, separated by commas.")
    return found


def configured_faults() -> list[str]:
    """The faults of the settings this process runs with."""
    return faults_of_settings(
        production=settings.PRODUCTION,
        debug=settings.DEBUG,
        keys=[settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS],
        hosts=settings.ALLOWED_HOSTS,
    )


def sample_people_can_log_in() -> bool:
    """Whether an account of the sample cast is active in the database. Raises OperationalError when it is down."""
    people = get_user_model()
    if people._meta.db_table not in connection.introspection.table_names():
        return False
    return people.objects.filter(email__iendswith=SAMPLE_DOMAIN, is_active=True).exists()


def faults_of_data() -> list[str]:
    """Say what in the database keeps production from starting."""
    if settings.PRODUCTION and sample_people_can_log_in():
        return [f"The sample cast ({SAMPLE_DOMAIN}) is in this database and its password is public. Remove it."]
    return []


def refuse_unsafe_settings() -> None:
    """Raise UnsafeProduction, naming every fault of the settings. Needs no database."""
    refuse(configured_faults())


def refuse_unsafe_production() -> None:
    """Raise UnsafeProduction when production must not start. Reads the database once."""
    refuse_unsafe_settings()
    refuse(faults_of_data())


def refuse(found: list[str]) -> None:
    """Raise UnsafeProduction with the sentences `found`, if any."""
    if found:
        raise UnsafeProduction("The portal does not start. " + " ".join(found))


@register(Tags.security)
def check_settings(**_kwargs: object) -> list[CheckMessage]:
    """System check: the settings are fit for production."""
    return [Error(sentence, id="ta_portal.E001") for sentence in configured_faults()]


@register(Tags.database)
def check_data(databases: Iterable[str] | None = None, **_kwargs: object) -> list[CheckMessage]:
    """System check with `--database default`: no sample account can log in."""
    return [Error(sentence, id="ta_portal.E002") for sentence in (faults_of_data() if databases else [])]
