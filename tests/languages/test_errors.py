"""A page that says no says it in the language of the address."""

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.template.defaultfilters import filesizeformat
from django.test import Client, RequestFactory
from django.utils import translation

from requests_app.models.document import LIMIT
from ta_portal import errors
from tests.languages.marked import everything_marked, left_in_english
from tests.pages.markup import Page

LANGUAGES = [code for code, _name in settings.LANGUAGES]
ANSWERS = {
    400: lambda request: errors.bad_request(request),
    403: lambda request: errors.permission_denied(request),
    404: lambda request: errors.page_not_found(request),
    413: lambda request: errors.bad_request(request, RequestDataTooBig()),
    429: lambda request: errors.answer(request, 429),
    "csrf": lambda request: errors.csrf_failure(request),
}


@pytest.mark.parametrize("code", ANSWERS)
def test_an_error_page_leaves_no_word_in_english(code: int | str, rf: RequestFactory) -> None:
    with everything_marked():
        page = ANSWERS[code](rf.get("/fr/nowhere/")).content.decode()
    assert left_in_english(page, (set(), [])) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address_answers_in_its_language(client: Client, language: str) -> None:
    answer = client.get(f"/{language}/nowhere/")
    assert (answer.status_code, dict(Page(answer).tags)["html"]["lang"]) == (404, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_too_large_is_told_the_limit(language: str, rf: RequestFactory) -> None:
    with translation.override(language):
        page = ANSWERS[413](rf.get("/nowhere/")).content.decode()
        assert filesizeformat(LIMIT) in page
