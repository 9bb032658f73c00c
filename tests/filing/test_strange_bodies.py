"""Bodies that no form of the portal makes: too large, too many, broken, in another encoding. Never a 500."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app.models import Request
from tests.factories import a_draft
from tests.filing.browser import Shown, flaws
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def path(union: User) -> str:
    return reverse("requests:section", args=[a_draft(by=union, filled=False).reference, "situation"])


def nothing_stored() -> bool:
    return not hasattr(Request.objects.get(), "situation_section")


@pytest.mark.parametrize("checked", [False, True], ids=["", "with the check of the form's token"])
def test_more_than_the_portal_takes_is_413_with_a_sentence(union: User, path: str, checked: bool) -> None:
    client = Client(enforce_csrf_checks=checked)
    client.force_login(union)
    client.get(path)
    body = "happening=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    response = client.post(path, body, content_type=FORM)
    assert response.status_code == 413
    assert flaws(response) == []
    assert "Your earlier answers are as they were" in Shown(response).text
    assert nothing_stored()


def test_too_many_fields_are_400_with_a_sentence(client: Client, path: str) -> None:
    body = "&".join(f"a{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    response = client.post(path, body, content_type=FORM)
    assert response.status_code == 400
    assert flaws(response) == []
    assert "Nothing was changed" in Shown(response).text
    assert nothing_stored()


def test_five_hundred_values_of_one_field_are_an_ordinary_error(client: Client, path: str) -> None:
    body = "version=0&" + "&".join(f"issues=forged{number}" for number in range(490))
    response = client.post(path, body, content_type=FORM)
    assert response.status_code == 200
    assert flaws(response) == []
    assert [anchor for _sentence, anchor in Shown(response).summary] == ["id_issues_0"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"version=0&happening=%FF%FE%80abc", FORM, 302),
        (b"version=0&happening=\xff\xfe", FORM, 302),
        (b"version=0&happening=%00%00", FORM, 302),
        (b"version=0&since=%ED%A0%80", FORM, 200),
        (b"happening=x", f"{FORM}; charset=utf-16", 400),
        (b"happening=x", f"{FORM}; charset=no-such", 200),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 302),
        (b"nothing", "multipart/form-data", 400),
        (b'{"happening": "x"}', "application/json", 302),
        (b"", "", 302),
    ],
)
def test_a_broken_body_is_a_page_and_never_a_failure(
    client: Client, path: str, body: bytes, kind: str, status: int
) -> None:
    response = client.generic("POST", path, body, content_type=kind)
    assert response.status_code == status
    if status != 302:
        assert flaws(response) == []
    assert nothing_stored() or "\x00" not in Request.objects.get().situation_section.happening


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(path).status_code == 405


def test_a_form_of_another_site_changes_nothing(union: User, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(union)
    response = client.post(path, {"version": "0", "happening": "Forged."})
    assert response.status_code == 403
    assert flaws(response) == []
    assert nothing_stored()


def test_a_file_where_a_text_is_asked_is_no_answer(client: Client, path: str, tmp_path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("content")
    with file.open("rb") as opened:
        response = client.post(path, {"version": "0", "happening": opened})
    assert response.status_code == 302
    assert Request.objects.get().situation_section.happening == ""


def test_an_address_that_is_no_reference_is_no_page(client: Client) -> None:
    for reference in ("FA-0000", "1", "FA-XXXX-XXXX%00", "..", "FA-0000-0000"):
        assert client.get(f"/en/requests/{reference}/").status_code == 404


def test_without_log_in_every_page_leads_there(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    for page in ("detail", "check", "preview", "answers", "letters", "withdraw", "delete", "show_to_office"):
        for method in (Client().get, Client().post):
            response = method(reverse(f"requests:{page}", args=[draft.reference]))
            assert response.status_code in (302, 405)
            if response.status_code == 302:
                assert response.url.startswith(reverse("account_login"))


def test_who_was_removed_from_the_organization_sees_nothing_at_the_next_click(union: User, path: str) -> None:
    client = at_the_browser(union)
    assert client.get(path).status_code == 200
    membership = union.memberships.get()
    membership.until = membership.since
    membership.save()
    assert client.get(path).status_code == 404
    assert client.post(path, {"version": "0", "happening": "Mine."}).status_code == 404
