"""What a page shows before its first save because the portal knows it, and questions that come and go."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app.kinds import DIRECT_CONTACTS, DRAFT_LAW, NOT_SURE, OPINION, SEMINAR, VISIT
from requests_app.models import Conventions, Funding, Request, Situation
from standards.models import Instrument, Ratification
from tests.factories import a_draft
from tests.filing.browser import Shown, fill, follow

pytestmark = pytest.mark.django_db


def section(request: Request, slug: str) -> str:
    return reverse("requests:section", args=[request.reference, slug])


def filled(client: Client, request: Request, slug: str) -> dict:
    return Shown(client.get(section(request, slug))).filled()


def test_the_contact_is_filled_in_from_the_account(client: Client, union: User) -> None:
    User.objects.filter(pk=union.pk).update(function="Secretary", telephone="+237 222 000 000", language="fr")
    shown = filled(client, a_draft(by=union, filled=False), "people")
    assert (shown["name"], shown["email"]) == ([union.name], [union.email])
    assert (shown["function"], shown["telephone"], shown["language"]) == (["Secretary"], ["+237 222 000 000"], ["fr"])


def test_what_the_account_holds_in_another_form_is_no_error_at_the_first_look(client: Client, union: User) -> None:
    User.objects.filter(pk=union.pk).update(telephone="222 000 000")
    draft = a_draft(by=union, filled=False)
    shown = Shown(client.get(section(draft, "people")))
    assert shown.filled()["telephone"] == ["222 000 000"]
    assert shown.at_fields == []


def test_a_contact_once_saved_is_not_filled_in_again(client: Client, union: User) -> None:
    draft = a_draft(by=union, filled=False)
    fill(client, section(draft, "people"), {"name": "", "email": "ada@example.org"})
    shown = filled(client, draft, "people")
    assert (shown["name"], shown["email"]) == ([""], ["ada@example.org"])


def test_the_seminars_issues_are_those_of_the_situation(client: Client, union: User) -> None:
    draft = a_draft(SEMINAR, by=union, filled=False, answers={Situation: {"issues": ["strike", "disputes"]}})
    assert filled(client, draft, "seminar")["issues"] == ["strike", "disputes"]


@pytest.mark.parametrize("kind", [DRAFT_LAW, OPINION])
def test_for_comments_and_opinions_only_time_is_a_cost(client: Client, union: User, kind: str) -> None:
    assert filled(client, a_draft(kind, by=union, filled=False), "funding")["costs"] == ["time_only"]


@pytest.mark.parametrize("kind", [SEMINAR, DIRECT_CONTACTS, VISIT, NOT_SURE])
def test_for_other_kinds_no_cost_is_assumed(client: Client, union: User, kind: str) -> None:
    assert "costs" not in filled(client, a_draft(kind, by=union, filled=False), "funding")


def test_unticking_the_assumed_cost_lasts(client: Client, union: User) -> None:
    draft = a_draft(DRAFT_LAW, by=union, filled=False)
    client.post(section(draft, "funding"), {"version": "0"})
    assert Request.objects.get().section(Funding).costs == []
    assert "costs" not in filled(client, draft, "funding")


class TestRatification:
    """Q6 is asked only when a chosen Convention is not ratified."""

    @pytest.fixture(autouse=True)
    def listed(self, union: User) -> None:
        self.draft = a_draft(by=union, filled=False)
        for code, ratified in (("C087", date(1960, 6, 7)), ("C151", None)):
            instrument = Instrument.objects.create(
                code=code,
                kind="convention",
                number=int(code[1:]),
                title_en=code,
                year_adopted=1948,
                session=31,
                subject="Freedom of association",
                freedom_of_association=True,
            )
            Ratification.objects.create(
                id=f"CM-{code}",
                country_id="CM",
                instrument=instrument,
                status="in_force" if ratified else "not_ratified",
                date=ratified,
                year=ratified and ratified.year,
                confidence="high",
                source="A test",
                as_of="2024",
            )

    def test_it_comes_when_it_is_needed_and_goes_again(self, client: Client) -> None:
        path = section(self.draft, "conventions")
        assert "Is ratification being prepared?" not in Shown(client.get(path)).text
        response = fill(client, path, {"instruments": ["C087", "C151"], "commented": "no"})
        assert response.url == f"{path}#id_ratification"
        shown = Shown(follow(client, client.get(path)))
        assert "id_ratification" in shown.by_id
        assert any("From your answer one more question follows" in message for message in shown.messages)
        assert fill(client, path, {"ratification": "discussed"}).url != path
        fill(client, path, {"instruments": ["C087"]})
        assert "Is ratification being prepared?" not in Shown(client.get(path)).text
        assert Request.objects.get().section(Conventions).ratification == "discussed"

    def test_who_wants_to_leave_is_not_held_back(self, client: Client) -> None:
        path = section(self.draft, "conventions")
        response = fill(client, path, {"instruments": ["C151"]}, press={"go": "all"})
        assert response.url == reverse("requests:detail", args=[self.draft.reference])

    def test_beside_each_convention_stands_what_the_list_says(self, client: Client) -> None:
        text = Shown(client.get(section(self.draft, "conventions"))).text
        assert "Not ratified" in text and "Ratified" in text and "Not known whether ratified" in text
