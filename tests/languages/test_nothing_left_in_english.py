"""Every page in a language made for this test: whatever is not between its marks was left in English."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app.admin.pages import PAGES
from requests_app.kinds import KINDS
from requests_app.models import Request
from requests_app.models.sections.registry import ALL_SECTIONS, sections_of
from requests_app.states import DRAFT
from tests import factories as make
from tests.filing.test_errors import kind_with, waves
from tests.languages.marked import everything_marked, left_in_english, stored_words
from tests.walls.cast import Cast, build
from tests.walls.pages import body
from tests.walls.resolver import filled, page_routes

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
ENDS = frozenset({"account_logout", "admin:logout"})
NO_PAGES = frozenset({"choose_language", "healthz", "readyz", "favicon"})
# Hard-coded in the admin itself: the alternative text of an icon.
DJANGOS_OWN = frozenset({"Search"})


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        call_command("load_supervisory", verbosity=0)
        built = build()
        User.objects.update(language="fr")
        Request.objects.update(language="fr")
        yield built
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def requests(cast: Cast) -> list[Request]:
    """A draft of each kind with nothing in it and one with everything, and a request in each state."""
    writer, officer = cast.people["writer"], cast.people["branch"]
    drafts = [make.a_draft(kind, by=writer, filled=filled) for kind in KINDS for filled in (False, True)]
    sent = [make.a_request(status=status, by=writer, officer=officer) for status in make.PATHS if status != DRAFT]
    Request.objects.update(language="fr")
    return [*drafts, *sent]


@pytest.fixture(scope="module")
def data(requests: list[Request]) -> tuple[set[str], list[str]]:
    return stored_words()


def pages(cast: Cast) -> Iterator[str]:
    """The address of every route, the cast's own request and draft in it."""
    for name, route in page_routes().items():
        for about in ("sent", "draft") if "reference" in route.pattern else ("",):
            if name not in ENDS | NO_PAGES:
                yield "/" + route.address(filled(route, cast, about)).lstrip("/").replace("en/", "fr/", 1)


def left(answers: Iterable[tuple[str, HttpResponse]], data: tuple[set[str], list[str]]) -> dict[str, str]:
    """What these pages leave in English, and where it stands first."""
    found: dict[str, str] = {}
    for address, answer in answers:
        if answer.status_code != 405 and "html" in answer.get("Content-Type", "") and answer.content:
            for words in left_in_english(body(answer), data):
                found.setdefault(words, f"{address} {answer.status_code}")
    return {words: where for words, where in found.items() if words not in DJANGOS_OWN}


@pytest.mark.parametrize("role", ["anonymous", "writer", "branch", "superuser"])
def test_no_page_leaves_a_word_in_english(cast: Cast, data, role: str) -> None:
    client = cast.client(role)
    cache.clear()
    with everything_marked():
        assert left(((address, client.get(address)) for address in pages(cast)), data) == {}


def test_no_page_of_a_request_of_any_kind_in_any_state_leaves_a_word_in_english(cast: Cast, requests, data) -> None:
    client = cast.client("writer")

    def answers() -> Iterator[tuple[str, HttpResponse]]:
        for request in requests:
            names = [f"requests:{name}" for name in ("detail", "check", "preview", "answers", "letters", "withdraw")]
            found = [reverse(name, args=[request.reference]) for name in names]
            if request.is_draft:
                slugs = [Request.slug, *(model.slug for model in sections_of(request.kind))]
                found += [reverse("requests:section", args=[request.reference, slug]) for slug in slugs]
            for address in found:
                yield address, client.get(address)

    with everything_marked():
        assert left(answers(), data) == {}


def test_no_dossier_and_no_step_at_the_desk_leaves_a_word_in_english(cast: Cast, requests, data) -> None:
    client = cast.client("branch")

    def answers() -> Iterator[tuple[str, HttpResponse]]:
        for request in requests:
            for action in ("", *PAGES) if not request.is_draft else ():
                name = "act" if action else "change"
                address = reverse(f"admin:requests_request_{name}", args=[request.reference, *filter(None, [action])])
                answer = client.get(address)
                yield address, answer
                if action and answer.status_code == 200:
                    with transaction.atomic():
                        yield f"POST {address}", client.post(address, {})
                        transaction.set_rollback(True)

    with everything_marked():
        assert left(answers(), data) == {}


def test_no_error_leaves_a_word_in_english(cast: Cast, requests, data) -> None:
    """Every form that is posted empty, and every field of every section with every error that it can give."""
    writer, anonymous = cast.client("writer"), cast.client("anonymous")
    cache.clear()
    typed_words = set()

    def posted(client: Client, address: str, typed: dict[str, Any]) -> tuple[str, HttpResponse]:
        with transaction.atomic():
            answer = client.post(address, typed)
            transaction.set_rollback(True)
        return f"POST {address}", answer

    def answers() -> Iterator[tuple[str, HttpResponse]]:
        for address in pages(cast):
            yield posted(anonymous, address, {})
            yield posted(writer, address, {"text": "1" * 100_000})
        for section in (Request, *ALL_SECTIONS):
            kind = kind_with(section)
            draft = next(request for request in requests if request.is_draft and request.kind == kind)
            for wave in waves(section, kind):
                address = reverse("requests:section", args=[draft.reference, section.slug])
                typed_words.update(
                    " ".join(typed.split()) for typed, _sentence in wave.values() if isinstance(typed, str)
                )
                yield posted(writer, address, {name: typed for name, (typed, _sentence) in wave.items()})

    with everything_marked():
        found = left(answers(), data)
    assert {words: where for words, where in found.items() if words not in typed_words} == {}


def test_the_check_sees_what_is_left(data) -> None:
    page = "<html lang=fr><title>⟦Help⟧</title><h1>⟦Help ⟦me⟧ now⟧</h1><p>Left <b lang=en>not</b></p><img alt=Seen>"
    assert left_in_english(page, data) == ["Left", "Seen"]
