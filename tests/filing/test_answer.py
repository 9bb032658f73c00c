"""Answering a letter: only what was asked, once, and no text is lost."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import notice_choices
from accounts.models import DigestLine, User
from outbox import delivery
from outbox.folder import parse
from outbox.models import Notice
from requests_app import states
from requests_app.models import Event, Letter, Request, Revision, Seminar
from requests_app.services import filing, triage
from tests.factories import a_member, a_request, a_union, an_officer, go, seen_by
from tests.filing.browser import Shown, fill, flaws, follow, words
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(union: User) -> Request:
    """A request about whose audience, outcome and costs the Office asks."""
    request = a_request(status=states.IN_EXAMINATION, by=union)
    officer = an_officer()
    triage.ask(seen_by(officer, request), "Who is it for?", ["A3", "A5", "Q2"], by=officer)
    return seen_by(union, request)


def path_of(request: Request, letter: Letter | None = None) -> str:
    letter = letter or Letter.objects.get(request=request, kind="question")
    return reverse("requests:answer", args=[request.reference, letter.uid])


def test_only_the_questions_asked_are_open(client: Client, asked: Request) -> None:
    response = client.get(path_of(asked))
    assert flaws(response) == []
    names = {node.get("name") for tag in ("input", "textarea", "select") for node in Shown(response).form().iter(tag)}
    assert names == {
        "csrfmiddlewaretoken",
        "kept",
        "situation-since",
        "seminar-audience",
        "seminar-audience_text",
        "seminar-outcome",
        "text",
    }


def test_an_answer_makes_a_revision_and_new_findings(client: Client, asked: Request) -> None:
    before = asked.examination_id
    response = fill(client, path_of(asked), {"seminar-outcome": "", "text": "We no longer know."})
    assert "Your answer has been sent." in Shown(follow(client, response)).messages
    now = Request.objects.get()
    assert now.status == states.IN_EXAMINATION
    assert now.examination_id != before
    assert now.examination.findings.filter(question="A5").exists()
    assert Revision.objects.count() == 2
    assert Event.objects.last().fields == ["seminar.outcome"]


def test_everybody_who_writes_for_the_organization_is_told_once_that_the_answer_arrived(
    client: Client, asked: Request, union: User, settings, tmp_path
) -> None:
    settings.MAIL_DIR = tmp_path
    colleague = a_member(role="administrator", email="head@example.org")
    User.objects.filter(pk=colleague.pk).update(language="fr")
    quiet, reader = a_member(email="quiet@example.org"), a_member(role="reader", email="reader@example.org")
    notice_choices.choose(quiet, {"answered": "none"})
    Notice.objects.all().delete()
    typed = {"seminar-outcome": "A word that stays here.", "text": "A text that stays here."}
    form = {**Shown(client.get(path_of(asked))).filled(), **typed}
    assert [client.post(path_of(asked), form).status_code for _click in range(2)] == [302, 302]
    told = Notice.objects.filter(recipient__in=[union, colleague, quiet, reader])
    assert {(notice.kind, notice.address) for notice in told} == {
        ("request.answer_received", union.email),
        ("request.answer_received", colleague.email),
    }
    assert Notice.objects.filter(kind="request.answered").exists()
    delivery.sweep(timezone.now() + timedelta(minutes=1))
    mails = {str(mail["To"]): mail for mail in map(parse, tmp_path.glob("*.eml"))}
    assert mails[union.email]["Subject"] == f"{asked.reference}: your answer was received"
    assert mails[colleague.email]["Subject"].strip() == f"{asked.reference}\u202f: votre réponse est arrivée"
    assert f"/fr/requests/{asked.reference}/" in mails[colleague.email].get_content()
    assert not [mail for mail in mails.values() if "that stays here" in str(mail) + mail.get_content()]


def test_the_arrival_of_an_answer_can_wait_for_the_mail_of_the_day(client: Client, asked: Request, union: User) -> None:
    notice_choices.choose(union, {"answered": "daily"})
    fill(client, path_of(asked), {"text": "An answer."})
    assert not Notice.objects.filter(kind="request.answer_received").exists()
    assert DigestLine.objects.filter(user=union, kind="answer_received", about=asked.reference).exists()


def test_what_was_not_asked_is_not_changed_by_a_forged_field(client: Client, asked: Request) -> None:
    forged = {"seminar-form": "online", "form": "online", "people-email": "x@example.org", "request-title": "Forged"}
    fill(client, path_of(asked), {**forged, "text": "An answer."})
    now = Request.objects.get()
    assert (now.seminar_section.form, now.title) == ("seminar", asked.title)
    assert now.people_section.email == "ada@example.org"


def test_new_answers_need_no_text_but_unchanged_ones_do(client: Client, asked: Request) -> None:
    response = fill(client, path_of(asked), {})
    shown = Shown(response)
    assert flaws(response) == []
    assert shown.summary == [("Write your answer, or change one of the answers above it", "id_text")]
    assert shown.at_fields == [shown.summary[0][0]] and shown.title.startswith("Error: ")
    assert fill(client, path_of(asked), {"seminar-audience_text": "Ten judges"}).status_code == 302


def test_what_cannot_be_understood_is_refused_whole_and_shown_again(client: Client, asked: Request) -> None:
    typed = {"situation-since": "13 2025", "seminar-outcome": "x" * 1501, "text": "My text."}
    response = fill(client, path_of(asked), typed)
    assert flaws(response) == []
    shown = Shown(response)
    assert {anchor for _sentence, anchor in shown.summary} == {"id_situation-since", "id_seminar-outcome"}
    for name, text in typed.items():
        assert shown.filled()[name] == [text]
    assert Request.objects.get().status == states.QUESTION_OUT
    assert Request.objects.get().situation_section.raw == {}


def test_a_text_over_the_limit_is_kept(client: Client, asked: Request) -> None:
    shown = Shown(fill(client, path_of(asked), {"text": "y" * 8001}))
    assert shown.summary == [("Shorten the text to 8000 characters: it is 1 too long", "id_text")]
    assert shown.filled()["text"] == ["y" * 8001]


def test_a_double_click_answers_once(client: Client, asked: Request) -> None:
    path = path_of(asked)
    data = {**Shown(client.get(path)).filled(), "text": "Once."}
    answers = [client.post(path, data) for _ in range(2)]
    assert {answer.url for answer in answers} == {reverse("requests:detail", args=[asked.reference])}
    assert Letter.objects.filter(kind="answer").count() == 1


def test_of_two_colleagues_the_second_keeps_his_text_and_reads_why(client: Client, asked: Request) -> None:
    path = path_of(asked)
    data: dict[str, Any] = Shown(client.get(path)).filled()
    fill(at_the_browser(a_member(email="colleague@example.org")), path, {"text": "From the colleague."})
    response = client.post(path, {**data, "text": "From me, too late."})
    assert flaws(response) == []
    shown = Shown(response)
    assert shown.filled()["text"] == ["From me, too late."]
    assert "This letter is closed" in shown.text
    assert "Send the answer" not in [words(button) for button in shown.all("button")]
    assert Letter.objects.filter(kind="answer").count() == 1


def test_a_decision_in_between_keeps_the_text(client: Client, union: User, asked: Request) -> None:
    path = path_of(asked)
    data = Shown(client.get(path)).filled()
    go(asked, "decline", by=union)
    shown = Shown(client.post(path, {**data, "text": "Too late."}))
    assert shown.filled()["text"] == ["Too late."]
    assert "It is now: Not possible this way." in shown.text


def test_the_address_of_an_answered_letter_still_shows_the_letter(client: Client, asked: Request) -> None:
    path = path_of(asked)
    fill(client, path, {"text": "Done."})
    response = client.get(path)
    assert flaws(response) == []
    shown = Shown(response)
    assert "Who is it for?" in shown.text and "This letter is closed" in shown.text


def test_an_answer_that_could_not_be_read_is_put_right_by_the_next(client: Client, union: User) -> None:
    request = a_request(status=states.SENT, by=union)
    section = request.section(Seminar)
    section.raw = {"people": "a few"}
    section.people = ""
    section.save()
    officer = an_officer()
    triage.take(seen_by(officer, request), by=officer)
    triage.ask(seen_by(officer, request), "How many?", ["A4"], by=officer)
    assert Shown(client.get(path_of(request))).filled()["seminar-people"] == ["a few"]
    assert fill(client, path_of(request), {"seminar-people": ""}).status_code == 302
    assert Request.objects.get().seminar_section.raw == {}


def test_a_letter_of_another_request_is_no_page(client: Client, union: User, asked: Request) -> None:
    other = a_request(status=states.QUESTION_OUT, by=a_union("Another Union of Tests (fictional)"))
    foreign = Letter.objects.get(request=other)
    own = filing.open_question(asked)
    for path in (
        path_of(asked, foreign),
        reverse("requests:answer", args=[asked.reference, uuid.uuid4()]),
        reverse("requests:answer", args=[other.reference, foreign.uid]),
        reverse("requests:answer", args=[other.reference, own.uid]),
    ):
        assert client.get(path).status_code == 404
        assert client.post(path, {"text": "Forged."}).status_code == 404


def test_who_only_reads_has_no_page_to_answer(asked: Request) -> None:
    reader = at_the_browser(a_member(role="reader"))
    assert reader.get(path_of(asked)).status_code == 404
    assert reader.post(path_of(asked), {"text": "Mine."}).status_code == 404


def test_a_letter_without_questions_is_answered_by_text_alone(client: Client, union: User) -> None:
    request = a_request(status=states.IN_EXAMINATION, by=union)
    officer = an_officer()
    triage.ask(seen_by(officer, request), "Anything else?", [], by=officer)
    assert fill(client, path_of(request), {"text": "No \x00🙂"}).status_code == 302
    assert Letter.objects.get(kind="answer").text == "No 🙂"
