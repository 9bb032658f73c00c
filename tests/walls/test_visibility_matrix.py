"""Who sees what of a request, row by row: in the querysets, in what may be done, and on the pages."""

import re
from collections.abc import Callable, Iterable, Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from accounts.standing import standing_of
from api.pages import Asked
from requests_app import permissions
from requests_app.api.listing import ORDERS, listed
from requests_app.models import Access, Request
from requests_app.refusals import NotPermitted
from requests_app.states import STATUSES
from tests.walls import cases  # noqa: F401  (fills CASES)
from tests.walls.pages import browser, doors, lists, pages_about, read_all
from tests.walls.principals import CASES, Case, World
from tests.walls.table import EVERY_ACTION, NOW, Row, rows
from tests.walls.told import ANSWER, CONTACT, DOCUMENT, LETTER, NOTE, ORGANIZATION, SENSITIVE, TITLE

ROWS = {row.who: row for row in rows()}
NOTHING = frozenset({"nothing"})
LEVELS = {"–": 0, "both": 0, "read": 1, "write": 3}


def build_all() -> dict[str, Case]:
    world = World()
    return {who: CASES[who](world) for who in ROWS}


@pytest.fixture(scope="module")
def world(kept: Callable) -> Iterator[dict[str, Case]]:
    with kept(build_all) as built:
        yield built


def the_person(case: Case) -> User | AnonymousUser:
    """The person as the next click would find him."""
    person = case[0]
    return User.objects.get(pk=person.pk) if person else AnonymousUser()


def differences(row: Row, pk: int, visible: Iterable[Request], readable: Iterable[Request]) -> list[str]:
    """What the portal answers otherwise than the row says, in words; `visible` and `readable` for the row's person."""
    exists = [found for found in visible if found.pk == pk]
    reads = [found for found in readable if found.pk == pk]
    wrong = []
    if len(exists) != (row.sees != NOTHING):
        return [f"exists {len(exists)} times"]
    if len(reads) != ("full" in row.sees):
        wrong.append(f"readable {len(reads)} times")
    for found in (*exists, *reads):
        sight = found.sight
        joint = (sight.invitation, sight.snapshot)
        if joint != ("invited" in row.sees, "signed" in row.sees):
            wrong.append(f"invitation, snapshot: {joint}")
        told = (sight.existence, sight.line, sight.summary, sight.full)
        meant = (True, "line" in row.sees, bool(row.sees & {"summary", "full"}), "full" in row.sees)
        if told != meant:
            wrong.append(f"existence, line, summary, full: {told}")
        if (sight.sensitive, sight.notes) != (row.sensitive, row.notes):
            wrong.append(f"Q12 and contacts {sight.sensitive}, notes {sight.notes}")
        if (sight.letters, sight.documents) != (LEVELS[row.letters], LEVELS[row.documents]):
            wrong.append(f"letters {sight.letters}, documents {sight.documents}")
        if sight.actions != row.may:
            wrong.append(f"actions {sorted(sight.actions)}")
        now = set(permissions.available(found))
        if now != row.may & NOW[found.status]:
            wrong.append(f"available {sorted(now)}")
    return wrong


def test_every_row_has_a_world_and_every_world_a_row():
    assert set(ROWS) == set(CASES)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ROWS)
def test_the_querysets_and_the_actions_follow_the_table(world, who):
    person, pk = the_person(world[who]), world[who][1].request.pk
    visible, readable = Request.objects.visible_to(person), Request.objects.readable_by(person)
    assert differences(ROWS[who], pk, visible.filter(pk=pk), readable.filter(pk=pk)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", ROWS)
@pytest.mark.parametrize("least", ["existence", "told", "full"])
def test_the_sources_of_a_page_hold_the_same_requests_seen_in_the_same_way(world, who, least):
    standing = standing_of(the_person(world[who]))
    level = {} if least == "existence" else {least: True}
    whole = {found.pk: found.sight for found in Request.objects.known(standing, **level)}
    parts = [found for part in Request.objects.by_source(standing, **level) for found in part]
    assert {found.pk: found.sight for found in parts} == whole
    wanted = Asked("-created_at", ORDERS["-created_at"], 100)
    filters = {} if least == "existence" else {"status": sorted(STATUSES)}
    if least != "full":
        listed_there = {row["reference"] for row in listed(standing, filters, wanted)}
        assert listed_there == set(Request.objects.filter(pk__in=whole).values_list("reference", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("who", [who for who, row in ROWS.items() if row.sees != NOTHING])
def test_what_a_person_may_not_do_is_refused_whatever_the_state(world, who):
    found = Request.objects.visible_to(the_person(world[who])).get(pk=world[who][1].request.pk)
    for action in EVERY_ACTION - ROWS[who].may:
        with pytest.raises(NotPermitted):
            permissions.check(found, action)


@pytest.fixture(scope="module")
def lists_read() -> dict[object, str]:
    """What the lists of each person show; nobody changes them in this module."""
    return {}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ROWS)
def test_the_pages_show_what_the_table_says_and_nothing_else(world, lists_read, who):
    row, (person, told) = ROWS[who], world[who]
    client = browser(person)
    key = person and person.pk
    if key not in lists_read:
        lists_read[key] = read_all(client, lists())
    # Every other address of a request that does not exist for somebody: test_route_matrix.py.
    about = doors(told.request) if row.sees == NOTHING else pages_about(told.request)
    text = lists_read[key] + read_all(client, about)
    # A search repeats in its box what was typed, the sign-in page (in each language) where one wanted to go.
    text = re.sub(rf'(value="|href="[^"]*[?]next=)[^"]*{told.request.reference}[^"]*"', "", text)
    meant = {TITLE, ORGANIZATION, ANSWER} if "full" in row.sees else set()
    meant |= {TITLE, ORGANIZATION} if "invited" in row.sees else set()
    meant |= {ANSWER} if "signed" in row.sees else set()
    meant |= {SENSITIVE, CONTACT} if row.sensitive else set()
    meant |= {DOCUMENT} if row.documents != "–" else set()
    meant |= {LETTER} if row.letters != "–" else set()
    meant |= {NOTE} if row.notes else set()
    found = told.parts_in(text)
    if "line" in row.sees or knows_it_anyhow(the_person(world[who]), told.request):
        found.discard(ORGANIZATION)
        meant.discard(ORGANIZATION)
    assert found == meant & set(told.words)
    assert (told.request.reference in text) == (row.sees != NOTHING)


def knows_it_anyhow(person: User | AnonymousUser, request: Request) -> bool:
    """Whether the person reads another request of the same organization, whose name then stands in the lists."""
    others = Request.objects.readable_by(person).filter(organization=request.organization_id)
    return others.exclude(pk=request.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["check", "preview", "answers"])
def test_each_look_of_an_officer_at_a_draft_that_was_shown_is_recorded(world, page):
    person, told = world["shown · Branch"]
    before = Access.objects.count()
    assert browser(person).get(reverse(f"requests:{page}", args=[told.request.reference])).status_code == 200
    assert [row.user for row in Access.objects.order_by("pk")[before:]] == [person]
