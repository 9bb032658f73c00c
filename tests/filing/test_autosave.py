"""Saving while one writes: what the page's script asks for, and what it gets."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from requests_app.kinds import KINDS
from requests_app.models import Request
from requests_app.models.sections.registry import sections_of
from requests_app.services import filing
from tests.factories import a_draft, a_member, a_ministry, a_request, organization_of, seen_by
from tests.filing.browser import Shown
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db

TEXT = "Three unions were refused in March."


@pytest.fixture
def draft(union) -> Request:
    return a_draft(by=union, filled=False)


def page(draft: Request, slug: str = "situation") -> str:
    return reverse("requests:section", args=[draft.reference, slug])


def autosave(draft: Request, slug: str = "situation") -> str:
    return reverse("requests:autosave", args=[draft.reference, slug])


def typed(client: Client, draft: Request, **fields: str) -> dict:
    return {**Shown(client.get(page(draft))).filled(), **fields}


def test_it_stores_what_is_typed_and_answers_with_the_findings_and_the_new_version(client, union, draft):
    data = typed(client, draft, happening=TEXT, since="nonsense")
    response = client.post(autosave(draft), data)
    assert response.status_code == 200
    stored = seen_by(union, draft).sections()[0]
    assert (stored.happening, "since" in stored.raw) == (TEXT, True)
    assert response["X-Version"] == str(stored.version)
    assert b'id="findings"' in response.content and b"Saved " in response.content
    # With that version the button saves as ever.
    assert client.post(page(draft), {**data, "version": response["X-Version"], "since": ""}).status_code == 302


def test_it_does_not_overwrite_what_a_colleague_saved_meanwhile(client, union, draft):
    data = typed(client, draft, happening=TEXT)
    section = type(seen_by(union, draft).sections()[0])
    filing.save_answers(seen_by(union, draft).section(section), {"happening": "Another text."}, {}, by=union)
    response = client.post(autosave(draft), data)
    assert "X-Version" not in response and b"Somebody else saved" in response.content
    assert seen_by(union, draft).sections()[0].happening == "Another text."


def test_a_page_with_two_texts_is_not_saved_before_its_reader_decides(client, union, draft):
    data = typed(client, draft, happening=TEXT)
    section = type(seen_by(union, draft).sections()[0])
    filing.save_answers(seen_by(union, draft).section(section), {"happening": "Another text."}, {}, by=union)
    assert b"data-autosave" not in client.post(page(draft), data).content
    assert b"data-autosave" in client.get(page(draft)).content


def test_who_was_signed_out_is_told_that_nothing_is_lost_and_the_request_stays_unknown(client, draft):
    for path in (autosave(draft), autosave(draft).replace(draft.reference, "FA-0000-0000")):
        response = Client().post(path, {"happening": TEXT})
        assert response.status_code == 200
        assert b"signed out" in response.content and "X-Version" not in response
        assert draft.reference.encode() not in response.content


def test_others_find_nothing_and_what_was_sent_stays_as_it_is(union, draft):
    assert at_the_browser(a_ministry()).post(autosave(draft), {"happening": TEXT}).status_code == 404
    sent = a_request(by=union)
    colleague = a_member(name=organization_of(union).name, role="administrator")
    response = at_the_browser(colleague).post(autosave(sent), {"happening": TEXT, "version": "1"})
    assert b"cannot be changed" in response.content
    assert seen_by(union, sent).sections()[0].happening != TEXT


@pytest.mark.parametrize("kind", KINDS)
def test_a_piece_of_the_page_weighs_less_than_two_kilobytes(client, union, kind):
    draft = a_draft(kind, by=union, filled=False)
    for model in sections_of(kind):
        answer = client.post(autosave(draft, model.slug), {"version": 0})
        assert answer["X-Version"] == "1"
        assert len(gzip.compress(answer.content, 6)) <= 2048, model.slug


def test_all_scripts_together_weigh_less_than_eight_kilobytes():
    scripts = Path(settings.BASE_DIR, "static").rglob("*.js")
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= 8192
