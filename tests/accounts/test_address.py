"""A new e-mail: asked for with the password, confirmed from the new mailbox, told to the old one."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AddressChange
from outbox import delivery
from outbox.models import Notice
from tests.accounts.test_devices import CHROME, FIREFOX, on
from tests.accounts.test_second_step import confirm
from tests.accounts.test_sign_in import sign_in
from tests.pages.markup import faults

NEW = "new@example.org"


@pytest.fixture(autouse=True)
def carried_out(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def asked(client, address=NEW):
    confirm(client)
    return client.post(reverse("account_email"), {"address": address})


def mails_to(mailoutbox, address=NEW):
    delivery.sweep(timezone.now() + timedelta(minutes=1))
    return [mail for mail in mailoutbox if mail.to == [address]]


def link_of(mailoutbox) -> str:
    return re.search(r"http://127.0.0.1:8000(\S+)", mails_to(mailoutbox)[-1].body)[1]


def test_the_address_changes_once_the_new_mailbox_confirms_and_the_old_one_is_told(client, person, mailoutbox):
    user = person()
    client = on(FIREFOX)
    there = on(CHROME)
    assert client.get(reverse("account_email")).url.startswith(reverse("account_reauthenticate"))
    assert asked(client).url == reverse("account")
    link = link_of(mailoutbox)
    assert faults(client.get(link)) == []
    user.refresh_from_db()
    assert user.email == "person@example.org"
    client.post(link)
    user.refresh_from_db()
    assert user.email == NEW
    told = mails_to(mailoutbox, "person@example.org")
    assert [mail.subject for mail in told] == ["The address of your account was changed"]
    assert NEW not in told[0].body
    assert client.get(reverse("account")).status_code == 200
    assert there.get(reverse("account")).status_code == 302
    client.post(reverse("account_logout"))
    sign_in(client, NEW)
    assert "_auth_user_id" in client.session


def test_a_taken_and_a_free_address_answer_alike_and_only_the_owner_reads_the_difference(client, person, mailoutbox):
    person("taken@example.org")
    client.force_login(person())
    answers = [asked(client, address) for address in ("taken@example.org", NEW)]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, reverse("account"))}
    assert Notice.objects.filter(kind="account.address").count() == 2
    AddressChange.objects.update(ended_at=None)
    assert [mail.subject for mail in mails_to(mailoutbox, "taken@example.org")] == ["This address has an account"]


def test_a_link_works_once_for_its_owner_and_in_time(client, person, mailoutbox):
    user, other = person(), person("other@example.org")
    client.force_login(user)
    asked(client)
    link = link_of(mailoutbox)
    client.force_login(other)
    foreign = client.get(link)
    assert faults(foreign) == []
    assert "does not work here" in foreign.content.decode()
    client.post(link)
    client.force_login(user)
    AddressChange.objects.update(expires_at=timezone.now())
    client.post(link)
    user.refresh_from_db()
    assert user.email == "person@example.org"
    AddressChange.objects.update(expires_at=timezone.now() + timedelta(days=1))
    client.post(link)
    assert "does not work here" in client.get(link).content.decode()


def test_an_address_that_got_an_account_meanwhile_is_not_taken_over(client, person, mailoutbox):
    user = person()
    client.force_login(user)
    asked(client)
    link = link_of(mailoutbox)
    person(NEW)
    assert "does not work here" in client.post(link, follow=True).content.decode()
    user.refresh_from_db()
    assert user.email == "person@example.org"


def test_a_later_wish_ends_the_earlier_one(client, person, mailoutbox):
    client.force_login(person())
    asked(client)
    first = link_of(mailoutbox)
    asked(client, "third@example.org")
    assert "does not work here" in client.get(first).content.decode()
