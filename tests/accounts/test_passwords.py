"""A forgotten password: the page tells nobody whether an account exists."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import PASSWORD
from tests.accounts.test_sign_in import sign_in, text_of

NEW = "another long password"


def ask(client, email="person@example.org"):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def link_in(mail) -> str:
    return re.search(r"http://127.0.0.1:8000(\S+)", mail.body)[1]


def set_new(client, link):
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW}, follow=True)


def test_a_known_and_an_unknown_address_get_the_same_page_and_only_the_known_one_a_mail(client, person, mailoutbox):
    person()
    person("off@example.org", is_active=False)
    pages = [ask(client, email) for email in ("person@example.org", "nobody@example.org", "off@example.org")]
    assert [page.redirect_chain for page in pages] == [[(reverse("account_reset_password_done"), 302)]] * 3
    assert len({text_of(page) for page in pages}) == 1
    assert [mail.to for mail in mailoutbox] == [["person@example.org"]]


def test_the_mail_goes_to_the_stored_address(client, person, mailoutbox):
    person()
    ask(client, "PERSON@example.org")
    assert mailoutbox[0].to == ["person@example.org"]


def test_the_link_is_on_the_portals_own_address_whatever_host_the_request_names(client, person, mailoutbox, settings):
    person()
    settings.ALLOWED_HOSTS = ["*"]
    client.post(reverse("account_reset_password"), {"email": "person@example.org"}, headers={"host": "evil.example"})
    assert "http://127.0.0.1:8000/en/account/reset/" in mailoutbox[0].body
    assert "evil.example" not in mailoutbox[0].body + mailoutbox[0].subject


def test_the_link_sets_a_new_password_once_and_ends_other_sessions(client, person, mailoutbox):
    user = person()
    elsewhere = Client()
    elsewhere.force_login(user)
    ask(client)
    link = link_in(mailoutbox[0])
    assert "Your new password is set" in set_new(client, link).content.decode()
    assert "_auth_user_id" not in client.session
    assert elsewhere.get(reverse("account")).status_code == 302
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()
    assert "not right" in sign_in(client).content.decode()
    assert sign_in(client, password=NEW).status_code == 302
    assert mailoutbox[1].subject == "Your password was set anew"


@pytest.mark.parametrize("change", ["password", "sign-in"])
def test_the_link_stops_working_when_the_account_changed(client, person, mailoutbox, change):
    user = person()
    ask(client)
    if change == "password":
        user.set_password(NEW)
        user.save()
    else:
        sign_in(client)
    assert "This link no longer works" in Client().get(link_in(mailoutbox[0]), follow=True).content.decode()


def test_a_changed_password_signs_out_and_is_told_by_mail(client, person, mailoutbox):
    client.force_login(person())
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), data)
    assert "_auth_user_id" not in client.session
    assert mailoutbox[0].subject == "Your password was changed"
    assert sign_in(client, password=NEW).status_code == 302


@pytest.mark.parametrize("weak", ["short", "password1234", "person@example.org"])
def test_a_weak_password_is_refused(client, person, weak):
    user = person()
    client.force_login(user)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_long_password_with_spaces_is_taken(client, person):
    user = person()
    client.force_login(user)
    long = "five words " * 8
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": long, "password2": long})
    user.refresh_from_db()
    assert user.check_password(long)
