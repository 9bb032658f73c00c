"""Nobody gives a role that he does not hold; a Branch place needs a second Branch officer."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Post, User
from accounts.posts import PostRefused, confirm, end, propose, set_in
from accounts.standing import standing_of
from tests.accounts.conftest import again


def test_a_place_in_the_branch_needs_a_second_officer_of_the_branch(officer, person, unit):
    first, second, new = officer("one@example.org"), officer("two@example.org"), person()
    post = propose(user=new, unit=unit("branch"), by=first)
    assert not standing_of(again(new)).is_branch
    with pytest.raises(PostRefused):
        confirm(post, by=first)
    with pytest.raises(PostRefused):
        confirm(post, by=new)
    confirm(post, by=second)
    assert standing_of(again(new)).is_branch
    with pytest.raises(PostRefused):
        confirm(post, by=second)


def test_nobody_outside_the_branch_confirms_a_place_in_it(officer, person, unit):
    post = propose(user=person(), unit=unit("branch"), by=officer())
    for other in (officer("actrav@example.org", "actrav"), person("admin@example.org", is_superuser=True)):
        with pytest.raises(PostRefused):
            confirm(post, by=other)


@pytest.mark.parametrize("key", ["branch", "actemp", "YAO"])
def test_nobody_gives_a_place_where_he_does_not_stand(officer, person, unit, key):
    for by in (officer(unit_key="actrav"), person("admin@example.org", is_superuser=True)):
        with pytest.raises(PostRefused):
            propose(user=person(f"new-{by.email}"), unit=unit(key), by=by)
    assert Post.objects.count() == 1


def test_an_officer_gives_a_place_in_his_own_unit_and_it_counts(officer, person, unit):
    new = person()
    propose(user=new, unit=unit("actrav"), by=officer(unit_key="actrav"))
    assert standing_of(again(new)).unit_kinds == {"actrav"}


def test_a_proposed_officer_proposes_nobody(officer, person, unit):
    new = person()
    propose(user=new, unit=unit("branch"), by=officer())
    with pytest.raises(PostRefused):
        propose(user=person("next@example.org"), unit=unit("branch"), by=again(new))


def test_a_place_is_given_once_and_to_who_can_log_in(officer, person, unit):
    by, new = officer(unit_key="actrav"), person()
    propose(user=new, unit=unit("actrav"), by=by)
    for user in (new, by, person("off@example.org", is_active=False)):
        with pytest.raises(PostRefused):
            propose(user=user, unit=unit("actrav"), by=by)


def test_a_place_is_ended_by_its_unit_or_by_the_technical_administrator(officer, person, unit):
    first, second = officer("one@example.org", "actrav"), officer("two@example.org", "actrav")
    with pytest.raises(PostRefused):
        end(second.posts.get(), by=officer("branch@example.org"))
    ended = end(second.posts.get(), by=first)
    assert (ended.ended_by, standing_of(again(second)).is_officer) == (first, False)
    with pytest.raises(PostRefused):
        end(ended, by=first)
    end(first.posts.get(), by=person("admin@example.org", is_superuser=True))
    assert not standing_of(again(first)).is_officer


def test_the_first_two_officers_are_made_on_the_server_and_no_third(unit):
    for number in (1, 2):
        call_command("create_officer", f"Branch{number}@example.org", "An Officer")
    call_command("create_officer", "branch1@example.org", "An Officer")
    assert [standing_of(user).is_branch for user in User.objects.all()] == [True, True]
    with pytest.raises(CommandError):
        call_command("create_officer", "branch3@example.org", "An Officer")
    assert User.objects.count() == 2


def test_an_officer_made_on_the_server_has_no_password_yet(unit):
    call_command("create_officer", "yao@example.org", "A Specialist", unit="YAO")
    user = User.objects.get()
    assert not user.has_usable_password()
    assert standing_of(user).unit_ids == {unit("YAO").pk}


@pytest.mark.parametrize("wrong", [{"email": "no address"}, {"unit": "XXX"}])
def test_what_cannot_be_made_is_said(unit, wrong):
    with pytest.raises(CommandError):
        call_command("create_officer", wrong.get("email", "a@example.org"), "A", unit=wrong.get("unit", "branch"))


def test_set_in_gives_the_same_place_twice(person, unit):
    user = person()
    assert set_in(user=user, unit=unit("branch")) == set_in(user=user, unit=unit("branch"))
