"""Starting again from a copy of a request that was sent."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from requests_app import states
from requests_app.models import Conventions, Funding, People, Request, Seminar, Situation
from requests_app.refusals import NotPermitted
from requests_app.services import filing, starting_again
from tests.factories import a_draft, a_member, a_request, an_officer, seen_by
from tests.filing.browser import Shown, flaws, follow
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db


def again(request: Request) -> str:
    return reverse("requests:start_again", args=[request.reference])


def detail(request: Request) -> str:
    return reverse("requests:detail", args=[request.reference])


@pytest.mark.parametrize("status", [states.WITHDRAWN, states.DECLINED, states.SENT, states.CLOSED])
def test_the_answers_stand_in_a_new_draft_of_the_same_organization(client: Client, union: User, status: str) -> None:
    old = a_request(by=union, status=status)
    page = client.get(detail(old))
    assert flaws(page) == []
    key = Shown(page).all("input", name="key")[0].get("value")
    response = follow(client, client.post(again(old), {"key": key}))
    assert flaws(response) == []
    draft = seen_by(union, Request.objects.get(status=states.DRAFT))
    assert (draft.title, draft.kind, draft.organization, draft.author) == (old.title, old.kind, old.organization, union)
    for model in (Situation, Conventions, Funding, Seminar):
        assert draft.section(model).answers() == old.section(model).answers()
    assert draft.section(People).email == old.section(People).email


def test_who_may_know_is_asked_anew_and_what_could_not_be_read_is_kept(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    filing.save_answers(draft.section(Situation), {}, {"since": "soon"}, by=union)
    filing.send(draft, by=union, declared=True)
    client.post(again(draft), {"key": str(uuid.uuid4())})
    copy = seen_by(union, Request.objects.get(status=states.DRAFT))
    assert copy.section(People).may_know == ""
    assert copy.section(Situation).raw == {"since": "soon"}


def test_a_second_click_makes_no_second_draft(client: Client, union: User) -> None:
    old = a_request(by=union)
    key = str(uuid.uuid4())
    places = {client.post(again(old), {"key": key})["Location"] for _click in range(3)}
    assert len(places) == 1 and Request.objects.count() == 2


def test_reading_its_address_makes_nothing(client: Client, union: User) -> None:
    old = a_request(by=union)
    assert client.get(again(old)).url == detail(old)
    assert Request.objects.count() == 1


def test_who_only_reads_an_officer_and_a_former_member_make_no_copy(union: User) -> None:
    old = a_request(by=union)
    reader = a_member(role="reader")
    assert "Start a new draft" not in Shown(at_the_browser(reader).get(detail(old))).text
    for person in (reader, an_officer()):
        at_the_browser(person).post(again(old), {"key": str(uuid.uuid4())})
        with pytest.raises(NotPermitted):
            starting_again.start_again(seen_by(person, old), by=person, key=uuid.uuid4())
    gone = at_the_browser(union)
    Membership.objects.filter(user=union).delete()
    assert gone.post(again(old)).status_code == 404
    assert Request.objects.count() == 1


def test_a_draft_has_no_copy(client: Client, union: User) -> None:
    draft = a_draft(by=union, filled=False)
    client.post(again(draft), {"key": str(uuid.uuid4())})
    assert Request.objects.count() == 1
