"""Every page of log-in and of one's own account opens, is well-formed and needs no script."""

import html5lib
import pytest
from django.urls import reverse

from tests.accounts.test_second_step import confirm, turn_on

ANYBODY = (
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
)
SIGNED_IN = ("account", "account_reauthenticate", "account_change_password", "mfa_index")
WITH_SECOND_STEP = (
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
)
CLOSED = (
    "account_email_verification_sent",
    "account_confirm_login_code",
    "account_inactive",
)


def opens(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    page = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<h1>" in page
    for inline in ("<script", "style=", "onload=", "data:"):
        assert inline not in page
    return page


@pytest.mark.parametrize("name", ANYBODY)
def test_pages_before_sign_in_open(client, db, name):
    opens(client, reverse(name))


@pytest.mark.parametrize("name", SIGNED_IN)
def test_pages_of_the_account_open_and_only_when_signed_in(client, member, name):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(member())
    opens(client, reverse(name))


def test_pages_of_the_second_step_open(client, person):
    client.force_login(person())
    confirm(client)
    opens(client, reverse("mfa_activate_totp"))
    turn_on(client)
    for name in WITH_SECOND_STEP:
        opens(client, reverse(name))
    assert client.get(reverse("mfa_download_recovery_codes"))["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", CLOSED)
def test_doors_the_library_knows_but_we_closed_lead_to_sign_in(client, db, name):
    assert client.get(reverse(name)).url == reverse("account_login")


def test_an_old_reset_link_says_so(client, db):
    page = opens(client, reverse("account_reset_password_from_key", kwargs={"uidb36": "abc", "key": "a-b"}))
    assert "This link no longer works" in page


def test_the_first_password_is_set_by_who_has_none(client, person):
    user = person()
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    opens(client, reverse("account_set_password"))


def test_what_is_wrong_is_listed_above_with_a_link_to_the_field(client, db):
    page = client.post(reverse("account_login"), {"login": "", "password": ""}).content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert '<a href="#id_login">Write your e-mail, for example name@example.org.</a>' in page
    assert 'aria-invalid="true"' in page


def test_a_person_changes_his_own_details_and_nothing_else(client, member):
    user = member()
    client.force_login(user)
    details = {"name": "Amina M.", "function": "Secretary", "telephone": "+237 1", "language": "fr"}
    more = {"email": "other@example.org", "is_superuser": "on", "is_active": ""}
    assert client.post(reverse("account"), details | more).url == reverse("account")
    user.refresh_from_db()
    assert (user.name, user.function, user.language) == ("Amina M.", "Secretary", "fr")
    assert (user.email, user.is_superuser, user.is_active) == ("union@example.org", False, True)


def test_the_account_page_names_every_organization_and_whether_it_is_verified(client, member):
    client.force_login(member())
    page = opens(client, reverse("account"))
    assert "A union</bdi></a>, Cameroon" in page
    assert "not verified yet" in page


def test_too_many_tries_is_a_page_of_ours(client, db):
    for _try in range(21):
        response = client.post(reverse("account_reset_password"), {"email": "a@example.org"})
    assert response.status_code == 429
    assert "Wait a minute" in response.content.decode()
