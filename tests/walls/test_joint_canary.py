"""A request full of words, signed by another organization and examined.

What that organization reads holds the words of the snapshot and of the one letter to both, and no other.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from outbox import delivery
from outbox.models import Notice
from requests_app.models import Event, People, Request
from requests_app.services import cosigning, filing
from tests import factories as make
from tests.walls.canaries import Canaries, a_draft_with_canaries, a_union_with_canaries, act, add_document
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
    exchange(draft, words, union=client, desk=browser(make.an_officer()))
    return Filed(words, Request.objects.get(pk=draft.pk), User.objects.get(pk=other.pk))


def exchange(draft: Request, words: Canaries, *, union: Client, desk: Client) -> None:
    """A note, letters to the union alone, its answer and letter, and one letter to both. No answer is changed."""
    ref = draft.reference
    act(desk, ref, "take")
    act(desk, ref, "note", text=words.new("note"))
    act(desk, ref, "ask", text=words.new("letter.question"), question=["Q1"])
    asked = draft.letters.get()
    answered = union.post(reverse("requests:answer", args=[ref, asked.uid]), {"text": words.new("letter.answer")})
    assert answered.status_code == 302
    union.post(reverse("requests:letters", args=[ref]), {"text": words.new("letter.letter")})
    act(desk, ref, "ask", text=words.new("letter.both"), question=["Q2"], both="yes")
    act(desk, ref, "accept", text=words.new("letter.decision"))
    assert draft.letters.count() == 5


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
    assert found <= allowed | {"organization.name", "letter.both"}
    assert "letter.both" in found
    assert "sent.title" in filed.words.found_in(body(client.get(reverse("requests:list"))))


@pytest.mark.django_db
def test_who_withdrew_its_signature_finds_no_word(filed):
    cosigning.withdraw_signature(filed.request, filed.request.cosignatures.get().uid, by=filed.other)
    text = read_all(browser(filed.other), [reverse("requests:list"), *pages_about(filed.request)])
    assert filed.words.found_in(text) == set()


@pytest.mark.django_db
def test_the_mail_on_the_letter_to_both_holds_no_word_and_goes_to_who_signed(filed, settings, tmp_path):
    settings.MAIL_DIR = tmp_path
    notice = Notice.objects.get(kind="request.co_letter")
    assert notice.address == filed.other.email
    delivery.sweep(timezone.now() + timedelta(minutes=1))
    mails = [file.read_text() for file in tmp_path.glob("*.eml") if filed.other.email in file.read_text()]
    assert mails and all(filed.request.reference in mail for mail in mails)
    assert filed.words.found_in("".join(mails)) == set()


@pytest.mark.django_db
def test_notices_and_events_of_joint_filing_hold_no_word(filed):
    notices = [{**row, "address": ""} for row in Notice.objects.filter(kind__startswith="request.co_").values()]
    assert sorted(row["kind"] for row in notices) == [
        "request.co_invited",
        "request.co_letter",
        "request.co_signed",
    ]
    assert filed.words.found_in(repr(notices)) == set()
    assert filed.words.found_in(repr(list(Event.objects.values()))) == set()
