"""Switching the language on the pages of log-in: what was typed comes along, but for passwords; nothing is done."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts import invitations
from accounts.models import AddressChange, Invitation, JoinRequest, User
from outbox.models import Notice
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_invitations import NEW, invite, link_of
from tests.accounts.test_joining import ASKED
from tests.accounts.test_second_step import confirm
from tests.accounts.test_sign_in import sign_in
from tests.filing.browser import Shown, flaws
from tests.languages.switching import switch

# One try of each: whatever a switch used up would be missing for the act itself.
ONE_TRY = {
    "login": "1/m/ip",
    "login_failed": "1/m/ip,1/5m/key",
    "reset_password": "1/m/ip,1/m/key",
    "join": "1/h/ip",
    "join_mail": "1/h/key",
}


@pytest.fixture
def one_try(settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | ONE_TRY


@pytest.fixture(autouse=True)
def carried_out(settings) -> None:
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def in_french(response: HttpResponse) -> Shown:
    """The page that came: in French, without a fault and without a reproach."""
    shown = Shown(response)
    assert flaws(response) == []
    assert shown.all("html")[0].get("lang") == "fr"
    assert (shown.summary, shown.at_fields, shown.messages) == ([], [], [])
    return shown


@pytest.mark.parametrize("password", [PASSWORD, "not the password"])
def test_at_sign_in_the_address_comes_along_and_nobody_tries_to_sign_in(
    client: Client, person, one_try: None, password: str
) -> None:
    user = person()
    wanted = reverse("account")
    path = f"{reverse('account_login')}?next={wanted}"
    for _time in range(3):
        response = switch(client, path, "fr", login=user.email, password=password, remember="on")
        shown = in_french(response)
        assert shown.filled()["login"] == [user.email]
        assert "remember" in shown.filled()
        assert shown.filled()["next"] == [wanted]
        assert password not in response.content.decode()
        assert "_auth_user_id" not in client.session
    assert sign_in(client, next=wanted).url == wanted


def test_after_a_wrong_try_a_switch_is_no_second_one(client: Client, person, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "2/m/ip,2/5m/key"}
    user, path = person(), reverse("account_login")
    sign_in(client, password="not the password")
    for _time in range(3):
        in_french(switch(client, path, "fr", login=user.email, password="not the password"))
    assert sign_in(client).status_code == 302


def test_a_forgotten_password_is_not_asked_for_by_a_switch(client: Client, person, one_try: None, mailoutbox) -> None:
    user = person()
    path = reverse("account_reset_password")
    for _time in range(3):
        shown = in_french(switch(client, path, "fr", email=user.email))
        assert shown.filled()["email"] == [user.email]
    assert (Notice.objects.count(), mailoutbox) == (0, [])
    assert client.post(path, {"email": user.email}).status_code == 302
    assert len(mailoutbox) == 1


def test_everything_written_to_ask_for_an_account_comes_along_and_nobody_has_asked(
    client: Client, unit, one_try: None
) -> None:
    typed = {**ASKED, "address": "not an address yet", "proof": "A letter.\nA second line."}
    path = reverse("account_signup")
    for _time in range(3):
        shown = in_french(switch(client, path, "fr", **typed))
        filled = {name: value[0] for name, value in shown.filled().items()}
        assert {name: filled[name] for name in typed} == typed
    assert (JoinRequest.objects.count(), Notice.objects.count()) == (0, 0)
    assert client.post(reverse("account_signup"), ASKED).url == reverse("account_join_sent")
    assert JoinRequest.objects.count() == 1


@pytest.fixture
def link(client: Client, member, organization, mailoutbox) -> str:
    """An invitation, as it came by mail."""
    invite(client, member("boss@example.org", "administrator", organization()))
    client.logout()
    return link_of(mailoutbox)


def test_a_new_member_is_not_made_by_a_switch_and_writes_the_name_once(client: Client, link: str) -> None:
    response = switch(client, link, "fr", **{**NEW, "function": "Trésorière"})
    shown = in_french(response)
    assert (shown.filled()["name"], shown.filled()["function"]) == ([NEW["name"]], ["Trésorière"])
    assert NEW["password"] not in response.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()
    assert client.post(link, NEW).status_code == 302


def test_a_switch_counts_as_a_look_at_the_link_like_any_other(client: Client, link: str, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"link": "2/m/ip"}
    in_french(switch(client, link, "fr", name="Ada"))  # one look to open it, one to read it in French
    assert client.post(link, {"switch_to": "en"}).status_code == 429


def test_who_has_an_account_accepts_by_the_button_only(client: Client, link: str, person) -> None:
    user = person("new@example.org")
    client.force_login(user)
    assert client.post(link, {"switch_to": "en"}).status_code == 200
    assert not user.memberships.exists()
    assert invitations.account_of(Invitation.objects.get()) == user


def test_whom_to_invite_and_as_what_comes_along_and_nobody_is_invited(
    client: Client, member, organization, one_try: None
) -> None:
    boss = member("boss@example.org", "administrator", organization())
    client.force_login(boss)
    path = reverse("organization_invite", args=[boss.memberships.get().organization_id])
    shown = in_french(switch(client, path, "fr", address="not an address yet", role="reader"))
    assert (shown.filled()["address"], shown.filled()["role"]) == (["not an address yet"], ["reader"])
    assert (Invitation.objects.count(), Notice.objects.count()) == (0, 0)


def test_a_new_address_comes_along_and_is_not_asked_for(client: Client, person, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"address": "1/h/user"}
    person()
    sign_in(client)
    confirm(client)
    path = reverse("account_email")
    for _time in range(2):
        shown = in_french(switch(client, path, "fr", address="new@example.org"))
        assert shown.filled()["address"] == ["new@example.org"]
    assert not AddressChange.objects.exists()
    assert client.post(path, {"address": "new@example.org"}).status_code == 302
    assert AddressChange.objects.exists()
