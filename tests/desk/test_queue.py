"""The queue: saved views, what a row shows, and that nothing hidden is found, filtered, counted or ordered by."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app import states
from requests_app.kinds import OPINION, SEMINAR, VISIT
from requests_app.models import Request
from tests.desk.conftest import QUEUE, queue, references
from tests.factories import (
    a_draft,
    a_request,
    a_superuser,
    a_union,
    an_employer,
    an_officer,
    go,
    organization_of,
)

MOST_QUERIES = 12
TITLE = "Zebra crossing of unions"


def test_the_root_leads_to_what_is_to_be_examined(at_desk):
    answer = at_desk().get(reverse(QUEUE))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse(QUEUE) + "?view=to-examine")
    assert queue(at_desk(), "no-such-view").status_code == 302


@pytest.mark.parametrize(
    ("view", "statuses"),
    [
        ("to-examine", {"sent"}),
        ("waiting", {"question_out"}),
        ("in-preparation", {"accepted", "in_preparation"}),
        ("open", {"sent", "in_examination", "question_out", "accepted", "in_preparation"}),
        ("closed", {"given", "closed", "declined", "no_means", "withdrawn"}),
    ],
)
def test_each_view_lists_its_statuses(at_desk, view, statuses):
    for status in set(states.STATUSES) - {states.DRAFT}:
        a_request(OPINION, status)
    listed = Request.objects.filter(reference__in=references(queue(at_desk(), view)))
    assert set(listed.values_list("status", flat=True)) == statuses


def test_mine_lists_what_this_officer_took_until_it_is_closed(at_desk):
    mine = a_request(OPINION, states.GIVEN, officer=an_officer())
    a_request(OPINION, states.GIVEN, officer=an_officer(email="other@example.org"))
    a_request(OPINION, states.CLOSED, officer=an_officer())
    assert references(queue(at_desk(), "mine")) == [mine.reference]


def test_the_longest_waiting_comes_first_and_the_order_can_be_turned(at_desk):
    days = (2, 9, 5)
    made = {a_request(OPINION, waiting_days=number).reference: number for number in days}
    first = references(queue(at_desk()))
    assert [made[reference] for reference in first] == [9, 5, 2]
    assert references(queue(at_desk(), o="-1")) == first[::-1]


def test_a_row_shows_what_an_officer_needs(at_desk):
    request = a_request(SEMINAR, states.IN_EXAMINATION, title=TITLE, waiting_days=3)
    page = queue(at_desk()).text
    for words in (request.reference, TITLE, "3 days", "Branch Test", "Cameroon", "Seminar or information"):
        assert words in page
    assert "Taken up for examination" in page
    assert "Workers&#x27; organization" in page


def test_only_a_draft_that_was_shown_to_the_office_is_listed(at_desk):
    hidden, shown = a_draft(OPINION), a_draft(OPINION)
    Request.objects.filter(pk=shown.pk).update(shown_to_office_at=shown.created_at)
    assert references(queue(at_desk())) == [shown.reference]
    assert references(queue(at_desk("actrav"))) == []
    assert references(queue(at_desk(), q=hidden.reference)) == []


def test_matrix_who_is_informed_sees_the_summary_of_a_row_only(at_desk):
    by = an_employer()
    request = a_request(SEMINAR, states.IN_EXAMINATION, by=by, title=TITLE)
    page = queue(at_desk("actrav"))
    assert references(page) == [request.reference]
    for shown in ("Cameroon", "Seminar or information", "Being examined", "Employers&#x27; organization"):
        assert shown in page.text
    for hidden in (TITLE, organization_of(by).name, "Branch Test", "missing", "Taken up"):
        assert hidden not in page.text


def test_matrix_a_bureau_without_a_routing_finds_nothing(at_desk):
    a_request(OPINION)
    assert references(queue(at_desk("actemp"))) == []


def test_matrix_a_superuser_without_unit_has_no_entry_and_no_queue(at_desk):
    a_request()
    client = at_desk(a_superuser())
    assert queue(client).status_code == 403
    home = client.get(reverse("admin:index"))
    assert reverse(QUEUE) not in home.text
    assert client.get(reverse("admin:app_list", args=["requests"])).status_code == 404


def test_no_primary_key_stands_on_the_page(at_desk):
    for _number in range(3):
        a_request(OPINION)
    page = queue(at_desk()).text
    own = {str(pk) for pk in Request.objects.values_list("pk", flat=True)}
    links = re.findall(r'href="([^"]*requests/request[^"]*)"', page)
    assert links
    assert not own & {part for link in links for part in re.split(r"[/=&?]", link)}
    assert "_selected_action" not in page


@pytest.mark.parametrize("query", [{"_popup": "1"}, {"_to_field": "id"}, {"all": ""}, {"e": "2"}])
def test_doors_of_the_admin_that_show_primary_keys_are_shut(at_desk, query):
    request = a_request(OPINION)
    answer = queue(at_desk(), **query)
    assert answer.status_code in (200, 400)
    assert "data-popup-opener" not in answer.text
    if answer.status_code == 200:
        assert references(answer) == [request.reference]


def test_autocomplete_does_not_answer_with_primary_keys(at_desk):
    a_request(OPINION)
    words = {"app_label": "requests", "model_name": "event", "field_name": "request", "term": "FA"}
    assert at_desk().get(reverse("admin:autocomplete"), words).status_code in (403, 404)


@pytest.mark.parametrize("page", ["add/", "{pk}/change/", "{pk}/", "{ref}/history/", "{ref}/delete/", "{pk}/delete/"])
def test_adding_editing_deleting_and_the_admins_own_log_do_not_exist(at_desk, page):
    request = a_request(OPINION)
    address = reverse(QUEUE) + page.format(pk=request.pk, ref=request.reference)
    for answer in (at_desk().get(address), at_desk().post(address)):
        assert answer.status_code == 404


def test_the_queue_costs_the_same_for_five_rows_and_for_fifty(at_desk):
    client, by = at_desk(), a_union()
    first = a_request(SEMINAR, by=by)
    for _number in range(4):
        a_request(SEMINAR, states.IN_EXAMINATION, by=by)
    cost(client)  # the first click starts the clock of the session
    five = cost(client)
    copy(first, 45)
    fifty = cost(client)
    assert len(references(queue(client))) == 50
    assert (five, fifty <= MOST_QUERIES) == (fifty, True)


def cost(client) -> int:
    """The queries of one page of the queue, session and person included."""
    cache.clear()
    with CaptureQueriesContext(connection) as counted:
        queue(client)
    return len(counted)


def copy(request: Request, times: int) -> None:
    """More sent requests of the same kind, each told to the Branch."""
    routing = request.routings.get(unit__kind="branch")
    for number in range(times):
        fields = {field.attname: getattr(request, field.attname) for field in Request._meta.concrete_fields}
        for name in ("id", "reference", "form_key"):
            fields.pop(name)
        made = Request.objects.create(**fields)
        type(routing).objects.create(
            request=made, unit=routing.unit, level=routing.level, reason=routing.reason, since=routing.since
        )
        assert number < times


# Search and filters


@pytest.mark.parametrize("asked", ["{reference}", "{small}", "{bare}"])
def test_a_reference_is_found_however_it_is_typed(at_desk, asked):
    request, other = a_request(OPINION), a_request(VISIT)
    reference = request.reference
    typed = asked.format(reference=reference, small=reference.lower(), bare=reference.replace("-", " "))
    assert references(queue(at_desk(), q=typed)) == [reference] != [other.reference]


@pytest.mark.parametrize("asked", ["zebra", "ZEBRA unions", "test workers", "cameroon zebra"])
def test_words_find_titles_organizations_and_countries(at_desk, asked):
    request = a_request(OPINION, title=TITLE)
    a_request(OPINION, by=an_employer(), title="Another matter")
    assert references(queue(at_desk(), q=asked)) == [request.reference]


@pytest.mark.parametrize("asked", ["Zebra", "Federation", "fictional", "Cameroon", "FA-", "Registration"])
def test_matrix_words_find_nothing_that_the_officer_is_only_informed_of(at_desk, asked):
    request = a_request(OPINION, by=an_employer(), title=TITLE)
    client = at_desk("actrav")
    assert references(queue(client, q=asked)) == []
    assert references(queue(client, q=request.reference)) == [request.reference]


def test_canary_a_search_does_not_look_at_answers_notes_or_letters(at_desk):
    request = a_request(OPINION, states.IN_EXAMINATION)
    go(request, "note", by=request.author)
    for word in ("registrar", "internal", "hospital", "ada@example.org"):
        assert references(queue(at_desk(), q=word)) == []


@pytest.mark.parametrize("asked", ["\x00", "%", "_", "'" * 300, "a " * 500, "FA-0000-0000"])
def test_strange_words_are_answered_with_an_ordinary_page(at_desk, asked):
    a_request(OPINION, title=TITLE)
    assert queue(at_desk(), q=asked).status_code == 200


def test_filters_choose_from_short_lists(at_desk):
    wanted = a_request(OPINION, states.IN_EXAMINATION)
    a_request(VISIT, by=an_employer())
    client, officer = at_desk(), an_officer()
    for query in (
        {"kind": OPINION},
        {"group": "workers"},
        {"status": "in_examination"},
        {"officer": str(officer.pk)},
        {"region": "Africa", "kind": OPINION},
    ):
        assert references(queue(client, **query)) == [wanted.reference]
    assert len(references(queue(client, kind="nonsense"))) == 2


@pytest.mark.parametrize(
    "lookup",
    [
        "title__startswith",
        "organization__name__startswith",
        "author__password__startswith",
        "officer__email",
        "country",
        "id",
        "kind__in",
        "status__exact",
        "situation_section__happening__contains",
    ],
)
def test_the_address_line_does_not_answer_guesses(at_desk, lookup):
    a_request(OPINION)
    assert queue(at_desk(), **{lookup: "a"}).status_code == 400


def test_matrix_only_the_branch_filters_by_officer(at_desk):
    a_request(OPINION, states.IN_EXAMINATION)
    assert queue(at_desk("actrav"), officer=str(an_officer().pk)).status_code == 400
    assert "by_officer" not in queue(at_desk("actrav")).context["cl"].filter_specs
    assert 'id="by_officer"' not in queue(at_desk("actrav")).text


@pytest.mark.parametrize("order", ["0", "2", "6", "-7", "99", "x", "title"])
def test_an_order_that_is_not_offered_changes_nothing(at_desk, order):
    made = [a_request(OPINION, waiting_days=days).reference for days in (9, 5, 2)]
    assert references(queue(at_desk(), o=order)) == made


def test_matrix_the_order_does_not_tell_since_when_a_hidden_request_waits(at_desk):
    by = an_employer()
    older, younger = a_request(OPINION, by=by), a_request(OPINION, by=by)
    Request.objects.filter(pk=younger.pk).update(waiting_since=older.created_at.replace(year=2020))
    assert references(queue(at_desk("branch"))) == [younger.reference, older.reference]
    assert references(queue(at_desk("actrav"))) == [older.reference, younger.reference]
