"""Sharing a draft with colleagues, taking it back, and taking over what somebody left."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from requests_app import states
from requests_app.models import Access, DraftShare, Request
from requests_app.refusals import NotPermitted
from requests_app.services import sharing
from tests.factories import a_draft, a_member, a_ministry, an_officer, organization_of, seen_by
from tests.filing.browser import Shown, fill, flaws, follow
from tests.filing.conftest import at_the_browser
from tests.languages.switching import switch

pytestmark = pytest.mark.django_db


def page(draft: Request) -> str:
    return reverse("requests:share", args=[draft.reference])


def detail(draft: Request) -> str:
    return reverse("requests:detail", args=[draft.reference])


def member_key(user: User) -> str:
    return str(Membership.objects.get(user=user).pk)


@pytest.fixture
def draft(union: User) -> Request:
    return a_draft(by=union)


@pytest.fixture
def colleague(union: User) -> User:
    return a_member(email="colleague@example.org")


def leave(user: User) -> None:
    Membership.objects.filter(user=user).update(until=timezone.now())


def test_the_page_lists_colleagues_of_the_organization_and_nobody_else(
    client: Client, draft: Request, colleague: User
) -> None:
    ministry = a_ministry()
    response = client.get(page(draft))
    assert flaws(response) == []
    text = Shown(response).text
    assert colleague.name in text and "With nobody so far." in text
    assert ministry.name not in text and draft.author.name not in text


def test_a_colleague_with_the_draft_to_edit_writes_and_sends_it(
    client: Client, draft: Request, colleague: User
) -> None:
    shared = follow(client, fill(client, page(draft), {"member": member_key(colleague), "role": "edit"}))
    assert flaws(shared) == []
    assert f"{colleague.name} – edits" in Shown(shared).text
    browser = at_the_browser(colleague)
    section = reverse("requests:section", args=[draft.reference, "situation"])
    fill(browser, section, {"happening": "My colleague has written this sentence, and it is long enough."})
    browser.post(reverse("requests:check", args=[draft.reference]), {"declared": "yes"})
    assert Request.objects.get().status == states.SENT


def test_a_colleague_with_the_draft_to_read_changes_nothing(client: Client, draft: Request, colleague: User) -> None:
    fill(client, page(draft), {"member": member_key(colleague), "role": "read"})
    browser = at_the_browser(colleague)
    shown = Shown(browser.get(detail(draft)))
    assert draft.title in shown.text and "Share with colleagues" not in shown.links
    browser.post(reverse("requests:check", args=[draft.reference]), {"declared": "yes"})
    browser.post(reverse("requests:delete", args=[draft.reference]))
    assert browser.get(page(draft)).url == detail(draft)
    assert Request.objects.get().status == states.DRAFT


def test_who_reads_for_the_organization_is_not_given_more_than_reading(client: Client, draft: Request) -> None:
    reader = a_member(role="reader")
    response = fill(client, page(draft), {"member": member_key(reader), "role": "edit"})
    assert flaws(response) == []
    assert Shown(response).summary[0][0].startswith("Choose “read”")
    assert not DraftShare.objects.exists()
    fill(client, page(draft), {"member": member_key(reader), "role": "read"})
    assert at_the_browser(reader).get(detail(draft)).status_code == 200


def test_a_second_share_changes_the_role_and_a_double_click_nothing(draft: Request, colleague: User) -> None:
    for may_edit in (False, False, True, True):
        sharing.share(draft, Membership.objects.get(user=colleague).pk, may_edit, by=draft.author)
    assert [(row.may_edit, row.until is None) for row in DraftShare.objects.order_by("pk")] == [
        (False, False),
        (True, True),
    ]


def test_what_was_taken_back_is_gone_from_the_next_click(client: Client, draft: Request, colleague: User) -> None:
    fill(client, page(draft), {"member": member_key(colleague), "role": "edit"})
    assert at_the_browser(colleague).get(detail(draft)).status_code == 200
    for _click in range(2):
        assert client.post(page(draft), {"end": str(colleague.pk)}).status_code == 302
    assert at_the_browser(colleague).get(detail(draft)).status_code == 404


@pytest.mark.parametrize("member", ["", "nonsense", "ministry", "self", "former"])
def test_nobody_else_can_be_given_the_draft(client: Client, draft: Request, union: User, member: str) -> None:
    former = a_member(email="former@example.org")
    leave(former)
    keys = {"ministry": member_key(a_ministry()), "self": member_key(union), "former": member_key(former)}
    response = client.post(page(draft), {"member": keys.get(member, member), "role": "read"})
    assert flaws(response) == []
    assert Shown(response).summary == [("Choose a colleague", "id_member")]
    assert not DraftShare.objects.exists()


def test_without_a_role_it_is_asked_for(client: Client, draft: Request, colleague: User) -> None:
    response = client.post(page(draft), {"member": member_key(colleague)})
    assert flaws(response) == []
    assert Shown(response).summary == [("Choose what your colleague may do", "id_role_0")]
    assert Shown(response).filled()["member"] == [member_key(colleague)]


class TestTakingOver:
    """The administrator, once the author has left."""

    def test_while_the_author_is_there_nothing_can_be_taken_over(self, draft: Request) -> None:
        administrator = a_member(role="administrator")
        browser = at_the_browser(administrator)
        assert "Take the draft over" not in browser.get(detail(draft)).content.decode()
        with pytest.raises(NotPermitted):
            sharing.take_over(seen_by(administrator, draft), by=administrator)
        browser.post(reverse("requests:take_over", args=[draft.reference]))
        assert Request.objects.get().author == draft.author

    @pytest.mark.parametrize("how", ["left", "closed"])
    def test_the_administrator_becomes_the_author_of_what_was_left(self, draft: Request, how: str) -> None:
        browser = at_the_browser(a_member(role="administrator"))
        if how == "left":
            leave(draft.author)
        else:
            User.objects.filter(pk=draft.author_id).update(is_active=False)
        before = browser.get(detail(draft))
        assert flaws(before) == []
        assert draft.title not in Shown(before).text and draft.author.name in Shown(before).text
        after = follow(browser, browser.post(reverse("requests:take_over", args=[draft.reference])))
        assert draft.title in Shown(after).text
        browser.post(reverse("requests:take_over", args=[draft.reference]))  # a second click
        assert Request.objects.get().author.email.startswith("administrator")

    def test_another_member_takes_nothing_over(self, draft: Request, colleague: User) -> None:
        leave(draft.author)
        browser = at_the_browser(colleague)
        assert browser.post(reverse("requests:take_over", args=[draft.reference])).status_code == 404
        assert Request.objects.get().author == draft.author


class TestShownToTheOffice:
    """Where the Branch finds a draft that it may look at."""

    QUEUE = "/admin/requests/request/?view=drafts"

    def test_the_branch_finds_it_reads_it_and_the_look_is_recorded(self, client: Client, draft: Request) -> None:
        officer = an_officer()
        desk = at_the_browser(officer)
        assert draft.reference not in desk.get(self.QUEUE).content.decode()
        client.post(reverse("requests:show_to_office", args=[draft.reference]), {"show": "yes"})
        assert draft.reference in desk.get(self.QUEUE).content.decode()
        assert (
            draft.title in desk.get(reverse("admin:requests_request_change", args=[draft.reference])).content.decode()
        )
        assert [row.user for row in Access.objects.all()] == [officer]
        client.post(reverse("requests:show_to_office", args=[draft.reference]), {"show": "no"})
        assert draft.reference not in desk.get(self.QUEUE).content.decode()

    def test_other_units_find_no_such_list(self, draft: Request) -> None:
        desk = at_the_browser(an_officer("actrav"))
        assert "Drafts shown to us" not in desk.get("/admin/").content.decode()


def test_the_page_costs_the_same_for_many_colleagues(
    client: Client, draft: Request, django_assert_max_num_queries
) -> None:
    for number in range(20):
        Membership.objects.create(
            user=User.objects.create(email=f"m{number}@example.org", name=f"M {number}"),
            organization=organization_of(draft.author),
            role="writer",
        )
    with django_assert_max_num_queries(12):
        assert client.get(page(draft)).content.decode().count("<option") == 21


def test_switching_the_language_keeps_the_choice_and_shares_nothing(
    client: Client, draft: Request, colleague: User
) -> None:
    typed = {"member": member_key(colleague), "role": "edit"}
    shown = Shown(switch(client, page(draft), "fr", **typed))
    filled = shown.filled(shown.by_id["answers"])
    assert {name: filled[name][0] for name in typed} == typed
    assert (shown.summary, shown.at_fields, DraftShare.objects.count()) == ([], [], 0)
