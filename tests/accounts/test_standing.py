"""Who stands where: only what counts today, and nothing for being a superuser. Each way is shown both ways."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Organization, Post
from accounts.standing import NOBODY, standing_of
from tests.accounts.conftest import again


@pytest.mark.parametrize(
    ("role", "writes", "administers"), [("reader", 0, 0), ("writer", 1, 0), ("administrator", 1, 1)]
)
def test_a_role_includes_the_lesser_ones(member, role, writes, administers):
    standing = standing_of(member(role=role))
    of = Organization.objects.get().pk
    assert standing.reader_of == {of}
    assert (of in standing.writer_of, of in standing.administrator_of) == (bool(writes), bool(administers))
    assert not standing.is_officer


def test_a_former_member_stands_nowhere(member):
    user = member()
    assert standing_of(user).reader_of
    user.memberships.update(until=timezone.now())
    assert not standing_of(again(user)).reader_of


def test_a_disabled_account_stands_nowhere(member, officer):
    for user in (member(), officer()):
        assert standing_of(user) != NOBODY
        user.is_active = False
        user.save()
        assert standing_of(again(user)) == NOBODY


def test_an_officer_whose_place_ended_stands_nowhere(officer):
    user = officer(unit_key="actrav")
    assert standing_of(user).unit_kinds == {"actrav"}
    user.posts.update(until=timezone.now())
    assert not standing_of(again(user)).is_officer


def test_a_branch_place_counts_once_it_is_confirmed(officer, person, unit):
    first, second = officer("one@example.org"), officer("two@example.org")
    user = person()
    post = Post.objects.create(user=user, unit=unit("branch"), granted_by=first)
    assert not standing_of(user).is_branch
    post.confirmed_at, post.confirmed_by = timezone.now(), second
    post.save()
    assert standing_of(again(user)).is_branch


def test_a_place_in_a_bureau_counts_at_once(person, unit):
    user = person()
    Post.objects.create(user=user, unit=unit("actemp"))
    standing = standing_of(user)
    assert standing.unit_ids == {unit("actemp").pk}
    assert not standing.is_branch


def test_a_superuser_stands_nowhere(person):
    standing = standing_of(person(is_superuser=True))
    assert not standing.reader_of
    assert not standing.is_officer


def test_the_anonymous_stand_nowhere():
    assert standing_of(AnonymousUser()) == NOBODY


def test_standing_costs_two_queries_and_then_none(member, django_assert_num_queries):
    user = again(member())
    with django_assert_num_queries(2):
        standing_of(user)
    with django_assert_num_queries(0):
        standing_of(user)
        assert not user.is_staff
