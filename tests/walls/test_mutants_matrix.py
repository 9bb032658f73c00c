"""Whoever breaks the law breaks the matrix: every condition taken from the table of access is noticed by some row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.standing import standing_of
from requests_app.models import Request, access
from tests.walls.mutants import HARMLESS, LOOSER, conditions, sights
from tests.walls.table import Row
from tests.walls.test_visibility_matrix import ROWS, build_all, differences, the_person

pytestmark = pytest.mark.thorough
CONDITIONS = {broken: table for broken, table in conditions() if broken not in HARMLESS}
SIGHTS = {broken: table for broken, table in sights() if broken not in HARMLESS}
Rows = list[tuple[Row, int]]


def by_person() -> list[tuple[User | AnonymousUser, Rows]]:
    """Every person of the matrix with the rows that are about him, those who see something first."""
    rows: dict[object, Rows] = defaultdict(list)
    people: dict[object, User | AnonymousUser] = {}
    for who, case in build_all().items():
        person = the_person(case)
        standing_of(person)  # read once, and kept on the object
        people.setdefault(person.pk, person)
        rows[person.pk].append((ROWS[who], case[1].request.pk))
    everybody = [(people[key], found) for key, found in rows.items()]
    return sorted(everybody, key=lambda found: all("nothing" in row.sees for row, _pk in found[1]))


@pytest.fixture(scope="module")
def people(kept: Callable) -> Iterator[list[tuple[User | AnonymousUser, Rows]]]:
    with kept(by_person) as built:
        yield built


def found_by(people: Iterable[tuple[User | AnonymousUser, Rows]]) -> Iterator[tuple[list[Request], Rows]]:
    """What each person finds."""
    return ((list(Request.objects.visible_to(person)), rows) for person, rows in people)


def is_noticed(found: Iterable[tuple[list[Request], Rows]]) -> bool:
    """Whether any row differs."""
    for visible, rows in found:
        readable = [request for request in visible if request.sight.full]
        if any(differences(row, pk, visible, readable) for row, pk in rows):
            return True
    return False


def test_every_row_of_access_has_its_mutants():
    assert set(LOOSER) == {relation.name for relation in access.RELATIONS}
    assert set(HARMLESS) <= {broken for broken, _table in (*conditions(), *sights())}


@pytest.fixture(scope="module")
def found(people) -> list[tuple[list[Request], Rows]]:
    """What each person finds while the law stands; in which relations, the requests remember."""
    return list(found_by(people))


def test_the_law_as_it_stands_is_no_mutant(found):
    assert not is_noticed(found)


@pytest.mark.django_db
@pytest.mark.parametrize("broken", CONDITIONS)
def test_a_condition_less_fails_the_matrix(people, monkeypatch, broken):
    monkeypatch.setattr(access, "RELATIONS", CONDITIONS[broken])
    assert is_noticed(found_by(people))


@pytest.mark.django_db
@pytest.mark.parametrize("broken", SIGHTS)
def test_a_thing_more_or_less_in_a_row_fails_the_matrix(found, monkeypatch, broken):
    monkeypatch.setattr(access, "RELATIONS", SIGHTS[broken])
    assert is_noticed(found)
