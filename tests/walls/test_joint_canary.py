"""A draft full of words, signed by another organization: what it reads holds the words of the snapshot and no other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.urls import reverse

from accounts.models import User
from outbox.models import Notice
from requests_app.models import Event, People, Request
from requests_app.services import cosigning, filing
from tests import factories as make
from tests.walls.canaries import Canaries, a_draft_with_canaries, a_union_with_canaries, add_document
from tests.walls.pages import body, browser, pages_about, read_all
from tests.walls.told import a_word

# Q12, M6, contacts; accounts; a document that nobody ticked.
KEPT = ("sent.political-will.objections", "sent.visit.safety", "member.", "sent.document")
KEPT += tuple(
    f"sent.people.{before}{name}" for before in ("", "second_") for name in ("name", "function", "email", "telephone")
)


@dataclass
class Filed:
    """The request, its words, and a writer of the organization that signed."""

    words: Canaries
    request: Request
    other: User


def build() -> Filed:
    words, union = Canaries(), f"Union {a_word()}"
    author, other = a_union_with_canaries(words, union), make.a_member("employers", email="other@example.org")
    client = browser(author)
    draft = a_draft_with_canaries(words, by=author, union=client, said="sent", reference="FA-7QK2-M4TX")
    filing.save_answers(draft.section(People), {"may_know": "others"}, {}, by=author)
    add_document(draft, words, union=client, said="sent")
    cosigning.invite(draft, other.email, by=author)
    cosigning.sign(draft, draft.cosignatures.get().uid, by=other, declared=True)
    filing.send(draft, by=author, declared=True)
    return Filed(words, Request.objects.get(pk=draft.pk), User.objects.get(pk=other.pk))


@pytest.fixture(scope="module")
def filed(kept: Callable) -> Iterator[Filed]:
    with kept(build) as built:
        yield built


@pytest.mark.django_db
def test_what_is_signed_holds_no_word_that_is_kept_for_the_office(filed):
    row = filed.request.cosignatures.get()
    found = filed.words.found_in(repr(row.snapshot))
    assert row.is_signed and len(found) > 20
    assert {place for place in found if place.startswith(KEPT)} == set()


@pytest.mark.django_db
def test_who_signed_finds_the_words_of_the_snapshot_and_no_other(filed):
    allowed = filed.words.found_in(repr(filed.request.cosignatures.get().snapshot))
    client = browser(filed.other)
    text = read_all(client, [reverse("requests:list"), *pages_about(filed.request)])
    found = filed.words.found_in(text)
    assert len(found) > 20
    assert found <= allowed | {"organization.name"}
    assert "sent.title" in filed.words.found_in(body(client.get(reverse("requests:list"))))


@pytest.mark.django_db
def test_notices_and_events_of_joint_filing_hold_no_word(filed):
    notices = [{**row, "address": ""} for row in Notice.objects.filter(kind__startswith="request.co_").values()]
    assert len(notices) == 2
    assert filed.words.found_in(repr(notices)) == set()
    assert filed.words.found_in(repr(list(Event.objects.values()))) == set()
