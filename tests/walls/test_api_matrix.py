"""Every address of the API × everybody: who may not know of a request gets the answer of an unknown reference."""

import json
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse

from requests_app.models import Access, Event
from tests.walls.cast import UNCONCERNED, UNKNOWN, Cast, build
from tests.walls.pages import body, everything
from tests.walls.resolver import api_routes, filled

ROUTES = api_routes()
OF_REQUESTS = [name for name, route in ROUTES.items() if "reference" in route.pattern]
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
READERS = ("writer", "reader", "branch", "actrav", "specialist")
# What the acts take, so that a refusal is never for the content alone.
SENT = {"declared": True, "text": "A text.", "kind": "asked_because_of", "item": "cfa-1"}


@pytest.fixture(scope="module")
def cast(kept: Callable) -> Iterator[Cast]:
    with kept(build) as built:
        yield built


def ask(cast: Cast, role: str, method: str, name: str, about: str) -> HttpResponse:
    """The answer of an address to somebody; what it changed is undone."""
    values = filled(ROUTES[name], cast, about)
    headers = {"If-Match": "*", "Idempotency-Key": uuid.uuid4().hex}
    body = {} if method in ("get", "head") else {"data": json.dumps(SENT), "content_type": "application/json"}
    with transaction.atomic():
        answer = getattr(cast.client(role), method)(ROUTES[name].address(values), headers=headers, **body)
        transaction.set_rollback(True)
    return answer


def told(cast: Cast, role: str, method: str, name: str, about: str) -> str:
    reference = filled(ROUTES[name], cast, about)["reference"]
    return everything(ask(cast, role, method, name, about)).replace(reference, "REFERENCE")


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", OF_REQUESTS)
def test_matrix_a_foreign_request_answers_like_an_unknown_reference(cast, name, method):
    for role in UNCONCERNED if method == "get" else ("anonymous", "ministry", "actemp"):
        assert told(cast, role, method, name, "sent") == told(cast, role, method, name, UNKNOWN), role


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_REQUESTS)
def test_matrix_a_draft_answers_everybody_but_its_readers_like_an_unknown_reference(cast, name):
    for role in ("reader", "ministry", "branch", "specialist"):
        for method in ("get", "post"):
            assert told(cast, role, method, name, "draft") == told(cast, role, method, name, UNKNOWN), role


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROUTES)
def test_matrix_nobody_gets_anything_but_the_description_and_what_is_published(cast, name):
    public = {"api:schema", "api:iati_activities"}
    for method in METHODS[:-1]:
        status = ask(cast, "anonymous", method, name, "sent").status_code
        assert status in ({200, 404, 405} if name in public else {401}), method


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_REQUESTS)
def test_matrix_who_reads_gets_an_answer_where_there_is_one(cast, name):
    for role in READERS:
        assert ask(cast, role, "get", name, "sent").status_code in (200, 404, 405), role


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in OF_REQUESTS if name.startswith("api:act_")])
def test_matrix_who_only_reads_acts_on_nothing(cast, name):
    before = Event.objects.count()
    for role in ("reader", "actrav", "specialist"):
        if role != "reader" and name == "api:act_note":
            continue
        assert ask(cast, role, "post", name, "sent").status_code == 403, role
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_matrix_the_file_of_requests_is_empty_for_everybody_who_is_not_concerned(cast):
    empty = "# end: 0 rows"
    for role in UNCONCERNED:
        answer = ask(cast, role, "get", "api:requests_file", "sent")
        assert answer.status_code == 401 or body(answer).endswith(f"\r\n{empty}\r\n"), role
    for role in READERS:
        assert cast.sent.request.reference in body(ask(cast, role, "get", "api:requests_file", "sent")), role


@pytest.mark.django_db
def test_matrix_each_reading_of_an_officer_is_recorded_and_of_a_member_none(cast):
    for name in ("api:request", "api:letters", "api:findings", "api:section_situation"):
        for role, records in (("branch", 1), ("specialist", 1), ("writer", 0), ("reader", 0)):
            with transaction.atomic():
                before = Access.objects.count()
                address = ROUTES[name].address(filled(ROUTES[name], cast, "sent"))
                assert cast.client(role).get(address).status_code == 200, (name, role)
                assert Access.objects.count() - before == records, (name, role)
                transaction.set_rollback(True)
