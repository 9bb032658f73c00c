"""A section: what is saved, what is given back, two writers, second clicks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from requests_app.kinds import DIRECT_CONTACTS, DRAFT_LAW, SEMINAR
from requests_app.models import DraftShare, Request
from requests_app.services import filing
from tests.factories import a_draft, a_member, a_request, a_union, an_officer
from tests.filing.browser import Shown, fill, flaws, follow
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(union: User) -> Request:
    return a_draft(by=union, filled=False)


def path_of(request: Request, slug: str = "situation") -> str:
    return reverse("requests:section", args=[request.reference, slug])


def stored(request: Request) -> Any:
    return Request.objects.get(pk=request.pk).situation_section


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Three\x00 refusals", "Three refusals"),
        ("a\u202eb\u2066c\u200bd", "abcd"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("عمال 🙂 Étoga", "عمال 🙂 Étoga"),
        ("<script>alert(1)</script>{{ x }}", "<script>alert(1)</script>{{ x }}"),
    ],
)
def test_any_text_is_kept_without_signs_that_nobody_sees(client: Client, draft: Request, typed: str, kept: str) -> None:
    assert fill(client, path_of(draft), {"happening": typed}).status_code == 302
    assert stored(draft).happening == kept
    shown = Shown(client.get(path_of(draft)))
    assert shown.filled()["happening"] == [kept]
    assert flaws(client.get(reverse("requests:answers", args=[draft.reference]))) == []


@pytest.mark.parametrize("length", [4001, 300_000])
def test_a_text_over_its_limit_says_by_how_much_and_is_kept_whole(client: Client, draft: Request, length: int) -> None:
    response = fill(client, path_of(draft), {"happening": "x" * length})
    excess = f"{length - 4000:,}" if length > 9999 else str(length - 4000)
    sentences = [sentence.replace(",", "") for sentence, _anchor in Shown(response).summary]
    assert sentences == [f"Shorten the text to 4000 characters: it is {excess.replace(',', '')} too long"]
    assert Shown(client.get(path_of(draft))).filled()["happening"] == ["x" * length]
    assert stored(draft).happening == ""


@pytest.mark.parametrize("typed", ["12\x00 foo", "\ud83d", "٣ ٢٠٢٥", "9" * 5000, "0 2025", "-1 2025", "2025", "\u202e"])
def test_a_strange_month_is_an_answer_or_a_sentence(client: Client, draft: Request, typed: str) -> None:
    typed = typed.encode("utf-8", "replace").decode()
    response = fill(client, path_of(draft), {"since": typed, "happening": "Kept."})
    assert response.status_code in (200, 302)
    assert stored(draft).happening == "Kept."
    assert "\x00" not in str(stored(draft).raw)
    if response.status_code == 200:
        assert len(Shown(response).at_fields) == 1


def test_a_text_control_that_was_not_sent_keeps_its_value(client: Client, draft: Request) -> None:
    fill(client, path_of(draft), {"happening": "Three refusals.", "since": "soon", "affected": ["migrants"]})
    version = str(stored(draft).version)
    response = client.post(path_of(draft), {"version": version, "issues_other": "Pay"})
    kept = stored(draft)
    assert (kept.happening, kept.issues_other, kept.raw) == ("Three refusals.", "Pay", {"since": "soon"})
    assert kept.affected == []  # nothing ticked is an answer
    shown = Shown(response)
    assert shown.filled()["happening"] == ["Three refusals."]
    assert shown.filled()["since"] == ["soon"]


def test_of_a_repeated_parameter_the_last_counts(client: Client, draft: Request) -> None:
    shown = Shown(client.get(path_of(draft))).filled()
    client.post(path_of(draft), {**shown, "happening": ["first", "second"], "since": ["bad", "3 2025"]})
    assert stored(draft).happening == "second"
    assert stored(draft).raw == {}


def test_a_forged_code_is_asked_for_again_and_never_stored_as_an_answer(client: Client, draft: Request) -> None:
    response = fill(client, path_of(draft), {"urgent": "<b>", "issues": ["forming", "forged"]})
    assert {anchor for _sentence, anchor in Shown(response).summary} == {"id_urgent_0", "id_issues_0"}
    assert (stored(draft).urgent, stored(draft).issues) == ("", [])


@pytest.mark.parametrize("slug", ["draft-law", "no-such-section", "raw", "visit"])
def test_a_section_that_the_kind_does_not_have_is_no_page(client: Client, draft: Request, slug: str) -> None:
    assert client.get(path_of(draft, slug)).status_code == 404
    assert client.post(path_of(draft, slug), {"version": "0"}).status_code == 404


def test_an_unknown_country_or_kind_leaves_the_old_one(client: Client, draft: Request) -> None:
    response = fill(client, path_of(draft, "request"), {"country": "XX", "kind": "forged", "title": "New title"})
    assert len(Shown(response).summary) == 2
    now = Request.objects.get()
    assert (now.country_id, now.kind, now.title) == ("CM", SEMINAR, "New title")


class TestTwoWriters:
    """Two tabs, or two colleagues, with the same section before them."""

    def test_the_second_one_overwrites_nothing_and_sees_both_texts(self, client: Client, draft: Request) -> None:
        before = Shown(client.get(path_of(draft))).filled()
        client.post(path_of(draft), {**before, "happening": "Theirs."})
        response = client.post(path_of(draft), {**before, "happening": "Mine."})
        assert flaws(response) == []
        shown = Shown(response)
        assert stored(draft).happening == "Theirs."
        assert "Theirs." in shown.text and "Nothing was overwritten" in shown.text
        assert shown.filled()["happening"] == ["Mine."]

    def test_only_what_differs_is_shown_of_the_other(self, client: Client, draft: Request) -> None:
        before = Shown(client.get(path_of(draft))).filled()
        client.post(path_of(draft), {**before, "happening": "Theirs.", "issues_other": "Same"})
        shown = Shown(client.post(path_of(draft), {**before, "happening": "Mine.", "issues_other": "Same"}))
        theirs = next(text for text in shown.messages if "What somebody else saved" in text)
        assert "What is happening?" in theirs and "at stake" not in theirs

    def test_the_second_save_is_deliberate_and_counts(self, client: Client, draft: Request) -> None:
        before = Shown(client.get(path_of(draft))).filled()
        client.post(path_of(draft), {**before, "happening": "Theirs."})
        shown = Shown(client.post(path_of(draft), {**before, "happening": "Mine."}))
        assert client.post(path_of(draft), shown.filled()).status_code == 302
        assert stored(draft).happening == "Mine."

    def test_what_somebody_else_saved_can_be_kept(self, client: Client, draft: Request) -> None:
        before = Shown(client.get(path_of(draft))).filled()
        client.post(path_of(draft), {**before, "happening": "Theirs."})
        shown = Shown(client.post(path_of(draft), {**before, "happening": "Mine."}))
        again = Shown(client.get(shown.links["Keep what somebody else saved"]))
        assert again.filled()["happening"] == ["Theirs."]

    def test_a_colleague_with_whom_it_is_shared_is_held_back_the_same_way(
        self, client: Client, draft: Request, union: User
    ) -> None:
        colleague = a_member(email="colleague@example.org")
        DraftShare.objects.create(request=draft, user=colleague, may_edit=True, since=timezone.now())
        before = Shown(client.get(path_of(draft))).filled()
        fill(at_the_browser(colleague), path_of(draft), {"happening": "Theirs."})
        shown = Shown(client.post(path_of(draft), {**before, "happening": "Mine."}))
        assert stored(draft).happening == "Theirs."
        assert shown.filled()["happening"] == ["Mine."]

    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 400, "\x00", "１"])
    def test_a_page_without_a_true_version_overwrites_nothing(
        self, client: Client, draft: Request, version: str
    ) -> None:
        fill(client, path_of(draft), {"happening": "Theirs."})
        response = client.post(path_of(draft), {"version": version, "happening": "Mine."})
        assert response.status_code == 200
        assert stored(draft).happening == "Theirs."


def test_a_double_click_on_save_is_no_clash(client: Client, draft: Request) -> None:
    data = {**Shown(client.get(path_of(draft))).filled(), "happening": "Once.", "since": "3 2025"}
    first, second = (client.post(path_of(draft), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert stored(draft).version == 1


def test_a_double_click_with_an_error_shows_the_error_alone(client: Client, draft: Request) -> None:
    data = {**Shown(client.get(path_of(draft))).filled(), "since": "soon"}
    pages = [Shown(client.post(path_of(draft), data)) for _ in range(2)]
    assert [page.messages for page in pages] == [[], []]
    assert stored(draft).version == 1


def test_saving_leads_to_the_next_section_that_is_not_complete_then_to_the_check(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    assert fill(client, path_of(draft, "situation"), {}).url == reverse("requests:check", args=[draft.reference])
    fill(client, path_of(draft, "labour-relations"), {"improved": ""})
    assert fill(client, path_of(draft, "situation"), {}).url == path_of(draft, "labour-relations")
    # What was left open above is not forced upon him again.
    assert fill(client, path_of(draft, "people"), {}).url == reverse("requests:check", args=[draft.reference])


def test_saving_may_lead_back_to_all_sections(client: Client, draft: Request) -> None:
    response = fill(client, path_of(draft), {}, press={"go": "all"})
    assert response.url == reverse("requests:detail", args=[draft.reference])


class TestAfterSending:
    """What was sent is not changed by an old page, and what was typed into it is given back."""

    def test_an_old_page_leads_to_the_status(self, client: Client, union: User) -> None:
        request = a_request(by=union)
        assert client.get(path_of(request)).url == reverse("requests:detail", args=[request.reference])

    def test_what_was_typed_meanwhile_is_given_back(self, client: Client, union: User) -> None:
        draft = a_draft(by=union)
        before = Shown(client.get(path_of(draft))).filled()
        filing.send(draft, by=union, declared=True)
        response = client.post(path_of(draft), {**before, "happening": "Written too late.", "issues_other": "Pay"})
        assert flaws(response) == []
        shown = Shown(response)
        assert "Written too late." in shown.text and "Pay" in shown.text
        assert "This could not be saved" in shown.text
        assert stored(draft).happening != "Written too late."


def test_an_officer_reads_a_draft_shown_to_him_and_changes_nothing(union: User, draft: Request) -> None:
    filing.show_to_office(draft, True, by=union)
    client = at_the_browser(an_officer())
    assert client.get(path_of(draft)).url == reverse("requests:answers", args=[draft.reference])
    response = client.post(path_of(draft), {"version": "0", "happening": "By the officer"})
    assert "You cannot change this draft" in Shown(response).text
    assert not hasattr(Request.objects.get(), "situation_section")


def test_another_unions_draft_is_the_page_of_an_unknown_reference(draft: Request) -> None:
    client = at_the_browser(a_union("Another Union of Tests (fictional)"))
    for method in (client.get, client.post):
        assert method(path_of(draft)).status_code == 404


class TestKinds:
    """The kind of help can be changed at any time."""

    def test_the_other_kinds_answers_are_kept_unread(self, client: Client, union: User) -> None:
        draft = a_draft(SEMINAR, by=union)
        fill(client, path_of(draft, "request"), {"kind": DRAFT_LAW})
        assert client.get(path_of(draft, "seminar")).status_code == 404
        assert client.get(path_of(draft, "draft-law")).status_code == 200
        check = Shown(client.get(reverse("requests:check", args=[draft.reference])))
        assert "Who is the audience?" not in check.text
        assert "LAW-1" in check.text and "SPEC-" not in check.text
        fill(client, path_of(draft, "request"), {"kind": SEMINAR})
        assert Shown(client.get(path_of(draft, "seminar"))).filled()["people"] == ["25"]

    def test_the_visit_serves_direct_contacts_and_advisory_visit(self, client: Client, union: User) -> None:
        draft = a_draft(DIRECT_CONTACTS, by=union)
        fill(client, path_of(draft, "request"), {"kind": "visit"})
        shown = Shown(client.get(path_of(draft, "visit")))
        assert shown.filled()["result"] == ["A date by which the three files are decided."]
        assert "Would the government receive the visit?" in shown.text


def test_a_refused_save_stores_nothing_half(client: Client, draft: Request) -> None:
    follow(client, fill(client, path_of(draft), {"happening": "Whole.", "since": "13 2025", "affected": ["forged"]}))
    now = stored(draft)
    assert now.happening == "Whole."
    assert now.raw == {"since": "13 2025", "affected": ["forged"]}
    assert (now.since, now.affected) == (None, [])
