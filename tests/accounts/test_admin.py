"""People and places at the desk: who sees them, and that what gives rights is an act with a rule."""

import pytest
from django.urls import reverse

from accounts.models import Membership, Organization, Post, User
from accounts.standing import standing_of
from tests.accounts.conftest import again

MODELS = ("user", "organization", "membership", "unit", "post")


def listed(client, model: str, query: str = ""):
    return client.get(reverse(f"admin:accounts_{model}_changelist") + query)


def act(client, found, slug: str):
    address = reverse(f"admin:accounts_{found._meta.model_name}_act", args=[found.pk, slug])
    return client.post(address, follow=True)


@pytest.fixture
def admin(person) -> User:
    return person("admin@example.org", is_superuser=True)


def test_every_page_opens_for_the_account_administrator(client, admin, member, officer):
    member()
    officer()
    client.force_login(admin)
    for model in MODELS:
        assert listed(client, model).status_code == 200
    for found in (User, Organization, Membership, Post):
        name = found._meta.model_name
        address = reverse(f"admin:accounts_{name}_change", args=[found.objects.first().pk])
        assert client.get(address).status_code == 200
    for name in ("user", "organization", "membership"):
        assert client.get(reverse(f"admin:accounts_{name}_add")).status_code == 200
    assert client.get(reverse("admin:accounts_post_add")).status_code == 403


@pytest.mark.parametrize(
    ("key", "seen"), [("branch", {"The union", "The firm"}), ("actrav", {"The union"}), ("actemp", {"The firm"})]
)
def test_matrix_of_organizations_and_members_at_the_desk(client, officer, organization, member, key, seen):
    union, firm = organization("The union"), organization("The firm", "employers")
    member("union@example.org", of=union)
    member("firm@example.org", of=firm)
    client.force_login(officer(unit_key=key))
    for model in ("organization", "membership"):
        page = listed(client, model).content.decode()
        assert {name for name in ("The union", "The firm") if name in page} == seen
    for found in (union, firm):
        address = reverse("admin:accounts_organization_change", args=[found.pk])
        assert (client.get(address).status_code == 200) is (found.name in seen)


def test_a_specialist_and_a_constituent_see_no_accounts(client, officer, member):
    client.force_login(officer(unit_key="YAO"))
    for model in ("user", "organization", "membership", "unit"):
        assert listed(client, model).status_code == 403
    client.force_login(member(role="administrator"))
    assert listed(client, "organization").status_code == 302


@pytest.mark.parametrize("query", ["?password__startswith=a", "?user__password__startswith=a", "?email__contains=a"])
def test_no_guess_about_a_hidden_field_is_answered(client, admin, query):
    client.force_login(admin)
    for model in ("user", "membership", "post"):
        assert listed(client, model, query).status_code in (302, 400)


def test_a_new_account_has_no_password_and_an_old_one_keeps_its_address(client, admin):
    client.force_login(admin)
    details = {"email": "New@Example.org", "name": "New", "language": "en", "is_active": "on"}
    client.post(reverse("admin:accounts_user_add"), details)
    user = User.objects.get(email="new@example.org")
    assert not user.has_usable_password()
    more = {"email": "other@example.org", "name": "Renamed", "is_superuser": "on", "password": "x"}
    client.post(reverse("admin:accounts_user_change", args=[user.pk]), details | more)
    user.refresh_from_db()
    assert (user.email, user.name, user.is_superuser) == ("new@example.org", "Renamed", False)
    assert not user.has_usable_password()


def test_an_organization_goes_from_draft_to_verified_by_acts(client, admin, officer):
    client.force_login(admin)
    facts = {"name": "A union", "kind": "workers", "proof": "A letter."}
    client.post(reverse("admin:accounts_organization_add"), facts | {"verified_at_0": "2026-01-01"})
    union = Organization.objects.get()
    assert not union.is_verified
    for key, slug in (("branch", "verify"), ("actrav", "agree"), ("branch", "verify")):
        client.force_login(
            User.objects.filter(email=f"{key}@example.org").first() or officer(f"{key}@example.org", key)
        )
        act(client, union, slug)
    union.refresh_from_db()
    assert (union.agreed_by.email, union.verified_by.email) == ("actrav@example.org", "branch@example.org")


def test_what_is_agreed_to_cannot_be_rewritten(client, admin, officer, organization):
    union = organization()
    client.force_login(officer("actrav@example.org", "actrav"))
    act(client, union, "agree")
    client.force_login(admin)
    changed = {"name": "Another", "kind": "government", "proof": ""}
    assert client.post(reverse("admin:accounts_organization_change", args=[union.pk]), changed).status_code == 403


def test_a_refused_act_says_why_and_changes_nothing(client, officer, organization):
    client.force_login(officer())
    page = act(client, organization(), "verify").content.decode()
    assert "has not agreed yet" in page
    assert not Organization.objects.get().is_verified


def test_an_act_is_a_post_on_what_one_sees(client, officer, organization):
    firm = organization("The firm", "employers")
    client.force_login(officer(unit_key="actrav"))
    assert act(client, firm, "agree").status_code == 404
    address = reverse("admin:accounts_organization_act", args=[firm.pk, "agree"])
    client.force_login(officer("actemp@example.org", "actemp"))
    assert client.get(address).status_code == 405
    assert act(client, firm, "delete").status_code == 404
    assert not Organization.objects.get().agreed_at


def test_an_officer_is_proposed_and_confirmed_at_the_desk(client, officer, person, unit):
    one, two, new = officer("one@example.org"), officer("two@example.org"), person()
    client.force_login(one)
    client.post(reverse("admin:accounts_post_add"), {"unit": unit("branch").pk, "person": new.email})
    post = Post.objects.get(user=new)
    act(client, post, "confirm")
    assert not standing_of(again(new)).is_branch
    client.force_login(two)
    act(client, post, "confirm")
    assert standing_of(again(new)).is_branch
    act(client, post, "end")
    assert not standing_of(again(new)).is_branch


def test_a_place_in_a_foreign_unit_cannot_be_chosen(client, officer, person, unit):
    client.force_login(officer(unit_key="actrav"))
    client.post(reverse("admin:accounts_post_add"), {"unit": unit("branch").pk, "person": person().email})
    assert Post.objects.count() == 1


def test_a_post_is_never_edited(client, officer, unit):
    user = officer()
    client.force_login(user)
    address = reverse("admin:accounts_post_change", args=[user.posts.get().pk])
    assert client.post(address, {"unit": unit("actrav").pk}).status_code == 403


def test_an_organization_gets_its_first_administrator_at_the_desk_and_no_second(client, admin, organization, person):
    client.force_login(admin)
    of = organization()
    for number in (1, 2):
        person(f"p{number}@example.org")
        data = {"organization": of.pk, "person": f"p{number}@example.org", "role": "administrator"}
        page = client.post(reverse("admin:accounts_membership_add"), data, follow=True)
    assert "Only the administrator of the organization admits a member." in page.content.decode()
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("model", ["organization", "membership", "post"])
def test_lists_cost_the_same_for_many_rows(client, officer, organization, member, model, django_assert_max_num_queries):
    client.force_login(officer())
    for number in range(25):
        member(f"m{number}@example.org", of=organization(f"Union {number}"))
    with django_assert_max_num_queries(12):
        assert listed(client, model).status_code == 200
