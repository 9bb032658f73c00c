"""Which language a page speaks, and that switching it loses nothing."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse, translate_url

from accounts.models import User
from requests_app.models import People, Request
from requests_app.models.sections.situation import Situation
from tests import factories as make
from tests.documents.conftest import files
from tests.documents.files import PDF
from tests.filing.browser import Shown
from tests.languages.switching import switch
from tests.pages.markup import Page, faults

LANGUAGES = [code for code, _name in settings.LANGUAGES]
pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    make.the_office()
    return make.a_member()


@pytest.fixture
def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def draft(person: User) -> Request:
    return make.a_draft(by=person)


def account() -> User:
    """The person as stored."""
    return User.objects.get(email__startswith="writer.")


@pytest.mark.parametrize(("browser", "there"), [("fr-CA,en;q=0.8", "/fr/"), ("de,es;q=0.5", "/es/"), ("en-GB", "/en/")])
def test_the_root_leads_on_in_the_browsers_language(client: Client, browser: str, there: str) -> None:
    response = client.get("/", headers={"Accept-Language": browser})
    assert (response.status_code, response["Location"]) == (302, there)
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}


@pytest.mark.parametrize("browser", ["", "xx", "de-CH,de;q=0.9", "*"])
def test_the_root_asks_where_no_language_fits(client: Client, browser: str) -> None:
    response = client.get("/", headers={"Accept-Language": browser})
    assert faults(response) == []
    links = [attrs for tag, attrs in Page(response).tags if tag == "a"]
    assert [(link["href"], link["lang"]) for link in links] == [(f"/{code}/", code) for code in LANGUAGES]


def test_the_cookie_comes_before_the_account_and_the_account_before_the_browser(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(language="es")
    client.force_login(person)
    assert client.get("/", headers={"Accept-Language": "en"})["Location"] == "/es/"
    client.cookies["language"] = "fr"
    assert client.get("/", headers={"Accept-Language": "en"})["Location"] == "/fr/"


def test_a_page_links_to_itself_in_each_language(client: Client) -> None:
    tags = Page(client.get("/en/help/?a=1")).tags
    links = [attrs for tag, attrs in tags if tag == "a" and "hreflang" in attrs]
    assert [(link["lang"], link["dir"], link["href"]) for link in links] == [
        (code, "ltr", f"/{code}/help/?a=1") for code in LANGUAGES
    ]
    assert [link["hreflang"] for link in links if "aria-current" in link] == ["en"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_says_which_language_it_is_in(client: Client, code: str) -> None:
    response = client.get(f"/{code}/help/")
    html = dict(Page(response).tags)["html"]
    assert (html["lang"], html["dir"], response["Content-Language"]) == (code, "ltr", code)


def test_the_language_that_was_read_last_is_remembered_for_a_year(client: Client) -> None:
    cookie = client.get("/fr/help/", headers={"Accept-Language": "en"}).cookies["language"]
    assert (cookie.value, cookie["max-age"], cookie["httponly"]) == ("fr", 31_536_000, True)
    assert client.get("/", headers={"Accept-Language": "en"})["Location"] == "/fr/"
    assert "language" not in client.get("/fr/help/", headers={"Accept-Language": "en"}).cookies


def test_an_answer_that_sets_the_cookie_is_kept_by_nobody(client: Client) -> None:
    assert client.get("/fr/countries/", headers={"Accept-Language": "en"})["Cache-Control"] == "no-store"
    assert "language" not in client.get("/fr/countries/").cookies


def test_who_is_signed_in_switches_by_a_post_that_the_account_remembers(signed_in: Client) -> None:
    shown = Shown(signed_in.get("/en/help/?a=1"))
    own = shown.by_id["language"]
    data = {node.get("name"): node.get("value") for node in own.iter("input") if node.get("name") == "next"}
    response = signed_in.post(own.get("action"), {**data, "switch_to": "es"})
    assert (response.status_code, response["Location"]) == (302, "/es/help/?a=1")
    assert account().language == "es"


def test_reading_in_another_language_does_not_change_the_account(signed_in: Client) -> None:
    signed_in.get("/fr/help/", headers={"Accept-Language": "en"})
    assert account().language == "en"


@pytest.mark.parametrize("page", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:x", "/\\x"])
def test_switching_leads_nowhere_else(signed_in: Client, page: str) -> None:
    assert signed_in.post("/language/", {"switch_to": "fr", "next": page})["Location"] in ("/", "/fr/")


def test_an_unknown_language_changes_nothing(signed_in: Client) -> None:
    assert signed_in.post("/language/", {"switch_to": "xx", "next": "/en/help/"})["Location"] == "/en/help/"
    assert account().language == "en"


def test_switching_in_a_section_saves_what_was_typed_even_where_it_is_not_understood(
    signed_in: Client, draft: Request
) -> None:
    path = reverse("requests:section", args=[draft.reference, "situation"])
    shown = Shown(switch(signed_in, path, "fr", happening="Trois syndicalistes", since="jamais 20x"))
    assert shown.all("html")[0].get("lang") == "fr"
    assert shown.filled()["happening"] == ["Trois syndicalistes"]
    assert shown.filled()["since"] == ["jamais 20x"]
    section = Request.objects.get().section(Situation)
    assert (section.happening, section.raw) == ("Trois syndicalistes", {"since": "jamais 20x"})


def test_switching_at_a_new_request_makes_no_draft_and_finds_no_fault(signed_in: Client) -> None:
    shown = Shown(switch(signed_in, reverse("requests:new"), "es", title="Un seminario"))
    assert shown.filled()["title"] == ["Un seminario"]
    assert (shown.summary, shown.at_fields, Request.objects.count()) == ([], [], 0)


def test_switching_at_the_check_page_sends_nothing(signed_in: Client, person: User) -> None:
    request = make.a_draft(by=person)
    shown = Shown(switch(signed_in, reverse("requests:check", args=[request.reference]), "fr", declared="yes"))
    assert shown.filled()["declared"] == ["yes"]
    assert Request.objects.get().is_draft


@pytest.mark.parametrize("page", ["letters", "withdraw"])
def test_switching_in_a_letter_sends_nothing_and_keeps_the_text(signed_in: Client, person: User, page: str) -> None:
    request = make.a_request(by=person)
    path = reverse(f"requests:{page}", args=[request.reference])
    shown = Shown(switch(signed_in, path, "es", text="Estimados colegas"))
    assert shown.filled()["text"] == ["Estimados colegas"]
    assert (request.letters.count(), Request.objects.get().status) == (0, request.status)


def test_switching_in_the_own_details_keeps_what_was_typed_and_saves_only_the_language(signed_in: Client) -> None:
    shown = Shown(switch(signed_in, reverse("account"), "fr", function="Secrétaire"))
    assert (shown.filled()["function"], shown.filled()["language"]) == (["Secrétaire"], ["fr"])
    assert (account().function, account().language) == ("", "fr")


def test_switching_on_the_documents_page_keeps_the_answer_and_saves_nothing(signed_in: Client, draft: Request) -> None:
    path = reverse("requests:documents", args=[draft.reference])
    shown = Shown(switch(signed_in, path, "fr", documents_by="post"))
    assert shown.all("html")[0].get("lang") == "fr"
    assert shown.filled(shown.by_id["other_way"])["documents_by"] == ["post"]
    assert (shown.summary, shown.at_fields, shown.messages) == ([], [], [])
    assert (Request.objects.get().section(People).documents_by, account().language) == ("", "fr")


def test_who_switches_on_the_documents_page_with_a_token_that_is_not_his_changes_nothing(
    person: User, draft: Request
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    path = reverse("requests:documents", args=[draft.reference])
    assert client.post(path, {"switch_to": "fr"}).status_code == 403
    assert account().language == "en"


def test_a_file_that_comes_with_a_switch_is_neither_added_nor_kept(
    signed_in: Client, draft: Request, settings, tmp_path: Path
) -> None:
    settings.DOCUMENTS_ROOT = tmp_path
    path = reverse("requests:documents", args=[draft.reference])
    for address, status in ((path, 307), (translate_url(path, "fr"), 200)):
        file = SimpleUploadedFile("statute.pdf", PDF)
        assert signed_in.post(address, {"file": file, "switch_to": "fr"}).status_code == status
    assert (draft.documents.count(), files(tmp_path)) == (0, [])


def test_the_language_lasts_across_signing_in(client: Client, person: User) -> None:
    person.set_password("a long password 2026")
    person.save()
    response = client.post("/fr/account/sign-in/", {"login": person.email, "password": "a long password 2026"})
    assert response["Location"] == "/fr/"


def test_the_desk_speaks_the_officers_language(client: Client) -> None:
    make.the_office()
    officer = make.an_officer("branch")
    User.objects.filter(pk=officer.pk).update(language="fr")
    client.force_login(officer)
    response = client.get("/admin/", headers={"Accept-Language": "en"})
    assert (dict(Page(response).tags)["html"]["lang"], response["Content-Language"]) == ("fr", "fr")
