"""The desk's pages of people and places are headed by a name, never by a random key."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import joining
from accounts.models import JoinRequest, Membership, Organization, Post, Specialist, Unit
from tests import factories as make

pytestmark = pytest.mark.django_db


def a_join() -> JoinRequest:
    typed = dict.fromkeys(("name", "function", "proof"), "Somebody")
    place = {"organization_name": "The new union", "country_id": make.a_country().pk, "kind": "workers"}
    joining.ask({**typed, **place, "address": "new@example.org"}, language="en", write=False)
    joining.confirm_as_new(JoinRequest.objects.get(), make.PASSWORD)
    return JoinRequest.objects.get()


@pytest.mark.parametrize(
    ("model", "named"),
    [
        (Specialist, "yao@example.org, Specialists in Yaoundé"),
        (Post, "yao@example.org, Specialists in Yaoundé"),
        (Membership, "writer.workers@example.org, Union of Test Workers"),
        (JoinRequest, "The new union"),
        (Organization, "Union of Test Workers"),
        (Unit, "Freedom of Association Branch"),
    ],
)
def test_a_page_is_headed_by_what_people_call_it(model: Any, named: str) -> None:
    officer, union = make.an_officer(), make.a_union()
    made: dict[Any, Any] = {
        Specialist: make.a_specialist(),
        Post: Post.objects.get(user__email="yao@example.org"),
        Membership: union.memberships.get(),
        Organization: make.organization_of(union),
        Unit: make.a_unit("branch"),
        JoinRequest: a_join(),
    }
    client = Client()
    client.force_login(officer)
    page = client.get(
        reverse(f"admin:accounts_{model._meta.model_name}_change", args=[made[model].pk])
    ).content.decode()
    heading = re.search(r"<h2>(.*?)</h2>", page)
    trail = re.search(r'<div class="breadcrumbs">(.*?)</div>', page, re.DOTALL)
    assert heading and trail
    assert heading[1].startswith(named) and str(made[model].pk) not in heading[1]
    assert heading[1] in trail[1]
