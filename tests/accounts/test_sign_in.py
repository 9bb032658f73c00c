"""Log-in by e-mail and password; what is refused is refused in one way."""

import re

import pytest
from django.urls import reverse

from accounts.clock import OWN_DEVICE_KEY
from tests.accounts.conftest import PASSWORD

FORTNIGHT = 14 * 24 * 3600


def sign_in(client, email="person@example.org", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def text_of(response) -> str:
    """The page without what differs at every showing."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return page.replace("nobody@example.org", "").replace("person@example.org", "")


def test_a_person_signs_in_in_whatever_case_the_address_is_written(client, person):
    person()
    response = sign_in(client, "Person@Example.org")
    assert (response.status_code, response.url) == (302, reverse("home"))
    assert "_auth_user_id" in client.session


def test_a_wrong_address_a_wrong_password_and_a_disabled_account_read_the_same(client, person):
    person()
    person("off@example.org", is_active=False)
    wrong = sign_in(client, password="not the password")
    unknown = sign_in(client, "nobody@example.org")
    disabled = sign_in(client, "off@example.org")
    assert wrong.status_code == unknown.status_code == disabled.status_code == 200
    assert text_of(wrong) == text_of(unknown) == text_of(disabled).replace("off@example.org", "")
    assert "The e-mail or the password is not right." in text_of(wrong)
    assert "_auth_user_id" not in client.session


def test_a_session_is_new_after_sign_in(client, person):
    person()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in(client)
    assert client.session.session_key != planted


@pytest.mark.parametrize(
    "next_url", ["//evil.example", "https:evil.example", "/\\evil.example", "https://evil.example"]
)
def test_sign_in_leads_to_this_site_only(client, person, next_url):
    person()
    assert sign_in(client, next=next_url).url == reverse("home")


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client, person):
    person()
    wanted = reverse("account")
    response = client.get(wanted)
    assert response.url == f"{reverse('account_login')}?next={wanted}"
    assert f'name="next" value="{wanted}"' in client.get(response.url).content.decode()
    assert sign_in(client, next=wanted).url == wanted


def test_after_five_wrong_tries_the_right_password_waits_too(client, person):
    person()
    for _try in range(5):
        sign_in(client, password="not the password")
    assert "Too many tries" in sign_in(client).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_huge_password_is_refused_before_it_is_hashed(client, person):
    person()
    response = sign_in(client, password="x" * 100_000)
    assert "This is too long." in response.content.decode()


def test_the_session_outlives_the_browser_only_on_ones_own_device(client, person):
    person()
    sign_in(client)
    assert client.cookies["sessionid"]["max-age"] == ""
    assert not client.session[OWN_DEVICE_KEY]
    client.post(reverse("account_logout"))
    sign_in(client, remember="on")
    assert client.cookies["sessionid"]["max-age"] == FORTNIGHT
    assert client.session[OWN_DEVICE_KEY]


def test_sign_out_is_a_post(client, person):
    client.force_login(person())
    assert client.get(reverse("account_logout")).status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).url == reverse("home")
    assert "_auth_user_id" not in client.session


def test_a_session_ends_when_the_account_is_disabled(client, person):
    user = person()
    client.force_login(user)
    assert client.get(reverse("account")).status_code == 200
    user.is_active = False
    user.save()
    assert client.get(reverse("account")).status_code == 302


def test_there_is_no_open_sign_up(client, db, django_user_model):
    data = {"email": "new@example.org", "password1": PASSWORD}
    assert client.post(reverse("account_signup"), data).status_code == 200
    assert not django_user_model.objects.exists()


def test_visitors_who_do_not_sign_in_get_no_session(client, db):
    client.get(reverse("account_login"))
    assert "sessionid" not in client.cookies
