"""Sections: read, replaced and changed under the version that was read; a wrong field is named and nothing stored."""

import pytest

from requests_app.models import Request
from requests_app.models.sections.registry import ALL_SECTIONS
from tests.api.calls import Caller, caller_for
from tests.factories import a_draft, a_request, a_union, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Request:
    return a_draft(filled=False)


@pytest.fixture
def union(draft) -> Caller:
    return caller_for(a_union())


def at(draft: Request, slug: str = "situation") -> str:
    return f"requests/{draft.reference}/sections/{slug}/"


def test_before_the_first_save_a_section_is_empty(draft, union):
    read = union.get(at(draft))
    assert (read.status_code, read.json(), read.headers["ETag"]) == (200, {}, '"0"')


def test_every_section_of_the_kind_can_be_read_and_no_other(draft, union):
    found = {model.slug: union.get(at(draft, model.slug)).status_code for model in ALL_SECTIONS}
    assert {slug for slug, status in found.items() if status == 200} == {part.slug for part in draft.sections()}
    assert set(found.values()) == {200, 404}


def test_a_change_is_made_under_the_version_that_was_read(draft, union):
    first = union.patch(at(draft), {"happening": "Offices were closed in March."}, **{"If-Match": '"0"'})
    assert first.status_code == 200
    assert first.headers["ETag"] == '"1"'
    stale = union.patch(at(draft), {"happening": "Something else."}, **{"If-Match": '"0"'})
    assert (stale.status_code, stale.json()["code"], stale.headers["ETag"]) == (412, "changed-meanwhile", '"1"')
    without = union.patch(at(draft), {"happening": "Something else."})
    assert (without.status_code, without.json()["code"]) == (428, "if-match-missing")
    assert union.get(at(draft)).json()["happening"] == "Offices were closed in March."


def test_to_replace_blanks_what_is_not_sent_and_to_change_does_not(draft, union):
    union.put(at(draft), {"happening": "Offices were closed.", "since": "2025-03"}, **{"If-Match": '"0"'})
    changed = union.patch(at(draft), {"affected": ["everyone"]}, **{"If-Match": '"1"'})
    assert (changed.json()["since"], changed.json()["affected"]) == ("2025-03", ["everyone"])
    replaced = union.put(at(draft), {"happening": "Offices were closed."}, **{"If-Match": '"2"'})
    assert (replaced.json()["since"], replaced.json()["affected"]) == (None, [])


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        ({"happening": 5}, "happening", "type"),
        ({"happening": "x" * 4001}, "happening", "too_long"),
        ({"since": "March"}, "since", "type"),
        ({"since": "2999-01"}, "since", "future"),
        ({"since": "2025-13"}, "since", "wrong"),
        ({"issues": ["nothing"]}, "issues", "not_listed"),
        ({"issues": "forming"}, "issues", "type"),
        ({"issues": ["forming", "forming"]}, "issues", "type"),
        ({"urgent": "perhaps"}, "urgent", "not_listed"),
        ({"urgent_date": "1 1 2030"}, "urgent_date", "type"),
        ({"urgent_date": "2020-01-01"}, "urgent_date", "past"),
        ({"title": "of another section"}, "title", "unknown"),
        ({"version": 7}, "version", "unknown"),
        ({"happening": {"a": 1}}, "happening", "type"),
        ({"happening": "a\x00b"}, "happening", "type"),
        ({"happening": "x" + " " * 4000}, "happening", "too_long"),
        ({"urgent_date": "2030-01-01\n"}, "urgent_date", "type"),
        ({"not_understood": ["since"]}, "not_understood", "type"),
    ],
)
def test_what_cannot_be_accepted_is_named_and_nothing_is_stored(draft, union, sent, field, code):
    refused = union.patch(at(draft), {"issues_other": "Stays out.", **sent}, **{"If-Match": '"0"'})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid"), refused.content
    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [(field, code)]
    assert union.get(at(draft)).json() == {}


@pytest.mark.parametrize(
    ("slug", "field", "refused", "taken"),
    [("people", "telephone", "222 000", "+237 222 000 000"), ("seminar", "people", "30 to 40", "30-40")],
)
def test_a_text_with_a_form_of_its_own_is_taken_in_that_form_only(draft, union, slug, field, refused, taken):
    no = union.patch(at(draft, slug), {field: refused}, **{"If-Match": '"0"'})
    assert [(one["field"], one["code"]) for one in no.json()["errors"]] == [(field, "type")]
    assert union.patch(at(draft, slug), {field: taken}, **{"If-Match": '"0"'}).json()[field] == taken


def test_kind_and_country_are_named_when_they_are_replaced(draft, union):
    version = union.get(at(draft, "request")).headers["ETag"]
    refused = union.put(at(draft, "request"), {"title": "Another title"}, **{"If-Match": version})
    assert refused.status_code == 422, refused.content
    assert {(one["field"], one["code"]) for one in refused.json()["errors"]} == {
        ("kind", "empty"),
        ("country", "empty"),
    }
    whole = {"title": "Another title", "kind": "visit", "country": "CM"}
    assert union.put(at(draft, "request"), whole, **{"If-Match": version}).json() == whole


def test_the_sentence_is_in_the_language_of_the_call(draft, union):
    refused = union.patch(at(draft), {"urgent": "perhaps"}, **{"If-Match": '"0"', "Accept-Language": "fr"})
    assert refused.headers["Content-Language"] == "fr"
    assert "liste" in refused.json()["errors"][0]["detail"]


def test_what_was_sent_is_not_edited():
    user = a_union()
    sent = a_request(by=user)
    union = caller_for(user)
    refused = union.patch(at(sent), {"happening": "Changed."}, **{"If-Match": union.get(at(sent)).headers["ETag"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "not-now")
    officer = caller_for(an_officer())
    refused = officer.patch(at(sent), {"happening": "Changed."}, **{"If-Match": "*"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")


def test_what_was_typed_into_the_page_and_not_understood_is_shown(draft, union):
    from requests_app.models import Situation  # noqa: PLC0415
    from requests_app.services import filing  # noqa: PLC0415

    filing.save_answers(draft.section(Situation), {}, {"since": "last spring"}, by=a_union())
    read = union.get(at(draft))
    assert read.json()["not_understood"] == {"since": "last spring"}
    kept = union.put(at(draft), read.json(), **{"If-Match": read.headers["ETag"]})
    assert "not_understood" not in kept.json()
