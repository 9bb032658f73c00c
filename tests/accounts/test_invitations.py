"""Inviting a member: by an administrator, to one address, once. Whatever does not work answers in one way."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import invitations
from accounts.models import Invitation, Membership, User
from accounts.standing import standing_of
from outbox import delivery
from outbox.models import Notice
from tests.accounts.conftest import again
from tests.accounts.test_sign_in import text_of
from tests.pages.markup import faults

NEW = {"name": "New Person", "function": "", "password": "a quite long password"}


@pytest.fixture(autouse=True)
def carried_out(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def administrator(member, organization) -> User:
    return member("boss@example.org", "administrator", organization())


def invite(client, administrator, address="new@example.org", role="writer"):
    client.force_login(administrator)
    page = reverse("organization_invite", args=[administrator.memberships.get().organization_id])
    return client.post(page, {"address": address, "role": role})


def link_of(mailoutbox, to="new@example.org") -> str:
    delivery.sweep(timezone.now() + timedelta(minutes=1))
    mail = [mail for mail in mailoutbox if mail.to == [to]][-1]
    return re.search(r"http://127.0.0.1:8000(\S+)", mail.body)[1]


def test_a_new_person_accepts_and_is_a_member_in_that_role(client, administrator, mailoutbox):
    assert invite(client, administrator, "New@Example.org").status_code == 302
    link = link_of(mailoutbox)
    client.logout()
    page = client.get(link)
    assert faults(page) == []
    for word in ("A union", "A Person", "Reads and writes"):
        assert word in page.content.decode()
    assert client.post(link, NEW, follow=True).status_code == 200
    user = User.objects.get(email="new@example.org")
    assert user.check_password(NEW["password"])
    assert user.memberships.get().role == "writer"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_who_has_an_account_signs_in_as_that_address_and_accepts(client, administrator, person, mailoutbox):
    user = person("new@example.org")
    invite(client, administrator)
    link = link_of(mailoutbox)
    client.logout()
    assert "Sign in with the address" in client.get(link).content.decode()
    client.post(link, NEW)
    assert not user.memberships.exists()
    client.force_login(user)
    client.post(link)
    assert user.memberships.get().role == "writer"


def test_the_mail_names_nobody_and_the_word_of_the_link_is_stored_nowhere(client, administrator, mailoutbox):
    invite(client, administrator)
    link = link_of(mailoutbox)
    text = mailoutbox[-1].subject + mailoutbox[-1].body
    for word in ("A union", "A Person", "boss@example.org"):
        assert word not in text
    word = link.rstrip("/").rpartition("/")[2]
    assert len(word) == 22
    stored = repr([*Invitation.objects.values(), *Notice.objects.values()])
    assert word not in stored


def all_the_same(client, link, pages):
    """What every page answers, without token and address."""
    word = link.rstrip("/").rpartition("/")[2]
    return {text_of(page).replace(word, "TOKEN") for page in pages}


def test_used_withdrawn_old_foreign_and_unknown_links_answer_the_same(client, administrator, person, mailoutbox):
    invite(client, administrator)
    link = link_of(mailoutbox)
    client.get(reverse("account"))  # where the success is said
    unknown = client.get(link.replace(link.rstrip("/").rpartition("/")[2], "A" * 22))
    foreign = client.get(link)  # signed in as the administrator
    texts = [text_of(unknown).replace("A" * 22, "TOKEN"), *all_the_same(client, link, [foreign])]
    client.post(link)
    Invitation.objects.update(expires_at=timezone.now())
    texts += all_the_same(client, link, [client.get(link)])
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1), ended_at=timezone.now())
    texts += all_the_same(client, link, [client.get(link), client.post(link, NEW)])
    assert len(set(texts)) == 1
    assert Membership.objects.count() == 1


def test_a_link_works_once(client, administrator, mailoutbox):
    invite(client, administrator)
    link = link_of(mailoutbox)
    client.logout()
    client.post(link, NEW)
    Membership.objects.filter(role="writer").update(until=timezone.now())
    client.post(link)
    assert Membership.objects.current().count() == 1


def test_who_looks_after_the_organization_no_more_invites_nobody(client, administrator, member, mailoutbox):
    invite(client, administrator)
    link = link_of(mailoutbox)
    of = administrator.memberships.get().organization
    member("second@example.org", "administrator", of)
    administrator.memberships.update(until=timezone.now())
    client.logout()
    assert "does not work here" in client.get(link).content.decode()


def test_sent_anew_the_first_link_opens_nothing(client, administrator, mailoutbox):
    invite(client, administrator)
    first = link_of(mailoutbox)
    invitations.send_anew(Invitation.objects.get(), by=administrator)
    second = link_of(mailoutbox)
    client.logout()
    assert first != second
    assert "does not work here" in client.get(first).content.decode()
    assert "You are invited" in client.get(second).content.decode()


def test_asking_for_a_new_one_answers_everybody_alike_and_tells_the_administrator_once(
    client, administrator, mailoutbox
):
    invite(client, administrator)
    link = link_of(mailoutbox)
    client.logout()
    answers = [client.post(f"{link}again/")]  # not too old yet: nothing to tell
    Invitation.objects.update(expires_at=timezone.now())
    answers += [client.post(f"{link}again/"), client.post(f"{link}again/")]
    answers.append(client.post(reverse("account_invitation_again", args=["B" * 22])))
    word = link.rstrip("/").rpartition("/")[2]  # the links to the other languages repeat where one is
    assert len({text_of(answer).replace(word, "").replace("B" * 22, "") for answer in answers}) == 1
    delivery.sweep(timezone.now() + timedelta(minutes=1))
    assert [mail.subject for mail in mailoutbox if mail.to == ["boss@example.org"]] == [
        "Somebody asks for a new invitation"
    ]
    client.force_login(administrator)
    page = client.get(reverse("organization", args=[Invitation.objects.get().organization_id]))
    assert "asks for a new one" in page.content.decode()


@pytest.mark.parametrize("role", ["reader", "writer"])
def test_only_administrators_invite_and_nobody_else_finds_the_page(client, member, organization, role):
    of = organization()
    member("boss@example.org", "administrator", of)
    client.force_login(member("m@example.org", role, of))
    page = reverse("organization_invite", args=[of.pk])
    assert client.get(page).status_code == 404
    assert client.post(page, {"address": "new@example.org", "role": "reader"}).status_code == 404
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("address", "role", "sentence"),
    [
        ("boss@example.org", "reader", "is a member already"),
        ("no address", "reader", "Write an e-mail address in full"),
        ("new@example.org", "king", "Choose a role from the list"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_at_its_field(client, administrator, address, role, sentence):
    page = invite(client, administrator, address, role)
    assert sentence in page.content.decode()
    assert faults(page) == []
    assert not Invitation.objects.exists()


def test_inviting_an_address_with_an_account_and_one_without_answers_alike(client, administrator, person):
    person("has@example.org")
    answers = [invite(client, administrator, address) for address in ("has@example.org", "new@example.org")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}
    assert Notice.objects.filter(kind="account.invited").count() == 2


def test_an_officer_cannot_become_a_member(client, administrator, officer, mailoutbox):
    user = officer("new@example.org")
    invite(client, administrator)
    link = link_of(mailoutbox)
    client.force_login(user)
    assert "cannot become a member" in client.post(link, follow=True).content.decode()
    assert not user.memberships.exists()


def test_the_administrators_are_told_of_a_new_member_without_a_name(client, administrator, mailoutbox):
    invite(client, administrator)
    link = link_of(mailoutbox)
    client.logout()
    client.post(link, NEW)
    delivery.sweep(timezone.now() + timedelta(minutes=1))
    mail = next(mail for mail in mailoutbox if mail.to == ["boss@example.org"])
    assert mail.subject == "A new member"
    assert "New Person" not in mail.body
    assert "A union" not in mail.body


def test_a_weak_password_is_said_at_its_field(client, administrator, mailoutbox):
    invite(client, administrator)
    link = link_of(mailoutbox)
    client.logout()
    page = client.post(link, NEW | {"password": "short"})
    assert faults(page) == []
    assert 'href="#id_password"' in page.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_links_are_tried_a_limited_number_of_times(client, db):
    page = reverse("account_invitation", args=["A" * 22])
    for _try in range(61):
        answer = client.get(page)
    assert answer.status_code == 429


def test_the_page_of_the_organization_is_its_members_alone(client, member, organization, officer, person):
    of = organization()
    page = reverse("organization", args=[of.pk])
    insider = member("in@example.org", "reader", of)
    client.force_login(insider)
    shown = client.get(page)
    assert faults(shown) == []
    assert "Invite a member" not in shown.content.decode()
    unknown = page.replace(str(of.pk)[:4], "0000")
    others = [member("out@example.org", "administrator", organization("Other")), officer(), person()]
    for other in [*others, person("a@example.org", is_superuser=True)]:
        client.force_login(other)
        assert client.get(page).status_code == client.get(unknown).status_code == 404
    client.force_login(insider)
    insider.memberships.update(until=timezone.now())
    assert client.get(page).status_code == 404


def test_an_administrator_changes_a_role_and_the_record_keeps_both(client, administrator, member):
    of = administrator.memberships.get().organization
    writer = member("w@example.org", "writer", of)
    row = writer.memberships.get()
    client.force_login(administrator)
    page = reverse("organization_member", args=[of.pk, row.pk])
    assert faults(client.get(page)) == []
    client.post(page, {"role": "reader"})
    assert [m.role for m in writer.memberships.order_by("since")] == ["writer", "reader"]
    assert not standing_of(again(writer)).writer_of
    assert client.get(page).status_code == 404  # that row has ended


def test_a_member_ends_the_own_membership_and_no_other(client, administrator, member):
    of = administrator.memberships.get().organization
    writer = member("w@example.org", "writer", of)
    client.force_login(writer)
    assert (
        client.get(reverse("organization_member", args=[of.pk, administrator.memberships.get().pk])).status_code == 404
    )
    page = reverse("organization_member", args=[of.pk, writer.memberships.get().pk])
    client.post(page, {"role": "administrator"})
    assert writer.memberships.get().role == "writer"
    assert client.post(page, {"end": "yes"}).url == reverse("account")
    assert not writer.memberships.current().exists()


def test_the_last_administrator_cannot_leave_and_reads_what_to_do(client, administrator, member):
    of = administrator.memberships.get().organization
    member("w@example.org", "writer", of)
    client.force_login(administrator)
    page = reverse("organization_member", args=[of.pk, administrator.memberships.get().pk])
    for posted in ({"end": "yes"}, {"role": "reader"}):
        assert "Give this role to another member first" in client.post(page, posted, follow=True).content.decode()
    assert administrator.memberships.get().until is None


def test_the_page_of_an_organization_costs_the_same_for_many_members(
    client, administrator, member, django_assert_max_num_queries
):
    of = administrator.memberships.get().organization
    for number in range(25):
        member(f"m{number}@example.org", "writer", of)
        invitations.invite(of, f"i{number}@example.org", "reader", by=administrator)
    client.force_login(administrator)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("organization", args=[of.pk])).status_code == 200
