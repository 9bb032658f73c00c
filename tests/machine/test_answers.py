"""What every answer carries, what is logged of it, and what the error pages say."""

import logging
import re

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from ta_portal import errors, urls
from tests.factories import a_person

CANARY = "kanarienvogel"
PAGES = ["/en/", "/en/nowhere/", "/healthz", "/readyz", "/favicon.ico", "/static/nowhere.css"]


def broken(request):
    """A view that fails over what somebody typed."""
    raise ValueError(CANARY)


def too_big(request):
    """A view that reads more than is taken."""
    raise RequestDataTooBig


def own_caching(request):
    """A view that says itself how it may be kept."""
    return HttpResponse("kept", headers={"Cache-Control": "max-age=60"})


urlpatterns = [
    path("broken", broken, name="broken"),
    path("api/broken", broken, name="api-broken"),
    path("too-big", too_big),
    path("kept", own_caching),
    *urls.urlpatterns,
]
handler400, handler403, handler404 = errors.bad_request, errors.permission_denied, errors.page_not_found
handler500 = errors.server_error


@pytest.fixture
def browser(settings) -> Client:
    """A browser that meets error pages as people do."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize("page", [*PAGES, "/broken", "/too-big"])
def test_each_answer_carries_the_headers_whatever_its_status(browser, page):
    headers = browser.get(page).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert re.fullmatch("[0-9a-f]{16}", headers["X-Request-ID"])


@pytest.mark.django_db
def test_a_signed_in_persons_pages_are_kept_by_nobody(browser):
    assert "Cache-Control" not in browser.get("/en/").headers
    browser.force_login(a_person())
    assert browser.get("/en/").headers["Cache-Control"] == "no-store"
    assert browser.get("/kept").headers["Cache-Control"] == "max-age=60"


@pytest.mark.django_db
def test_the_log_names_the_route_and_never_path_query_or_person(browser, caplog):
    person = a_person()
    browser.force_login(person)
    with caplog.at_level(logging.DEBUG):
        answer = browser.get(f"/en/?q={CANARY}")
        browser.get(f"/en/{CANARY}/")
        browser.get(f"/broken?q={CANARY}")
    lines = [record.getMessage() for record in caplog.records if record.name == "ta_portal.access"]
    assert re.fullmatch(rf"GET home 200 [\d.]+ms {answer.headers['X-Request-ID']}", lines[0])
    assert [line.split()[1:3] for line in lines[1:]] == [["-", "404"], ["broken", "500"]]
    assert CANARY not in caplog.text
    assert person.email not in caplog.text
    assert str(person.pk) not in caplog.text


@pytest.mark.django_db
def test_a_failure_is_logged_with_its_place_and_without_its_words(browser, caplog):
    answer = browser.get("/broken")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "ta_portal.errors"]
    assert line.startswith(f"{answer.headers['X-Request-ID']} broken ValueError at {__file__}:")
    assert CANARY not in line


@pytest.mark.django_db
def test_the_page_of_a_failure_speaks_three_languages_and_tells_nothing(browser):
    answer = browser.get("/broken")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert all(f'lang="{language}"' in page for language in ("en", "fr", "es"))
    assert CANARY not in page


@pytest.mark.django_db
def test_a_page_that_is_not_there_reads_the_same_whatever_the_reason(browser):
    browser.force_login(a_person())
    pages = [browser.get(address) for address in ("/en/nowhere/", f"/en/{CANARY}/x/y/", "/en/requests/FA-0000-0000/x/")]
    assert {page.status_code for page in pages} == {404}
    assert len({re.sub(r'(href|value)="[^"]*"', "", page.content.decode()) for page in pages}) == 1


@pytest.mark.django_db
def test_machines_are_answered_with_problem_json(browser):
    for address, status in (("/api/nowhere", 404), ("/api/broken", 500)):
        answer = browser.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
        assert answer.json()["status"] == status


@pytest.mark.django_db
def test_too_much_is_said_to_be_too_much(browser):
    assert browser.get("/too-big").status_code == 413


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_with_a_page_of_ours(browser):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/en/account/sign-in/", {"login": "somebody@example.org"})
    assert answer.status_code == 403
    assert "errors/csrf.html" in [template.name for template in answer.templates]
