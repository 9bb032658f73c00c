"""Everybody is written to in his own language, whoever acts and in whatever language."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from outbox.delivery import compose
from outbox.models import ACCOUNT, Notice
from requests_app.models import People, Request
from requests_app.reading import finding_lines
from requests_app.services.letters import decision_letter, question_letter
from tests import factories as make

LANGUAGES = [code for code, _name in settings.LANGUAGES]
pytestmark = pytest.mark.django_db


def said(words: str, language: str) -> str:
    """`words` in this language, which are the source's own in English alone."""
    with translation.override(language):
        found = gettext(words)
    assert (found == words) == (language == "en"), f"{words!r} has no translation"
    return found


@pytest.fixture
def sent() -> Callable[[str], Request]:
    """A request of somebody whose account and whose letters are in this language, sent from an English page."""

    def make_one(language: str) -> Request:
        person = make.a_union()
        User.objects.filter(pk=person.pk).update(language=language)
        return make.a_request(by=person, answers={People: {"language": language}})

    return make_one


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_is_in_the_language_of_its_account_and_leads_to_the_page_in_it(sent: Callable, language: str) -> None:
    request = sent(language)
    notice = Notice.objects.get(kind="request.received")
    mail = compose(notice)
    assert mail.subject == said("%(reference)s: received", language) % {"reference": request.reference}
    assert f"/{language}/requests/{request.reference}/" in mail.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_units_mail_is_in_the_offices_language(sent: Callable, language: str) -> None:
    sent(language)
    with translation.override(language):
        mails = [compose(notice) for notice in Notice.objects.filter(kind="request.new")]
    assert mails and all("Request FA-" in mail.text for mail in mails)


@pytest.mark.parametrize("officers", LANGUAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_begins_in_the_requesters_language_whatever_the_officers(
    sent: Callable, language: str, officers: str
) -> None:
    request = sent(language)
    with translation.override(officers):
        letters = [question_letter(request, []), decision_letter(request, "accept")]
    for letter in letters:
        assert letter.startswith(said("Dear colleagues,", language))
        assert letter.endswith(said("Freedom of Association Branch", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_is_in_the_readers_language(sent: Callable, language: str) -> None:
    request = sent("en")
    findings = list(request.examination.findings.all())
    with translation.override(language):
        lines = finding_lines(findings, request.kind)
    with translation.override("en"):
        english = finding_lines(findings, request.kind)
    assert lines
    for line, source in zip(lines, english, strict=True):
        assert (line.sentence == source.sentence) == (language == "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_about_the_account_is_in_its_language_whatever_the_page(client: Client, language: str, settings) -> None:
    settings.EMAIL_BACKEND = "outbox.backend.OutboxBackend"
    person = make.a_person()
    User.objects.filter(pk=person.pk).update(language=language)
    client.post("/es/account/reset/", {"email": person.email})
    notice = Notice.objects.get(kind=ACCOUNT)
    with translation.override(language):
        expected = gettext("Set a new password")
    assert expected in notice.subject + notice.body
