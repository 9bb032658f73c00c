"""Linking a request to what supervisory bodies said: in the form, at the desk, and by one click from an item."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app import states
from requests_app.kinds import SEMINAR
from requests_app.models import Conventions, Event, LinkKind, Request, SupervisoryLink
from requests_app.refusals import NotPermitted
from requests_app.services import filing, links
from supervisory.models import SupervisoryItem
from tests.factories import a_country, a_draft, a_request, a_superuser, a_union, an_officer, go, seen_by
from tests.filing.browser import Shown, fill, flaws
from tests.gapmap.record import a_referral, an_item, link

pytestmark = pytest.mark.django_db
NEW = "/en/requests/new/"
TYPED = {"kind": SEMINAR, "title": "Registration"}
NOT_ON_RECORD = "The comment or case in the address is not on record."
PUBLIC_TEXT = "from elsewhere: https://normlex.ilo.org/"
ASKED = ("case-3134", "asked_because_of")


def section(request: Request) -> str:
    return reverse("requests:section", args=[request.reference, "conventions"])


def linked(request: Request) -> list[tuple[str, str]]:
    return sorted(SupervisoryLink.objects.current().filter(request=request).values_list("item_id", "kind"))


def events(request: Request) -> list[str]:
    return list(Event.objects.filter(request=request).values_list("action", flat=True))


class TestInTheForm:
    def test_what_is_on_record_for_the_country_is_offered_with_its_public_text(self, client: Client) -> None:
        draft = a_draft()
        an_item("2964", source="NORMLEX P50002_COMPLAINT_TEXT_ID:3063334", about=("C098", "C087"))
        an_item("77", "SN")
        page = client.get(section(draft))
        shown = Shown(page)
        assert "Committee on Freedom of Association: case 2964 · 2019 · C.87, C.98" in shown.text
        assert "case 77" not in shown.text
        assert any("P50002" in address for address in shown.links.values())
        assert [flaw for flaw in flaws(page) if not flaw.startswith(PUBLIC_TEXT)] == []

    def test_the_newest_twenty_are_offered_and_those_ticked_before(self, client: Client, union: User) -> None:
        for number in range(1, 25):
            an_item(str(number), report_date=str(1990 + number), about=())
        draft = a_draft(answers={Conventions: {"recorded": ["case-1"]}}, by=union)
        offered = [node.get("value") for node in Shown(client.get(section(draft))).all("input", name="recorded")]
        assert offered == [*(f"case-{number}" for number in range(24, 4, -1)), "case-1"]

    def test_without_a_record_the_number_can_be_written(self, client: Client) -> None:
        page = client.get(section(a_draft()))
        assert "Another comment or case" in Shown(page).text
        assert flaws(page) == []

    def test_ticking_links_and_unticking_leaves_no_trace_in_a_draft(self, client: Client, union: User) -> None:
        an_item()
        draft = a_draft(by=union)
        assert fill(client, section(draft), {"recorded": ["case-3134"]}).status_code == 302
        assert linked(draft) == [ASKED]
        assert Shown(client.get(section(draft))).filled()["recorded"] == ["case-3134"]
        fill(client, section(draft), {"recorded": []})
        assert not SupervisoryLink.objects.exists()
        assert events(draft) == []

    @pytest.mark.parametrize("key", ["case-77", "nothing", "x" * 4000, "'; drop table", "\x00", "case-99999"])
    def test_a_key_that_is_not_offered_is_refused_and_never_linked(self, client: Client, union: User, key: str) -> None:
        an_item("77", "SN")
        draft = a_draft(by=union)
        answer = client.post(section(draft), {**Shown(client.get(section(draft))).filled(), "recorded": [key]})
        assert answer.status_code in (200, 302)
        assert linked(draft) == []

    def test_what_was_ticked_is_read_in_words(self, client: Client, union: User) -> None:
        an_item()
        draft = a_draft(by=union, answers={Conventions: {"recorded": ["case-3134"], "commented": "yes"}})
        page = client.get(reverse("requests:answers", args=[draft.reference]))
        assert "Committee on Freedom of Association: case 3134 · 2019 · C.87" in page.text

    def test_a_draft_is_deleted_with_its_links(self, union: User) -> None:
        an_item()
        draft = a_draft(by=union, answers={Conventions: {"recorded": ["case-3134"]}})
        assert linked(draft) == [ASKED]
        filing.delete_draft(draft, by=union)
        assert not SupervisoryLink.objects.exists()
        assert SupervisoryItem.objects.exists()

    def test_an_answer_to_a_letter_moves_the_links_and_ends_none_by_deleting(self, union: User) -> None:
        an_item()
        an_item("2964")
        request = a_request(status=states.IN_EXAMINATION, by=union, answers={Conventions: {"recorded": ["case-3134"]}})
        link(request, SupervisoryItem.objects.get(pk="case-2964"), LinkKind.ADDRESSES)
        go(request, "ask", by=union)
        letter = filing.open_question(request)
        assert letter is not None
        letter.questions = ["Q8"]
        filing.answer(request, letter, "Text.", {Conventions: ({}, {})}, by=union)
        assert linked(request) == [("case-2964", "addresses"), ASKED]
        go(request, "ask", by=union)
        waiting = filing.open_question(request)
        assert waiting is not None
        waiting.questions = ["Q8"]
        type(waiting).objects.filter(pk=waiting.pk).update(questions=["Q8"])
        filing.answer(request, waiting, "", {Conventions: ({"recorded": ["case-2964"]}, {})}, by=union)
        assert linked(request) == [("case-2964", "addresses"), ("case-2964", "asked_because_of")]
        assert SupervisoryLink.objects.filter(item="case-3134", until__isnull=False).count() == 1


class TestAtTheDesk:
    def test_linking_twice_makes_one_link_and_one_event(self) -> None:
        request, item = a_request(), an_item()
        assert link(request, item).pk == link(request, item).pk
        assert events(request) == ["send", "link"]

    def test_a_link_ends_with_an_event_and_stays_on_record(self) -> None:
        request, officer = a_request(), an_officer()
        made = link(request, an_item())
        for _ in range(2):
            links.end(made, by=officer)
        assert linked(request) == []
        assert SupervisoryLink.objects.get().until is not None
        assert events(request) == ["send", "link", "unlink"]

    def test_the_status_stays(self) -> None:
        request = a_request(status=states.GIVEN)
        link(request, an_item())
        assert Event.objects.filter(action="link").values_list("status_before", "status_after").get() == (
            "given",
            "given",
        )

    @pytest.mark.parametrize("who", ["actrav", "YAO"])
    def test_only_the_branch_links_what_was_sent(self, who: str) -> None:
        request, item, officer = a_request(), an_item(), an_officer(who)
        made = link(request, item)
        with pytest.raises(NotPermitted):
            links.add(seen_by(officer, request), item, LinkKind.MENTIONS, by=officer)
        with pytest.raises(NotPermitted):
            links.end(made, by=officer)
        with pytest.raises(NotPermitted):
            links.end(made, by=request.author)
        assert events(request) == ["send", "link"]

    def test_whoever_may_not_know_the_request_cannot_link_it(self) -> None:
        request, item, stranger = a_request(), an_item(), a_union("Another Union of Tests (fictional)")
        with pytest.raises(Request.DoesNotExist):
            links.add(request, item, LinkKind.ASKED, by=stranger)

    def test_the_writer_of_a_draft_links_it_without_an_event(self, union: User) -> None:
        draft, item = a_draft(by=union), an_item()
        made = links.add(draft, item, LinkKind.MENTIONS, by=union)
        assert linked(draft) == [("case-3134", "mentions")]
        links.end(made, by=union)
        assert not SupervisoryLink.objects.exists() and events(draft) == []

    def test_the_database_holds_one_link_of_a_kind_at_a_time(self) -> None:
        made = link(a_request(), an_item())
        same = {"request": made.request, "item": made.item, "added_by": made.added_by, "since": made.since}
        for wrong in ({"kind": made.kind}, {"kind": "other"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                SupervisoryLink.objects.create(**same, **wrong)


class TestOneClick:
    def start(self, client: Client, key: str = "case-3134", **typed: Any) -> Any:
        address = f"{NEW}?item={key}"
        return client.post(NEW, {**Shown(client.get(address)).filled(), **TYPED, **typed})

    def test_country_conventions_and_the_comment_are_filled_in(self, client: Client, union: User) -> None:
        an_item(about=("C087", "C105"))
        shown = Shown(client.get(f"{NEW}?item=case-3134"))
        assert "Committee on Freedom of Association: case 3134" in shown.text
        assert shown.filled()["country"] == ["CM"] and shown.filled()["item"] == ["case-3134"]
        assert self.start(client).status_code == 302
        made = seen_by(union, Request.objects.get()).section(Conventions)
        assert (made.instruments, made.commented, made.recorded) == (["C087"], "yes", ["case-3134"])
        assert linked(made.request) == [ASKED]
        assert Shown(client.get(section(made.request))).filled()["recorded"] == ["case-3134"]

    def test_the_country_is_that_of_the_item(self, client: Client) -> None:
        a_country("SN", "Senegal")
        an_item("77", "SN")
        assert Shown(client.get(f"{NEW}?item=case-77")).filled()["country"] == ["SN"]

    def test_an_error_keeps_the_item_and_a_second_click_makes_one_link(self, client: Client) -> None:
        an_item()
        shown = Shown(self.start(client, kind=""))
        assert shown.filled()["item"] == ["case-3134"]
        for _ in range(2):
            client.post(NEW, {**shown.filled(), **TYPED})
        assert SupervisoryLink.objects.count() == Request.objects.count() == 1

    def test_another_country_is_respected_and_the_item_left_out(self, client: Client) -> None:
        a_country("SN", "Senegal")
        an_item()
        assert self.start(client, country="SN").status_code == 302
        assert Request.objects.get().country_id == "SN"
        assert not SupervisoryLink.objects.exists()

    @pytest.mark.parametrize(
        "key", ["case-1", "%00", "case-3134%00", "..%2F..", "x" * 3000, "<b>", "%ED%A0%80", "case-%D9%A3", "CASE-3134"]
    )
    def test_what_is_no_items_key_is_ignored_with_a_sentence(self, client: Client, key: str) -> None:
        an_item()
        page = client.get(f"{NEW}?item={key}")
        assert page.status_code == 200
        assert NOT_ON_RECORD in page.text
        assert "<b>" not in page.text.replace("<bdi>", "")
        assert self.start(client, key).status_code == 302
        assert not SupervisoryLink.objects.exists()

    def test_without_an_item_nothing_is_said(self, client: Client) -> None:
        page = client.get(NEW)
        assert NOT_ON_RECORD not in page.text and 'name="item"' not in page.text


class TestCanary:
    def test_canary_no_page_about_an_item_tells_of_a_request(self) -> None:
        item = a_referral()
        browsers = {person: Client() for person in (a_superuser(), an_officer("actemp"), an_officer("YAO"))}
        browsers |= {an_officer("branch"): Client()}
        addresses = [
            reverse("admin:supervisory_supervisoryitem_change", args=[item.key]),
            reverse("admin:supervisory_supervisoryitem_delete", args=[item.key]),
            reverse("admin:supervisory_supervisoryitem_history", args=[item.key]),
            reverse("admin:supervisory_supervisoryitem_changelist"),
            reverse("admin:supervisory_referral_changelist"),
        ]

        def pages() -> list[tuple[int, str]]:
            found = []
            for person, browser in browsers.items():
                browser.force_login(person)
                found += [(answer.status_code, told(answer.text)) for answer in map(browser.get, addresses)]
            return found

        before = pages()
        request = a_request(title="Zebra crossing")
        link(request, item)
        after = pages()
        assert before == after
        for _status, text in after:
            assert request.reference not in text and "Zebra" not in text

    def test_canary_deleting_a_linked_item_names_no_request(self) -> None:
        item = an_item(about=())
        request = a_request(title="Zebra crossing")
        link(request, item)
        if connection.vendor == "sqlite":
            connection.check_constraints()
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            SupervisoryItem.objects.filter(pk=item.pk).delete()
            connection.check_constraints()
        assert request.reference not in str(refused.value)


def told(text: str) -> str:
    """A page without its tokens."""
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)
