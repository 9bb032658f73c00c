"""The try-out's cast: fictional people of fictional organizations, and officers who do not exist."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.models import Duty, Membership, Organization, Specialist, Unit, User
from accounts.posts import set_in
from accounts.units import sync_units
from standards.models import Country

PASSWORD = "try-out-only-2026"  # noqa: S105  printed and published on purpose: production refuses these people
COUNTRY = "CM"


@dataclass(frozen=True)
class Person:
    """One of the cast: who, from which organization (name) or unit (kind or station's code), in which role."""

    email: str
    name: str
    organization: str = ""
    unit: str = ""
    role: str = "administrator"
    language: str = "en"
    technical: bool = False


# Name → group. All of Cameroon, so that the walls between groups of one country can be seen.
ORGANIZATIONS = {
    "Union of Dock and Harbour Workers (fictional)": "workers",
    "Confederation of Rural Workers (fictional)": "workers",
    "Federation of Wood and Timber Employers (fictional)": "employers",
    "Ministry of Labour (fictional)": "government",
}

PEOPLE = (
    Person("officer@example.org", "Ingrid Solheim (fictional)", unit="branch"),
    Person("officer2@example.org", "Paolo Ricci (fictional)", unit="branch"),
    Person("actrav@example.org", "Mercy Adeyemi (fictional)", unit="actrav"),
    Person("actemp@example.org", "Henrik Dahl (fictional)", unit="actemp"),
    Person("specialist@example.org", "Fatou Ndiaye (fictional)", unit="YAO", language="fr"),
    Person("workers@example.org", "Amina Mbarga (fictional)", "Union of Dock and Harbour Workers (fictional)"),
    Person("workers2@example.org", "Jean Fouda (fictional)", "Confederation of Rural Workers (fictional)"),
    Person("employers@example.org", "Claire Etoga (fictional)", "Federation of Wood and Timber Employers (fictional)"),
    Person("government@example.org", "Samuel Njoya (fictional)", "Ministry of Labour (fictional)"),
    Person("admin@example.org", "Robin Keller (fictional)", technical=True),
)


@transaction.atomic
def load_samples() -> int:
    """Makes those of the cast who are missing; how many were. Needs the country and stations of the reference data.

    Running it again changes nothing, whatever was changed by hand since.
    """
    sync_units()
    password = make_password(PASSWORD)  # once: the hash is slow on purpose
    made = 0
    for person in PEOPLE:
        user, new = User.objects.get_or_create(
            email=person.email,
            defaults={
                "name": person.name,
                "language": person.language,
                "password": password,
                "is_superuser": person.technical,
            },
        )
        made += new
        if new and person.unit:
            set_in(user=user, unit=_unit(person.unit))
        if new and person.unit.isupper():
            Specialist.objects.create(
                user=user, unit=_unit(person.unit), languages="fr en", duties=[Duty.PROBLEMS_RAISED, Duty.MEETINGS]
            )
        if new and person.organization:
            Membership.objects.create(user=user, organization=_organization(person.organization), role=person.role)
    return made


def _unit(key: str) -> Unit:
    return Unit.objects.get(station=key) if key.isupper() else Unit.objects.get(kind=key)


def _organization(name: str) -> Organization:
    """Verified by the first officer, and agreed to by the Bureau of its group."""
    kind = ORGANIZATIONS[name]
    now = timezone.now()
    bureau = {"workers": "actrav@example.org", "employers": "actemp@example.org"}.get(kind)
    organization, _made = Organization.objects.get_or_create(
        name=name,
        kind=kind,
        defaults={
            "country": Country.objects.get(pk=COUNTRY),
            "proof": "Sample of the try-out.",
            "verified_at": now,
            "verified_by": User.objects.get(email="officer@example.org"),
            "agreed_at": now if bureau else None,
            "agreed_by": User.objects.get(email=bureau) if bureau else None,
        },
    )
    return organization
