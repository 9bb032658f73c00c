"""People, organizations and requests for tests, made the way the portal makes them: through its services.

Plain functions. Everything that is made twice is found the second time: `a_union()` is always the same union unless
it is given another name.
"""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Organization, Post, Specialist, Unit, User
from accounts.units import sync_units
from requests_app import states
from requests_app.kinds import DIRECT_CONTACTS, DRAFT_LAW, NOT_SURE, OPINION, SEMINAR, VISIT
from requests_app.models import Answered, Request
from requests_app.models.finding import one_known
from requests_app.models.sections.registry import sections_of
from requests_app.services import filing, triage
from requests_app.services.transition import lock
from standards.models import Country, Coverage, Station
from tests.complete_answers import COMPLETE

Answers = Mapping[type[Answered], Mapping[str, Any]]

PASSWORD = "a long test password"
KINDS = (SEMINAR, DRAFT_LAW, OPINION, DIRECT_CONTACTS, VISIT, NOT_SURE)
TITLE = "Registration of unions in the health sector"

# What each kind of organization is called and who works with it.
NAMES = {
    "workers": "Union of Test Workers (fictional)",
    "employers": "Federation of Test Employers (fictional)",
    "government": "Ministry of Tests (fictional)",
}
BUREAU = {"workers": "actrav", "employers": "actemp"}

# What leads to each status: (who, action). "office" is the officer, "filer" the one who asks.
PATHS: Mapping[str, tuple[str, ...]] = {
    states.DRAFT: (),
    states.SENT: ("send",),
    states.IN_EXAMINATION: ("send", "take"),
    states.QUESTION_OUT: ("send", "take", "ask"),
    states.ACCEPTED: ("send", "take", "accept"),
    states.IN_PREPARATION: ("send", "take", "accept", "prepare"),
    states.GIVEN: ("send", "take", "accept", "prepare", "give"),
    states.CLOSED: ("send", "take", "accept", "prepare", "give", "close"),
    states.DECLINED: ("send", "take", "decline"),
    states.NO_MEANS: ("send", "take", "no_means"),
    states.WITHDRAWN: ("send", "withdraw"),
}


def a_country(code: str = "CM", name: str = "Cameroon", region: str = "Africa") -> Country:
    """A member State."""
    names = {f"name_{language}": name for language in ("en", "fr", "es", "ar", "ru")}
    facts = {"iso3": f"{code}X", "m49": f"{100 + Country.objects.count()}", "region": region}
    more = {"member_since_year": 1960, "least_developed": False, "latitude": 6.0, "longitude": 12.0}
    return Country.objects.get_or_create(code=code, defaults={**names, **facts, **more})[0]


def a_station(code: str = "YAO", city: str = "Yaoundé", serves: str = "CM") -> Station:
    """A duty station in the country that it serves."""
    country = a_country(serves, "Cameroon") if serves == "CM" else a_country(serves, serves)
    place = {"timezone": "Africa/Douala", "latitude": 3.9, "longitude": 11.5, "languages": "fr"}
    region = {"region": "Africa", "ilo_region": "Africa"}
    station, _made = Station.objects.get_or_create(
        code=code, defaults={"city": city, "country": country, "office_name": city, **place, **region}
    )
    Coverage.objects.get_or_create(
        country=country, station=station, defaults={"primary": True, "confidence": "high", "source": "test"}
    )
    return station


def the_office() -> None:
    """A country, its station, and the Office's units; nothing where they stand already."""
    if not Unit.objects.filter(station="YAO").exists():
        a_station()
        sync_units()


def a_unit(key: str = "branch") -> Unit:
    """The unit of this kind, or of the station of this code."""
    the_office()
    named = {"station" if key.isupper() else "kind": key}
    if not Unit.objects.filter(**named).exists():
        sync_units()  # a station that came after the Office
    return Unit.objects.get(**named)


def a_person(email: str = "person@example.org", **fields: Any) -> User:
    """Somebody with an account and no place anywhere; always a fresh object, as the next click would find."""
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(
        email, PASSWORD, **{"name": f"{email.split('@')[0].title()} Test", **fields}
    )


def an_officer(unit: str = "branch", email: str = "") -> User:
    """An officer whose post counts, in the unit `branch`, `actrav`, `actemp` or of a station (its code)."""
    user = a_person(email or f"{unit.lower()}@example.org")
    Post.objects.get_or_create(user=user, unit=a_unit(unit), defaults={"confirmed_at": timezone.now()})
    return User.objects.get(pk=user.pk)


def a_specialist(unit: str = "YAO", email: str = "", **profile: Any) -> Specialist:
    """The profile of an officer of this unit (a station's code, or `branch`)."""
    user = an_officer(unit, email)
    return Specialist.objects.get_or_create(
        user=user, defaults={"unit": a_unit(unit), "languages": "fr en", "duties": ["meetings"], **profile}
    )[0]


def a_superuser(email: str = "admin@example.org") -> User:
    """A technical administrator without unit."""
    return a_person(email, is_superuser=True)


def an_organization(kind: str = "workers", name: str = "", country: str = "CM", verified: bool = True) -> Organization:
    """An organization, verified unless said otherwise."""
    the_office()
    now, verifier = timezone.now(), an_officer(email="verifier@example.org")
    bureau = an_officer(BUREAU[kind]) if kind in BUREAU and verified else None
    return Organization.objects.get_or_create(
        name=name or NAMES[kind],
        kind=kind,
        defaults={
            "country": a_country(country),
            "proof": "Seen in a test.",
            "verified_at": now if verified else None,
            "verified_by": verifier if verified else None,
            "agreed_at": now if bureau else None,
            "agreed_by": bureau,
        },
    )[0]


def a_member(kind: str = "workers", *, name: str = "", role: str = "writer", email: str = "", **of: Any) -> User:
    """Somebody who belongs to an organization of this group, as `reader`, `writer` or `administrator`."""
    organization = an_organization(kind, name, **of)
    user = a_person(email or f"{role}.{name.split(' ')[0].lower() or kind}@example.org")
    Membership.objects.get_or_create(user=user, organization=organization, defaults={"role": role})
    return User.objects.get(pk=user.pk)


def a_union(name: str = "", **of: Any) -> User:
    """Somebody who writes for a workers' organization."""
    return a_member("workers", name=name, **of)


def an_employer(name: str = "", **of: Any) -> User:
    """Somebody who writes for an employers' organization."""
    return a_member("employers", name=name, **of)


def a_ministry(name: str = "", **of: Any) -> User:
    """Somebody who writes for a government."""
    return a_member("government", name=name, **of)


def organization_of(user: User) -> Organization:
    """The one organization that `user` belongs to."""
    return Organization.objects.get(memberships__user=user, memberships__until=None)


def seen_by(user: User, request: Request) -> Request:
    """The request as `user` finds it now; Request.DoesNotExist when it does not exist for him."""
    found = one_known(User.objects.get(pk=user.pk), request.reference)
    if found is None:
        raise Request.DoesNotExist
    return found


def a_draft(
    kind: str = SEMINAR,
    *,
    by: User | None = None,
    title: str = TITLE,
    country: str = "CM",
    answers: Answers | None = None,
    filled: bool = True,
) -> Request:
    """A draft of `by` (a union's writer), complete unless `filled` is False; `answers` replace single answers."""
    by = by or a_union()
    the_office()
    draft = filing.create_draft(
        by=by, organization=organization_of(by), kind=kind, country=a_country(country).pk, title=title, key=uuid.uuid4()
    )
    _write_sections(draft, by, COMPLETE if filled else {}, answers or {})
    return seen_by(by, draft)


@transaction.atomic
def _write_sections(draft: Request, by: User, complete: Answers, answers: Answers) -> None:
    """All sections under one lock: as many tests as there are begin with a draft."""
    locked = lock(draft, by=by)
    for section in sections_of(draft.kind):
        if given := {**complete.get(section, {}), **answers.get(section, {})}:
            filing.write_answers(locked, section, given, {}, by=by)


def a_request(
    kind: str = SEMINAR,
    status: str = states.SENT,
    *,
    by: User | None = None,
    officer: User | None = None,
    waiting_days: int | None = None,
    **draft: Any,
) -> Request:
    """A request of `by` (a union's writer) that has come to `status`; `officer` (of the Branch) acts on it.

    `waiting_days`: since how many days it waits. Seen with the eyes of `by`.
    """
    by = by or a_union()
    request = a_draft(kind, by=by, **draft)
    for action in PATHS[status]:
        go(request, action, by=by, officer=officer)
    if waiting_days is not None:
        Request.objects.filter(pk=request.pk).update(waiting_since=timezone.now() - timedelta(days=waiting_days))
    return seen_by(by, request)


def go(request: Request, action: str, *, by: User, officer: User | None = None) -> None:
    """One step in the life of a request, as its filer `by` or an officer of the Branch takes it."""
    if action == "send":
        filing.send(request, by=by, declared=True)
    elif action == "withdraw":
        filing.withdraw(request, "", by=by)
    elif action == "answer":
        letter = filing.open_question(request)
        assert letter is not None
        filing.answer(request, letter, "We have answered.", {}, by=by)
    else:
        _office(request, action, officer or an_officer())


def _office(request: Request, action: str, officer: User) -> None:
    if action == "take":
        triage.take(request, by=officer)
    elif action == "ask":
        triage.ask(request, "Tell us more about the audience.", ["Q9"], by=officer)
    elif action in triage.DECISIONS:
        triage.decide(request, action, "The letter of the decision.", by=officer)
    elif action == "reopen":
        triage.reopen(request, "New facts.", by=officer)
    elif action == "note":
        triage.note(request, "An internal note.", by=officer)
    else:
        triage.move(request, action, by=officer)
