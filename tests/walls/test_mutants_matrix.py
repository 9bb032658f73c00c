"""Whoever breaks the law breaks the matrix: every condition taken from the table of access is noticed by some row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.standing import standing_of
from requests_app.models import Request, access
from tests.walls.mutants import HARMLESS, LOOSER, mutants
from tests.walls.table import Row
from tests.walls.test_visibility_matrix import ROWS, build_all, differences, the_person

EVERY = dict(mutants())
MUTANTS = {broken: table for broken, table in EVERY.items() if broken not in HARMLESS}
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


def is_noticed(people: Iterable[tuple[User | AnonymousUser, Rows]]) -> bool:
    """Whether any row differs."""
    for person, rows in people:
        visible = list(Request.objects.visible_to(person))
        readable = [found for found in visible if found.sight.full]
        if any(differences(row, pk, visible, readable) for row, pk in rows):
            return True
    return False


def test_every_row_of_access_has_its_mutants():
    assert set(LOOSER) == {relation.name for relation in access.RELATIONS}
    assert set(HARMLESS) <= set(EVERY)


@pytest.mark.django_db
def test_the_law_as_it_stands_is_no_mutant(people):
    assert not is_noticed(people)


@pytest.mark.django_db
@pytest.mark.parametrize("broken", MUTANTS)
def test_a_broken_table_fails_the_matrix(people, monkeypatch, broken):
    monkeypatch.setattr(access, "RELATIONS", MUTANTS[broken])
    assert is_noticed(people)
