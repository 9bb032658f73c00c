"""A country, two stations, the units, and people to put in places."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.models import Membership, Organization, Post, Unit, User
from accounts.units import sync_units
from standards.models import Country, Station

PASSWORD = "a long test password"


@pytest.fixture(autouse=True)
def fresh_throttles():
    cache.clear()


@pytest.fixture
def country(db) -> Country:
    names = {f"name_{code}": "Cameroon" for code in ("en", "fr", "es", "ar", "ru")}
    facts = {"iso3": "CMR", "m49": "120", "region": "Africa", "member_since_year": 1960, "least_developed": False}
    return Country.objects.create(code="CM", latitude=6.0, longitude=12.0, **names, **facts)


@pytest.fixture
def stations(country) -> None:
    place = {"country": country, "timezone": "Africa/Douala", "latitude": 3.9, "longitude": 11.5, "languages": "fr"}
    africa = {"region": "Africa", "ilo_region": "Africa"}
    Station.objects.create(code="YAO", city="Yaoundé", office_name="Yaoundé", **place, **africa)
    Station.objects.create(code="HQ", city="Geneva", office_name="Headquarters", is_headquarters=True, **place)


@pytest.fixture
def unit(stations) -> Callable[[str], Unit]:
    sync_units()
    return lambda key: Unit.objects.get(station=key) if key.isupper() else Unit.objects.get(kind=key)


@pytest.fixture
def person(db) -> Callable[..., User]:
    def make(email: str = "person@example.org", **fields: object) -> User:
        return User.objects.create_user(email, PASSWORD, **{"name": "A Person", **fields})

    return make


@pytest.fixture
def officer(person, unit) -> Callable[..., User]:
    """Somebody who stands in a unit, and in the Branch counts."""

    def make(email: str = "officer@example.org", unit_key: str = "branch") -> User:
        user = person(email)
        Post.objects.create(user=user, unit=unit(unit_key), confirmed_at=timezone.now())
        return user

    return make


@pytest.fixture
def organization(country) -> Callable[..., Organization]:
    def make(name: str = "A union", kind: str = "workers") -> Organization:
        return Organization.objects.create(name=name, kind=kind, country=country)

    return make


@pytest.fixture
def member(person, organization) -> Callable[..., User]:
    def make(email: str = "union@example.org", role: str = "writer", of: Organization | None = None) -> User:
        user = person(email)
        Membership.objects.create(user=user, organization=of or organization(), role=role)
        return user

    return make


def again(user: User) -> User:
    """The same person as the next click would find him."""
    return User.objects.get(pk=user.pk)
