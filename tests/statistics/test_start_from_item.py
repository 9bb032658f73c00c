"""One click beside an item in public starts a request for it, for everybody; what is known is filled in."""

from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import Conventions, Request
from supervisory.models import SupervisoryItem
from tests.factories import a_union
from tests.filing.browser import Shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_record")]
NEW = "/en/requests/new/?item="
PAGES = ("/en/countries/CO/", "/en/statistics/referrals/?said=all")


@pytest.mark.parametrize("page", PAGES)
def test_beside_each_item_stands_the_link_that_names_it(client: Client, page: str) -> None:
    shown = Shown(client.get(page))
    started = {where.removeprefix(NEW): words for words, where in shown.links.items() if where.startswith(NEW)}
    context = shown.response.context
    lines = context["lines"] if "said" in context else [line for of in context["record"].bodies for line in of.lines]
    assert {line.item.pk for line in lines} == set(started) != set()
    assert all(words.startswith("Start a request – ") for words in started.values())


def test_every_key_of_the_record_starts_a_request(client: Client) -> None:
    client.force_login(a_union())
    unknown = []
    for body in SupervisoryItem.objects.order_by().values_list("body", flat=True).distinct():
        item = SupervisoryItem.objects.filter(body=body).order_by("-pk")[0]
        if client.get(NEW + item.pk).context["item"] != item:
            unknown.append(item.pk)
    assert unknown == []


def test_who_is_not_signed_in_comes_to_the_same_form_after_signing_in(client: Client) -> None:
    where = NEW + SupervisoryItem.objects.filter(country="CO").order_by("pk")[0].pk
    answer = client.get(where)
    assert answer.status_code == 302
    assert unquote(answer["Location"]).endswith(f"next={where}")


def test_the_draft_holds_country_conventions_and_link_of_the_item(client: Client) -> None:
    union = a_union(name="Union of the Record (fictional)", country="CO")
    item = SupervisoryItem.objects.filter(country="CO", links__instrument="C087").order_by("pk")[0]
    client.force_login(union)
    form = Shown(client.get(NEW + item.pk))
    assert form.filled()["country"] == ["CO"]
    client.post(reverse("requests:new"), {**form.filled(), "kind": "seminar", "title": "Registration"})
    answers = Request.objects.get(author=union).section(Conventions)
    assert (answers.commented, answers.recorded) == ("yes", [item.pk])
    assert "C087" in answers.instruments
