"""Asking for an account: one answer for everybody, then the Bureau, the Branch, or the organization's administrator."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import joining
from accounts.models import JoinRequest, Membership, Organization, Unit, User
from accounts.standing import standing_of
from outbox import delivery
from outbox.models import Notice
from tests.accounts.conftest import again
from tests.accounts.test_sign_in import text_of
from tests.pages.markup import faults

PASSWORD = {"password": "a quite long password"}
ASKED = {
    "name": "Ada Test",
    "function": "Secretary",
    "address": "ada@example.org",
    "organization_name": "Union of Nobody Else",
    "kind": "workers",
    "country_code": "CM",
    "proof": "A letter with its heading.",
}


@pytest.fixture(autouse=True)
def carried_out(settings, unit):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def ask(client, **more):
    return client.post(reverse("account_signup"), ASKED | more)


def sweep() -> None:
    delivery.sweep(timezone.now() + timedelta(minutes=1))


def mail_to(mailoutbox, address="ada@example.org"):
    sweep()
    return [mail for mail in mailoutbox if mail.to == [address]]


def link_of(mailoutbox, address="ada@example.org") -> str:
    return re.search(r"http://127.0.0.1:8000(\S+)", mail_to(mailoutbox, address)[-1].body)[1]


def joined(client, mailoutbox, **more) -> JoinRequest:
    """Somebody asked and confirmed; nobody is signed in."""
    ask(client, **more)
    client.post(link_of(mailoutbox, more.get("address", "ada@example.org")), PASSWORD)
    client.logout()
    return JoinRequest.objects.latest("made_at")


def step(client, join, act, **typed):
    return client.post(reverse("admin:accounts_joinrequest_act", args=[join.pk, act]), typed)


def test_the_form_opens_and_says_what_is_missing(client, country):
    page = client.get(reverse("account_signup"))
    assert faults(page) == []
    wrong = client.post(reverse("account_signup"), {"address": "no"})
    assert faults(wrong) == []
    for sentence in ("Write your name.", "Write an e-mail address in full", "Choose the country.", "Choose the group."):
        assert sentence in wrong.content.decode()
    assert not JoinRequest.objects.exists()


def test_everybody_gets_the_same_answer_and_owes_the_same_rows(client, person, organization, member):
    person("has@example.org")
    person("off@example.org", is_active=False)
    member("boss@example.org", "administrator", organization("Known Union"))
    cases = [
        {},
        {"address": "has@example.org"},
        {"address": "off@example.org"},
        {"organization_name": "Known Union", "address": "x@example.org"},
        {"organization_name": "Known Union", "address": "boss@example.org"},
    ]
    answers, rows = [], []
    for case in cases:
        before = (JoinRequest.objects.count(), Notice.objects.count(), User.objects.count())
        answers.append(ask(client, **case))
        after = (JoinRequest.objects.count(), Notice.objects.count(), User.objects.count())
        rows.append(tuple(new - old for new, old in zip(after, before, strict=True)))
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, reverse("account_join_sent"))}
    assert set(rows) == {(1, 1, 0)}
    assert faults(client.get(reverse("account_join_sent"))) == []


def test_the_same_number_of_queries_whoever_exists(client, person, country):
    person("has@example.org")
    counts = set()
    for address in ("has@example.org", "new@example.org"):
        with CaptureQueriesContext(connection) as queries:
            ask(client, address=address)
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_new_person_confirms_sets_the_password_and_can_draft_not_send(client, country, mailoutbox):
    ask(client)
    link = link_of(mailoutbox)
    assert faults(client.get(link)) == []
    client.post(link, PASSWORD)
    user = User.objects.get(email="ada@example.org")
    assert user.check_password(PASSWORD["password"])
    made = Organization.objects.get()
    assert (made.name, made.is_verified) == ("Union of Nobody Else", False)
    assert standing_of(user).writer_of == {made.pk}
    assert "with the Office" in client.get(reverse("account")).content.decode()


def test_who_has_an_account_is_told_so_by_mail_alone_and_confirms_signed_in(client, person, country, mailoutbox):
    user = person("ada@example.org")
    ask(client)
    assert mail_to(mailoutbox)[0].subject == "You have an account already"
    link = link_of(mailoutbox)
    client.post(link, PASSWORD)
    assert not Organization.objects.exists()
    client.force_login(user)
    client.post(link)
    assert user.memberships.get().organization.name == "Union of Nobody Else"
    assert not again(user).check_password(PASSWORD["password"])


def test_used_old_and_unknown_links_answer_the_same(client, country, mailoutbox):
    ask(client)
    link = link_of(mailoutbox)
    client.post(link, PASSWORD)
    client.logout()
    word = link.rstrip("/").rpartition("/")[2]
    used, unknown = client.get(link), client.get(reverse("account_join_confirm", args=["A" * 22]))
    words = (word, "A" * 22, "B" * 22)  # each page's links to the other languages repeat its own address
    JoinRequest.objects.create(
        **{"name": "B", "address": "b@example.org", "organization_name": "B", "kind": "workers", "proof": "B"},
        digest=joining.links.digest_of("B" * 22),
        expires_at=timezone.now(),
    )
    old = client.get(reverse("account_join_confirm", args=["B" * 22]))
    pages = zip((used, unknown, old), words, strict=True)
    assert len({text_of(page).replace(own, "") for page, own in pages}) == 1
    client.post(link, PASSWORD)
    assert Organization.objects.count() == 1


def test_the_mails_name_nobody_and_the_word_of_the_link_is_stored_nowhere(client, country, mailoutbox):
    ask(client)
    link = link_of(mailoutbox)
    for value in ("Ada Test", "Nobody Else", "heading"):
        assert value not in mailoutbox[0].subject + mailoutbox[0].body
    word = link.rstrip("/").rpartition("/")[2]
    assert word not in repr([*JoinRequest.objects.values(), *Notice.objects.values()])


def test_an_address_gets_three_mails_an_hour_and_the_page_does_not_tell(client, country, mailoutbox):
    answers = {ask(client).url for _time in range(5)}
    assert answers == {reverse("account_join_sent")}
    assert len(mail_to(mailoutbox)) == 3


def test_a_machine_that_asks_too_often_is_told_to_wait(client, country):
    for _try in range(21):
        answer = ask(client)
    assert answer.status_code == 429
    assert JoinRequest.objects.count() == 20


def test_what_nobody_confirmed_is_deleted_and_what_was_confirmed_stays(client, country, mailoutbox):
    join = joined(client, mailoutbox)
    ask(client, address="late@example.org")
    JoinRequest.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert joining.forget() == 1
    assert JoinRequest.objects.get() == join


def test_the_bureau_agrees_the_branch_verifies_and_each_step_is_on_record(client, officer, country, mailoutbox):
    join = joined(client, mailoutbox)
    branch, bureau = officer(), officer("actrav@example.org", "actrav")
    client.force_login(branch)
    assert "has not agreed yet" in step(client, join, "verify", text="Seen.").content.decode()
    client.force_login(bureau)
    assert step(client, join, "agree", text="").status_code == 200
    assert step(client, join, "agree", text="Letter of 3 May.").status_code == 302
    client.force_login(branch)
    assert step(client, join, "verify", text="Statutes of 1999.").status_code == 302
    join.refresh_from_db()
    assert join.organization.is_verified
    assert join.outcome == "verified"
    steps = [(one.what, one.by.email, one.proof) for one in join.steps.all()]
    assert steps == [
        ("confirmed", "ada@example.org", ""),
        ("agreed", "actrav@example.org", "Letter of 3 May."),
        ("verified", "officer@example.org", "Statutes of 1999."),
    ]
    assert mail_to(mailoutbox)[-1].subject == "Your request to join is decided"
    page = client.get(reverse("admin:accounts_joinrequest_change", args=[join.pk])).content.decode()
    assert "Statutes of 1999." in page


def test_the_page_of_the_organization_leads_to_the_same_steps(client, officer, country, mailoutbox):
    join = joined(client, mailoutbox)
    who = {"verify": officer(), "agree": officer("actrav@example.org", "actrav")}
    client.force_login(who["agree"])
    wrong = client.post(reverse("admin:accounts_organization_act", args=[join.organization_id, "verify"]), follow=True)
    assert "Only an officer of the Branch can verify an organization." in wrong.content.decode()
    for act in ("agree", "verify"):
        client.force_login(who[act])
        answer = client.post(reverse("admin:accounts_organization_act", args=[join.organization_id, act]))
        assert answer.url == reverse("admin:accounts_joinrequest_act", args=[join.pk, act])
        organization = Organization.objects.get(pk=join.organization_id)
        assert not (organization.agreed_at if act == "agree" else organization.verified_at)
        assert "What have you seen" in client.get(answer.url).content.decode()
        assert client.post(answer.url, {"text": f"Seen before the step {act}."}).status_code == 302
    join.refresh_from_db()
    assert (join.organization.is_verified, join.outcome) == (True, "verified")
    assert [one.proof for one in join.steps.all()][1:] == [
        "Seen before the step agree.",
        "Seen before the step verify.",
    ]
    assert mail_to(mailoutbox)[-1].subject == "Your request to join is decided"


def test_once_the_request_is_decided_the_organization_is_verified_on_its_own_page(client, officer, country, mailoutbox):
    join = joined(client, mailoutbox, kind="government")
    branch = officer()
    client.force_login(branch)
    joining.decline(join, "Not yet.", by=branch)
    client.post(reverse("admin:accounts_organization_act", args=[join.organization_id, "verify"]))
    assert Organization.objects.get(pk=join.organization_id).is_verified


@pytest.mark.parametrize(("kind", "first"), [("workers", "actrav"), ("employers", "actemp"), ("government", "branch")])
def test_the_unit_whose_step_is_first_is_told(client, country, kind, first, mailoutbox):
    joined(client, mailoutbox, kind=kind)
    notice = Notice.objects.get(kind="account.join_came")
    assert Unit.objects.get(pk=notice.unit_id).kind == first


@pytest.mark.parametrize(("key", "sees"), [("branch", True), ("actrav", True), ("actemp", False), ("YAO", False)])
def test_matrix_of_who_sees_a_unions_request_to_join(client, officer, country, key, sees, mailoutbox):
    join = joined(client, mailoutbox)
    ask(client, address="unconfirmed@example.org", organization_name="Never confirmed")
    client.force_login(officer(f"{key.lower()}@example.org", key))
    page = client.get(reverse("admin:accounts_joinrequest_changelist")).content.decode()
    assert ("Nobody Else" in page) is sees
    assert "Never confirmed" not in page
    change = client.get(reverse("admin:accounts_joinrequest_change", args=[join.pk]))
    assert (change.status_code == 200) is sees


def test_steps_of_others_do_not_exist(client, officer, person, country, mailoutbox):
    join = joined(client, mailoutbox)
    client.force_login(officer("actrav@example.org", "actrav"))
    for act in ("verify", "pass-on", "decline", "nothing"):
        assert step(client, join, act, text="x").status_code == 404
    client.force_login(person("a@example.org", is_superuser=True))
    for act in ("agree", "verify", "decline"):
        assert step(client, join, act, text="x").status_code == 404


def test_a_declined_person_reads_the_letter_on_the_accounts_page(client, officer, country, mailoutbox):
    join = joined(client, mailoutbox)
    client.force_login(officer())
    assert step(client, join, "decline", text="").status_code == 200
    step(client, join, "decline", text="We could not see that you write for it.")
    assert "We could not see" not in "".join(mail.body for mail in mail_to(mailoutbox))
    client.force_login(User.objects.get(email="ada@example.org"))
    page = client.get(reverse("account"))
    assert faults(page) == []
    assert "We could not see that you write for it." in page.content.decode()
    client.force_login(User.objects.get(email="officer@example.org"))
    assert "is decided" in step(client, join, "decline", text="Again.").content.decode()


def known_union(organization, officer, member) -> tuple[Organization, User]:
    known = organization("Known Union")
    Organization.objects.filter(pk=known.pk).update(verified_at=timezone.now(), verified_by=officer("v@example.org"))
    return known, member("boss@example.org", "administrator", known)


def test_a_further_member_is_admitted_by_the_administrator_of_the_organization(
    client, officer, organization, member, mailoutbox
):
    known, boss = known_union(organization, officer, member)
    join = joined(client, mailoutbox)
    client.force_login(officer())
    step(client, join, "pass-on", organization=known.pk)
    assert [mail.subject for mail in mail_to(mailoutbox, "boss@example.org")] == ["Somebody asks to become a member"]
    client.force_login(boss)
    page = client.get(reverse("organization", args=[known.pk]))
    assert "Ada Test" in page.content.decode()
    form = reverse("organization_join", args=[known.pk, join.pk])
    assert faults(client.get(form)) == []
    client.post(form, {"role": "writer"})
    ada = User.objects.get(email="ada@example.org")
    assert ada.memberships.get(organization=known).role == "writer"
    join.refresh_from_db()
    assert (join.outcome, join.organization.is_verified) == ("admitted", False)
    assert client.get(form).status_code == 404


def test_whom_the_administrator_does_not_know_goes_back_to_the_branch(
    client, officer, organization, member, mailoutbox
):
    known, boss = known_union(organization, officer, member)
    join = joined(client, mailoutbox)
    joining.pass_on(join, known, by=officer())
    client.force_login(boss)
    client.post(reverse("organization_join", args=[known.pk, join.pk]), {"back": "yes"})
    join.refresh_from_db()
    assert (join.passed_to, join.outcome) == (None, "")
    assert Membership.objects.filter(organization=known).count() == 1
    joining.decline(join, "No.", by=User.objects.get(email="officer@example.org"))


def test_an_organization_without_administrator_is_verified_anew(client, officer, organization, mailoutbox):
    known = organization("Known Union")
    Organization.objects.update(verified_at=timezone.now(), verified_by=officer("v@example.org"))
    join = joined(client, mailoutbox)
    client.force_login(officer())
    assert "has no administrator" in step(client, join, "pass-on", organization=known.pk).content.decode()


def test_an_administrator_finds_only_those_whom_the_branch_gave_to_his_organization(
    client, officer, organization, member, mailoutbox
):
    known, boss = known_union(organization, officer, member)
    join = joined(client, mailoutbox)
    client.force_login(boss)
    assert client.get(reverse("organization_join", args=[known.pk, join.pk])).status_code == 404


def test_the_list_of_requests_to_join_costs_the_same_for_many(
    client, officer, country, organization, person, django_assert_max_num_queries
):
    for number in range(25):
        JoinRequest.objects.create(
            **{key: ASKED[key] for key in ("name", "address", "organization_name", "kind", "proof")},
            country=country,
            digest=str(number),
            expires_at=timezone.now(),
            confirmed_at=timezone.now(),
            person=person(f"p{number}@example.org"),
            organization=organization(f"Union {number}"),
        )
    client.force_login(officer())
    with django_assert_max_num_queries(12):
        assert client.get(reverse("admin:accounts_joinrequest_changelist")).status_code == 200
