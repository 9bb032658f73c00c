"""Permissions follow from posts; none is stored, and a superuser has none for requests."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.roles import OFFICE_ROLES, TECHNICAL_ADMINISTRATOR
from tests.accounts.conftest import again


def test_a_superuser_has_no_permission_on_requests(person):
    admin = person(is_superuser=True)
    assert admin.is_staff
    assert admin.has_perm("accounts.change_user")
    assert admin.has_module_perms("accounts")
    assert not admin.has_module_perms("requests")
    for action in ("view", "change", "add", "delete"):
        assert not admin.has_perm(f"requests.{action}_request")


def test_a_technical_administrator_gives_no_places_at_the_office(person):
    assert not person(is_superuser=True).has_perm("accounts.add_post")


def test_an_officer_may_view_requests_while_his_place_lasts(officer):
    user = officer(unit_key="YAO")
    assert user.is_staff
    assert user.has_perms(["requests.view_request", "standards.view_country"])
    assert not user.has_perm("requests.view_request", user)
    user.posts.update(until=timezone.now())
    assert not again(user).has_perm("requests.view_request")
    assert not again(user).is_staff


def test_a_constituent_does_not_open_the_desk(member):
    user = member(role="administrator")
    assert not user.is_staff
    assert not user.has_perm("requests.view_request")


def test_a_disabled_administrator_has_nothing(person):
    admin = person(is_superuser=True, is_active=False)
    assert not admin.is_staff
    assert not admin.has_perm("accounts.view_user")
    assert not AnonymousUser().has_perm("accounts.view_user")


def test_no_role_may_delete():
    for patterns in (*OFFICE_ROLES.values(), TECHNICAL_ADMINISTRATOR):
        assert not [pattern for pattern in patterns if ".delete" in pattern or ".*" in pattern]


def test_the_only_backend_is_ours():
    assert settings.AUTHENTICATION_BACKENDS == ["accounts.backends.RoleBackend"]
