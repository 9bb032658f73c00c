"""The exchange: reading and writing letters."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app import states
from requests_app.models import Letter, Request
from tests.factories import a_draft, a_member, a_request, a_union, an_officer
from tests.filing.browser import Shown, fill, flaws, follow
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db


def letters(request: Request) -> str:
    return reverse("requests:letters", args=[request.reference])


def test_a_letter_is_sent_and_stands_below_those_before_it(client: Client, union: User) -> None:
    request = a_request(status=states.QUESTION_OUT, by=union)
    response = follow(client, fill(client, letters(request), {"text": "First line.\nSecond line."}))
    assert flaws(response) == []
    shown = Shown(response)
    assert "Your letter has been sent." in shown.messages
    assert shown.text.index("From the Office") < shown.text.index("From your organization")
    assert Letter.objects.get(kind="letter").text == "First line.\nSecond line."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write the letter, then send it"),
        (" \r\n \x00\u200b", "Write the letter, then send it"),
        ("y" * 8002, "Shorten the text to 8000 characters: it is 2 too long"),
        ("y" * 300_000, "Shorten the text to 8000 characters: it is 292000 too long"),
    ],
)
def test_no_text_or_too_much_is_a_sentence_and_the_text_stays(
    client: Client, union: User, typed: str, sentence: str
) -> None:
    response = fill(client, letters(a_request(by=union)), {"text": typed})
    assert flaws(response) == []
    shown = Shown(response)
    assert shown.summary == [(sentence, "id_text")]
    assert shown.at_fields == [sentence]
    assert shown.by_id["id_text"].get("aria-invalid") == "true"
    assert shown.title.startswith("Error: ")
    assert len(shown.filled()["text"][0]) == len(typed.strip(" \r\n\x00\u200b"))
    assert not Letter.objects.exists()


def test_a_double_click_sends_one_letter(client: Client, union: User) -> None:
    request = a_request(by=union)
    data = {**Shown(client.get(letters(request))).filled(), "text": "Once."}
    for _ in range(2):
        assert client.post(letters(request), data).url == letters(request)
    assert Letter.objects.count() == 1


def test_the_same_words_can_be_written_again_from_a_new_page(client: Client, union: User) -> None:
    request = a_request(by=union)
    for _ in range(2):
        fill(client, letters(request), {"text": "We wait for you."})
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x", "another"])
def test_a_forged_key_hides_no_letter(client: Client, union: User, key: str) -> None:
    other = a_request(status=states.QUESTION_OUT, by=a_union("Another Union of Tests (fictional)"))
    forged = str(Letter.objects.get(request=other).uid) if key == "another" else key
    fill(client, letters(a_request(by=union)), {"text": "Mine.", "key": forged})
    assert Letter.objects.filter(text="Mine.").count() == 1


@pytest.mark.parametrize("status", [states.WITHDRAWN, states.DECLINED, states.CLOSED])
def test_to_an_ended_request_no_letter_is_written_and_the_text_is_given_back(
    client: Client, union: User, status: str
) -> None:
    request = a_request(status=status, by=union)
    before = Letter.objects.count()
    assert "Write to the Office" not in Shown(client.get(letters(request))).text
    shown = Shown(client.post(letters(request), {"text": "One more word."}))
    assert shown.filled()["text"] == ["One more word."]
    assert any("Nothing was changed" in message for message in shown.messages)
    assert Letter.objects.count() == before


@pytest.mark.parametrize("who", ["reader", "officer"])
def test_who_only_reads_writes_no_letter(union: User, who: str) -> None:
    request = a_request(by=union)
    client = at_the_browser(a_member(role="reader") if who == "reader" else an_officer())
    assert "Write to the Office" not in Shown(client.get(letters(request))).text
    client.post(letters(request), {"text": "Forged."})
    assert not Letter.objects.exists()


def test_a_draft_has_no_letters(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    assert client.get(letters(draft)).url == reverse("requests:detail", args=[draft.reference])


def test_markup_in_a_letter_is_shown_as_it_was_typed(client: Client, union: User) -> None:
    request = a_request(by=union)
    response = follow(client, fill(client, letters(request), {"text": "<b onclick=x>bold</b> & more"}))
    assert flaws(response) == []
    assert "<b onclick=x>bold</b> & more" in Shown(response).text
