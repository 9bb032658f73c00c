"""What words find: the beginnings of words of title and organization, in any spelling of the same letters."""

import importlib

import pytest
from django.apps import apps

from accounts.models import Organization
from requests_app.models import Request, RequestWords
from requests_app.models.search import as_indexed, words_in
from requests_app.services import filing
from tests.api.calls import caller_for
from tests.factories import a_draft, a_request, a_union, an_officer, organization_of

pytestmark = pytest.mark.django_db


def references(caller, q):
    return {row["reference"] for row in caller.get(f"requests/?q={q}").json()["results"]}


@pytest.mark.parametrize(
    ("q", "finds"),
    [
        ("négociation", True),
        ("NEGOCIATION", True),
        ("nego ports", True),
        ("ports nego", True),
        ("egociation", False),
        ("nego mines", False),
        ("co-op", True),
        ("dockers", True),
        ("%2B%26%7C%21%27", False),
        ("nego%27%20%3A%2A", True),
        ("_", False),
    ],
)
def test_beginnings_of_words(q, finds):
    union = a_union("Dockers (fictional)")
    request = a_request(by=union, title="Négociation collective : co-operatives des ports")
    assert references(caller_for(union), q) == ({request.reference} if finds else set())


def test_words_follow_the_title_and_the_name():
    union = a_union("Old Name (fictional)")
    draft, caller = a_draft(by=union, title="Lighthouses"), caller_for(union)
    assert references(caller, "lighthouses") == {draft.reference}
    filing.save_answers(draft, {"title": "Harbours"}, {}, by=union)
    assert (references(caller, "lighthouses"), references(caller, "harbours")) == (set(), {draft.reference})
    organization = organization_of(union)
    organization.name = "New Name (fictional)"
    organization.save(update_fields=["name"])
    assert (references(caller, "old"), references(caller, "new")) == (set(), {draft.reference})


def test_words_find_only_what_is_read_in_full():
    request = a_request(by=a_union(), title="Lighthouses")
    assert references(caller_for(an_officer()), "lighthouses") == {request.reference}
    assert references(caller_for(a_union("Others (fictional)")), "lighthouses") == set()


def test_what_was_there_before_gets_its_words_and_the_version_that_shows():
    request = a_request(by=a_union(), title="Lighthouses")
    caller = caller_for(an_officer())
    caller.post(f"requests/{request.reference}/note/", {"text": "A note among officers."})
    before = Request.objects.values("seen_version", "seen_at").get()
    RequestWords.objects.all().delete()
    Request.objects.update(seen_version=0, seen_at=None)
    importlib.import_module("requests_app.migrations.0015_seen_versions_and_words").fill(apps, None)
    assert Request.objects.values("seen_version", "seen_at").get() == before
    assert RequestWords.objects.get().text == as_indexed(request.title, Organization.objects.get().name)


def test_words_as_they_are_compared():
    assert words_in("L’État n°87 – 2 000 œuvres, “A_b”") == ["l", "etat", "n", "87", "2", "000", "œuvres", "a", "b"]
