"""Check and send: eight answers, the declaration, once."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from outbox.models import Notice
from requests_app.models import Event, People, Request, Routing, Situation, StoredFinding
from requests_app.services import filing
from tests.factories import KINDS, a_draft, a_union, an_officer, an_organization
from tests.filing.browser import Shown, fill, flaws, follow
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db
# What keeps a request from being sent, and where its question stands.
NEEDED = {
    "Write a title of 5 to 120 characters": ("request", "id_title"),
    "Describe what is happening in at least one sentence": ("situation", "id_happening"),
    "Write the e-mail address of the person we write to": ("people", "id_email"),
    "Choose who may know of this request": ("people", "id_may_know"),
}
DECLARE = "Tick the box to confirm that you may send this request"


def check(request: Request) -> str:
    return reverse("requests:check", args=[request.reference])


def test_an_empty_draft_is_refused_with_links_to_what_is_missing(client: Client, union: User) -> None:
    draft = a_draft(by=union, title="", filled=False)
    response = client.post(check(draft))
    assert flaws(response) == []
    shown = Shown(response)
    assert [sentence for sentence, _anchor in shown.summary] == [*NEEDED, DECLARE]
    assert shown.title.startswith("Error: ")
    assert shown.at_fields == [DECLARE]
    assert shown.by_id["id_declared"].get("aria-invalid") == "true"
    for sentence, (slug, anchor) in NEEDED.items():
        path, _hash, fragment = shown.links[sentence].partition("#")
        assert path == reverse("requests:section", args=[draft.reference, slug])
        assert fragment == anchor
        assert anchor in Shown(client.get(path)).by_id
    assert not Event.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_on_the_page_leads_to_a_question_that_is_there(client: Client, union: User, kind: str) -> None:
    draft = a_draft(kind, by=union, filled=False)
    shown = Shown(client.get(check(draft)))
    sections = {href for href in shown.links.values() if "#id_" in href}
    assert sections
    pages: dict[str, Shown] = {}
    for href in sections:
        path, _hash, anchor = href.partition("#")
        page = pages.setdefault(path, Shown(client.get(path)))
        assert anchor in page.by_id, href


def test_the_declaration_alone_is_asked_for_when_nothing_else_is_missing(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    for forged in ({}, {"declared": ""}, {"declared": "no"}, {"declared": "\x00"}):
        shown = Shown(client.post(check(draft), forged))
        assert shown.summary == [(DECLARE, "id_declared")]
    assert Request.objects.get().is_draft


def test_a_ticked_declaration_stays_ticked_when_something_else_is_missing(client: Client, union: User) -> None:
    draft = a_draft(by=union, answers={People: {"may_know": ""}})
    shown = Shown(client.post(check(draft), {"declared": "yes"}))
    assert shown.filled()["declared"] == ["yes"]
    assert len(shown.summary) == 1 and shown.at_fields == []


def test_a_text_below_its_minimum_is_left_open_and_not_an_error(client: Client, union: User) -> None:
    draft = a_draft(by=union, answers={Situation: {"happening": "Too short."}})
    shown = Shown(client.get(check(draft)))
    assert "Describe what is happening in at least one sentence" in shown.text
    assert shown.summary == []


def test_sending_routes_examines_tells_and_leads_to_the_status(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    shown = Shown(follow(client, client.post(check(draft), {"declared": "yes"})))
    assert f"Your request {draft.reference} has been sent." in shown.messages
    assert {row.unit.kind for row in Routing.objects.select_related("unit")} == {"branch", "actrav", "station"}
    assert StoredFinding.objects.exists() and Notice.objects.exists()


@pytest.mark.parametrize("times", [2, 3])
def test_a_double_click_sends_once(client: Client, union: User, times: int) -> None:
    draft = a_draft(by=union)
    for _ in range(times):
        response = client.post(check(draft), {"declared": "yes"})
        assert response.url == reverse("requests:detail", args=[draft.reference])
    assert Event.objects.count() == 1
    told = list(Notice.objects.values_list("kind", "address"))
    assert len(told) == len(set(told))


def test_going_back_after_sending_shows_the_status_and_never_the_form(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    client.post(check(draft), {"declared": "yes"})
    response = client.get(check(draft))
    assert response.url == reverse("requests:detail", args=[draft.reference])
    assert "no-store" in client.get(response.url)["Cache-Control"]


def test_what_was_withdrawn_is_not_sent_again(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    client.post(check(draft), {"declared": "yes"})
    client.post(reverse("requests:withdraw", args=[draft.reference]))
    client.post(check(draft), {"declared": "yes"})
    assert Request.objects.get().status == "withdrawn"
    assert Event.objects.count() == 2


def test_an_organization_that_is_not_verified_drafts_but_does_not_send(db: None) -> None:
    an_organization("workers", "New Union of Tests (fictional)", verified=False)
    union = a_union("New Union of Tests (fictional)", verified=False)
    client = at_the_browser(union)
    draft = a_draft(by=union)
    assert "has not verified your organization yet" in Shown(client.get(check(draft))).text
    response = client.post(check(draft), {"declared": "yes"})
    assert flaws(response) == []
    assert any("has not verified your organization yet" in message for message in Shown(response).messages)
    assert Request.objects.get().is_draft and not Notice.objects.exists()


def test_who_will_read_it_stands_there_before_sending(client: Client, union: User) -> None:
    text = Shown(client.get(check(a_draft(by=union)))).text
    for unit in ("Freedom of Association Branch", "ACTRAV", "Yaoundé"):
        assert unit in text


def test_what_cannot_be_read_is_shown_as_typed_and_may_be_sent(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    fill(client, reverse("requests:section", args=[draft.reference, "situation"]), {"since": "some years ago"})
    shown = Shown(client.get(check(draft)))
    assert "some years ago" in shown.text and "cannot be read yet" in shown.text
    assert client.post(check(draft), {"declared": "yes"}).status_code == 303
    assert not Request.objects.get().is_draft


def test_an_officer_who_looks_at_a_draft_does_not_send_it(union: User) -> None:
    draft = a_draft(by=union)
    filing.show_to_office(draft, True, by=union)
    officer = at_the_browser(an_officer())
    shown = Shown(officer.get(check(draft)))
    assert "The author of the draft sends it" in shown.text and "Change" not in shown.text
    officer.post(check(draft), {"declared": "yes"})
    assert Request.objects.get().is_draft
