"""Making a draft: organization, kind, country, title."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from requests_app.kinds import SEMINAR
from requests_app.models import Event, Request
from tests.factories import a_draft, a_member, a_person, a_union, an_organization, the_office
from tests.filing.browser import Shown, flaws, follow
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db
TYPED = {"kind": SEMINAR, "country": "CM", "title": "Registration"}


def post(client: Client, **data: Any):
    path = reverse("requests:new")
    return client.post(path, {**Shown(client.get(path)).filled(), **TYPED, **data})


def test_the_only_organization_and_its_country_are_filled_in(client: Client, union: User) -> None:
    shown = Shown(client.get(reverse("requests:new")))
    assert "Union of Test Workers (fictional)" in shown.text
    assert shown.filled()["country"] == ["CM"]


def test_a_draft_is_made_without_an_event_and_leads_to_its_sections(client: Client, union: User) -> None:
    response = post(client)
    made = Request.objects.get()
    assert response["Location"] == reverse("requests:detail", args=[made.reference])
    assert (made.author, made.kind, made.country_id, made.title) == (union, SEMINAR, "CM", "Registration")
    assert made.is_draft and not Event.objects.exists()


def test_a_draft_needs_no_title(client: Client) -> None:
    assert post(client, title="").status_code == 302
    assert "Request without a title" in Shown(client.get(reverse("requests:list"))).text


def test_a_double_click_makes_one_draft(client: Client) -> None:
    data = {**Shown(client.get(reverse("requests:new"))).filled(), **TYPED}
    first, second = (client.post(reverse("requests:new"), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Request.objects.count() == 1


def test_two_visits_make_two_drafts(client: Client) -> None:
    post(client)
    post(client)
    assert Request.objects.count() == 2


@pytest.mark.parametrize("key", ["", "1", "x" * 5000, "\x00", "0b9f3c52-6d0e-4a55-9f3e-1d2c3b4a5968"])
def test_a_missing_or_forged_key_still_makes_a_draft(client: Client, key: str) -> None:
    assert post(client, key=key).status_code == 302
    assert Request.objects.count() == 1


def test_the_key_of_somebody_elses_draft_neither_finds_nor_hinders_it(client: Client) -> None:
    theirs = a_draft(by=a_union("Another Union of Tests (fictional)"), filled=False)
    response = post(client, key=str(theirs.form_key))
    assert response.status_code == 302
    assert theirs.reference not in response["Location"]
    assert Request.objects.count() == 2


class TestSeveralOrganizations:
    """A person who writes for two organizations says for which."""

    @pytest.fixture(autouse=True)
    def second(self, union: User) -> None:
        self.other = an_organization("workers", "Second Union of Tests (fictional)")
        Membership.objects.create(user=union, organization=self.other, role="writer")

    def test_the_chosen_one_gets_the_draft(self, client: Client) -> None:
        post(client, organization=str(self.other.pk))
        assert Request.objects.get().organization == self.other

    @pytest.mark.parametrize("forged", ["", "1", "\x00", "foreign", "0b9f3c52-6d0e-4a55-9f3e-1d2c3b4a5968"])
    def test_none_or_a_forged_one_is_asked_for_again_at_its_place(self, client: Client, forged: str) -> None:
        if forged == "foreign":
            forged = str(an_organization("workers", "Foreign Union of Tests (fictional)").pk)
        response = post(client, organization=forged, title="Kept title")
        shown = Shown(response)
        assert flaws(response) == []
        assert shown.summary == [("Choose the organization you write for", "id_organization_0")]
        assert shown.at_fields == ["Choose the organization you write for"]
        assert shown.holder("id_organization_0").get("aria-invalid") == "true"
        assert shown.filled()["title"] == ["Kept title"]
        assert shown.title.startswith("Error: ")
        assert not Request.objects.exists()

    def test_an_organization_of_which_he_only_reads_is_not_offered(self, client: Client, union: User) -> None:
        Membership.objects.filter(organization=self.other).update(role="reader")
        assert "Second Union" not in Shown(client.get(reverse("requests:new"))).text


@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_who_writes_for_nobody_is_told_how_to_join_and_makes_nothing(db: None, who: str) -> None:
    the_office()
    person = a_person() if who == "stranger" else a_member(role="reader")
    client = at_the_browser(person)
    for response in (client.get(reverse("requests:new")), client.post(reverse("requests:new"), TYPED)):
        assert response.status_code == 200
        assert flaws(response) == []
        shown = Shown(response)
        assert "you need to write for an organization" in shown.text
        assert "How to join one" in shown.links
    assert not Request.objects.exists()


def test_without_an_account_the_page_leads_to_log_in_and_back(db: None) -> None:
    response = Client().get(reverse("requests:new"))
    assert response["Location"].startswith(reverse("account_login"))
    assert "next=/en/requests/new/" in response["Location"]


@pytest.mark.parametrize("missing", ["kind", "country"])
def test_kind_and_country_are_asked_for_when_they_are_not_sent(client: Client, missing: str) -> None:
    data = {name: value for name, value in TYPED.items() if name != missing}
    response = client.post(reverse("requests:new"), data)
    if missing == "country":  # a list that is not sent at all keeps what was filled in
        assert Request.objects.get().country_id == "CM"
    else:
        assert "Choose a kind of help" in Shown(response).summary[0][0]
        assert not Request.objects.exists()


def test_a_title_is_one_line_without_hidden_signs(client: Client) -> None:
    follow(client, post(client, title="  Rights\x00 \u202eof\r\nworkers \U0001f600 حقوق "))
    assert Request.objects.get().title == "Rights of workers \U0001f600 حقوق"
