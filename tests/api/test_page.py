"""The page for programmers: every address of the description, and every kind of refusal."""

import pytest
from django.urls import reverse

from api.problems import KINDS
from tests.api.test_description import committed

pytestmark = pytest.mark.django_db


def test_it_names_every_address_and_every_kind_of_refusal(client):
    page = client.get(reverse("api_page")).content.decode()
    for path, methods in committed()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page
    for code in KINDS:
        assert f'id="{code}"' in page


@pytest.mark.parametrize("code", KINDS)
def test_the_type_of_a_problem_leads_to_its_line(client, code):
    answer = client.get(f"/api/problems/{code}/")
    assert (answer.status_code, answer.headers["Location"].endswith(f"/api/#{code}")) == (302, True)


def test_a_type_that_is_none_is_none(client):
    assert client.get("/api/problems/nothing/").status_code == 404
