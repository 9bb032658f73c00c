"""The second step: TOTP and recovery codes; forced for officers where the setting says so."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from tests.accounts.conftest import PASSWORD
from tests.accounts.test_sign_in import sign_in


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def confirm(client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def turn_on(client) -> str:
    """Turns the second step on as a person would; the key."""
    confirm(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code>(\w+)</code>", page)[1]
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    return secret


def test_turning_it_on_asks_for_the_password_first(client, person):
    client.force_login(person())
    response = client.get(reverse("mfa_activate_totp"))
    assert response.url.startswith(reverse("account_reauthenticate"))


def test_the_key_is_a_picture_in_the_page_without_a_data_address(client, person):
    client.force_login(person())
    confirm(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "<svg" in page
    assert "data:" not in page
    assert "style=" not in page


def test_turning_it_on_is_told_by_mail(client, person, mailoutbox, django_capture_on_commit_callbacks):
    client.force_login(person())
    with django_capture_on_commit_callbacks(execute=True):
        turn_on(client)
    assert [mail.subject for mail in mailoutbox] == ["Second step turned on"]


def test_with_it_on_the_password_alone_does_not_sign_in(client, person):
    client.force_login(person())
    secret = turn_on(client)
    client.logout()
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert client.get(reverse("account")).status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).url == reverse("home")
    assert client.get(reverse("account")).status_code == 200


def test_a_code_works_once(client, person):
    client.force_login(person())
    secret = turn_on(client)
    client.logout()
    code = code_of(secret)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.logout()
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_signs_in_once(client, person):
    user = person()
    client.force_login(user)
    turn_on(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<code>(\d+)</code>", page)
    assert len(codes) == 10
    for expected in (True, False):
        client.logout()
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert ("_auth_user_id" in client.session) is expected


def test_a_reset_password_does_not_go_round_the_second_step(client, person):
    user = person()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("page", ["home", "account", "requests:list", "mfa_index"])
def test_an_officer_without_it_reaches_nothing_else_where_it_is_forced(client, officer, settings, page):
    settings.SECOND_FACTOR_FOR_OFFICERS = True
    client.force_login(officer())
    assert client.get(reverse(page)).url == reverse("mfa_activate_totp")


def test_an_officer_who_turned_it_on_goes_on_and_can_always_leave(client, officer, settings):
    settings.SECOND_FACTOR_FOR_OFFICERS = True
    client.force_login(officer())
    assert client.post(reverse("account_logout")).url == reverse("home")
    client.force_login(officer("two@example.org"))
    turn_on(client)
    assert client.get(reverse("account")).status_code == 200


def test_the_technical_administrator_must_have_it_too(client, person, settings):
    settings.SECOND_FACTOR_FOR_OFFICERS = True
    client.force_login(person(is_superuser=True))
    assert client.get(reverse("account")).url == reverse("mfa_activate_totp")


def test_constituents_and_the_try_out_are_not_forced(client, member, officer, settings):
    client.force_login(officer())
    assert client.get(reverse("account")).status_code == 200
    settings.SECOND_FACTOR_FOR_OFFICERS = True
    client.force_login(member())
    assert client.get(reverse("account")).status_code == 200


def test_turning_it_off_takes_the_recovery_codes_along(client, person):
    client.force_login(person())
    turn_on(client)
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.exists()
