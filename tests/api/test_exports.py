"""Lists as files: what the list shows, whole, a chunk at a time, and nothing that a spreadsheet runs."""

import csv
import io
import json
import logging
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from api import exports
from base.csv import csv_lines
from requests_app import states
from requests_app.api.representation import of_row
from requests_app.models import Access, Request
from requests_app.models.routing import Routing
from standards.models import Ratification
from supervisory import figures
from supervisory.shipped import OWN_DATA
from ta_portal.api.reference import LISTS
from tests.api.calls import Caller, caller_for
from tests.api.test_description import committed
from tests.factories import a_draft, a_member, a_request, a_specialist, a_union, an_employer, an_officer
from tests.walls.test_queries_matrix import make_many

pytestmark = pytest.mark.django_db
REQUESTS = "exports/requests.csv"


def file_at(caller: Caller, path: str, **headers: str) -> StreamingHttpResponse:
    return caller.get(path, Accept="text/csv", **headers)


def lines(answer: StreamingHttpResponse) -> list[list[str]]:
    """The rows of a file, header and end among them."""
    assert answer.status_code == 200
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def rows(caller: Caller, path: str, **headers: str) -> list[dict[str, str]]:
    """The rows of a file that is whole, by column."""
    head, *found, end = lines(file_at(caller, path, **headers))
    assert end == [f"# end: {len(found)} rows"]
    return [dict(zip(head, row, strict=True)) for row in found]


def references(caller: Caller, query: str = "") -> set[str]:
    return {row["reference"] for row in rows(caller, REQUESTS + query)}


@pytest.fixture
def world() -> Caller:
    """Somebody who reads reference data and the record."""
    call_command("load_reference", verbosity=0)
    call_command("import_supervisory", OWN_DATA / "cfa_cases.csv", verbosity=0)
    figures.store_figures(figures.read_figures((OWN_DATA / figures.FILE).read_bytes()))
    a_specialist()
    return caller_for(a_union())


@pytest.fixture
def small(monkeypatch) -> int:
    monkeypatch.setattr(exports, "CHUNK", 2)
    return 2


def as_read(value: object) -> str:
    """What a reader of a file finds for a member of a row."""
    ((found,),) = csv.reader(io.StringIO(csv_lines([[exports.cell(value)]]) or '""', newline=""))
    return found


def of_list(caller: Caller, address: str) -> list[dict]:
    found, at = [], f"{address}/" if address == "gap-map" else f"{address}/?limit=100"
    while at:
        page = caller.get(at).json()
        found += page["results"]
        at = page.get("next")
    return found


@pytest.mark.parametrize("address", [*(kept.address for kept in LISTS), "gap-map"])
def test_a_file_holds_every_row_of_its_list_once_as_the_list_tells_it(world, address):
    told = of_list(world, address)
    assert told
    wanted = [{name: as_read(value) for name, value in row.items()} for row in told]
    assert sorted(map(str, rows(world, f"exports/{address}.csv"))) == sorted(map(str, wanted))


def test_the_file_of_requests_holds_what_the_list_tells(small):
    union = a_union()
    for kind in ("visit", "seminar", "not_sure"):
        a_request(kind, by=union)
    a_draft(by=union)
    for person in (union, an_officer(), an_officer("actrav"), a_member(role="administrator")):
        caller = caller_for(person)
        told = of_list(caller, "requests")
        wanted = [{name: as_read(value) for name, value in row.items()} for row in told]
        assert sorted(map(str, rows(caller, REQUESTS))) == sorted(map(str, wanted)) != []


def test_the_first_line_names_the_members_of_a_row_also_of_no_row():
    head, end = lines(file_at(caller_for(a_union()), REQUESTS))
    assert end == ["# end: 0 rows"]
    assert head == list(committed()["components"]["schemas"]["RequestLine"]["properties"])


def test_the_same_filters_hold_as_in_the_list(small):
    union = a_union()
    visit = a_request("visit", by=union, title="A visit to the ports")
    seminar = a_request("seminar", by=union, status=states.WITHDRAWN)
    caller = caller_for(union)
    assert references(caller) == {visit.reference, seminar.reference}
    assert references(caller, "?kind=visit") == {visit.reference}
    assert references(caller, "?status=withdrawn,given") == {seminar.reference}
    assert references(caller, "?country=FR") == set()
    assert references(caller, "?q=ports") == {visit.reference}
    assert caller.get(f"{REQUESTS}?status=nothing", Accept="text/csv").json()["code"] == "wrong-parameter"


@pytest.mark.parametrize("query", ["limit=5", "cursor=x", "ordering=created_at", "staus=sent"])
def test_a_file_is_whole_so_it_takes_no_page_and_no_order(query):
    answer = file_at(caller_for(a_union()), f"{REQUESTS}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "wrong-parameter")


def test_filters_of_the_record(world):
    named = rows(world, "exports/ratifications.csv?country=CM&instrument=C087")
    assert [row["id"] for row in named] == ["CM-C087"]
    assert file_at(world, "exports/ratifications.csv?status=perhaps").status_code == 400
    assert file_at(world, "exports/gap-map.csv?region=Nowhere").status_code == 400
    assert [row["country"] for row in rows(world, "exports/gap-map.csv?region=Africa")] == ["DJ"]
    assert rows(world, "exports/gap-map.csv?region=Americas") == []


def test_canary_a_stranger_gets_a_file_with_nothing_in_it():
    request = a_request(by=a_union(), title="A very peculiar title")
    strangers = (an_employer(), a_union("Another union"), an_officer("actemp"), a_member("government"))
    for stranger in strangers:
        for query in ("", f"?q={request.reference}", "?q=peculiar", "?status=sent", "?country=CM"):
            head, end = lines(file_at(caller_for(stranger), REQUESTS + query))
            assert (head[0], end) == ("reference", ["# end: 0 rows"])


def test_canary_a_summary_holds_no_name_and_no_title():
    a_request(by=an_employer(), title="A very peculiar title")
    text = file_at(caller_for(an_officer("actrav")), REQUESTS).getvalue().decode()
    assert "summary" in text
    assert "peculiar" not in text
    assert "Federation" not in text


def test_who_may_not_know_any_more_is_not_told_the_rest(small):
    union = a_union()
    for _ in range(5):
        a_request(by=union)
    sent = file_at(caller_for(an_officer()), REQUESTS).streaming_content
    head, first = next(sent), next(sent)
    Routing.objects.update(until=timezone.now())
    rest = b"".join(sent).decode()
    assert b"reference" in head and first.count(b"\r\n") == 2
    assert rest == "# end: 2 rows\r\n"


def test_an_officers_reading_is_recorded_before_it_leaves_and_a_members_is_not(small):
    union = a_union()
    read = {a_request(by=union).pk for _ in range(3)}
    a_draft(by=union)
    informed = a_request(by=an_employer())
    rows(caller_for(union), REQUESTS)
    assert not Access.objects.exists()
    officer = an_officer("actrav")
    caller = caller_for(officer)
    asked = caller.client.head(f"/api/v1/{REQUESTS}", headers={"Authorization": f"Bearer {caller.key}"})
    assert not asked.streaming  # a server would read it all, and drop it
    sent = file_at(caller, REQUESTS).streaming_content
    next(sent)
    assert not Access.objects.exists()
    next(sent)
    assert 1 <= Access.objects.count() <= small
    list(sent)
    assert {(row.request_id, row.user_id) for row in Access.objects.all()} == {(pk, officer.pk) for pk in read}
    assert not Access.objects.filter(request=informed).exists()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_no_cell_is_run_by_a_spreadsheet(sign):
    union, title = a_union(), f"{sign}SUM(A1:A9) of a visit"
    a_request(by=union, title=title)
    (row,) = rows(caller_for(union), REQUESTS)
    assert row["title"] == f"'{title}"


def test_names_of_countries_follow_the_call_to_the_last_chunk(world, small):
    sent = file_at(world, "exports/countries.csv?region=Africa", **{"Accept-Language": "fr"}).streaming_content
    text = next(sent).decode()
    for line in sent:
        text += line.decode()
        translation.activate("en")  # what other calls of the same thread would do
    assert "Cameroun" in text and "Afrique du Sud" in text
    assert translation.get_language() == "en"


def test_nested_values_have_one_cell():
    assert exports.cell(["C087", "C098"]) == "C087 C098"
    assert json.loads(str(exports.cell([{"country": "CM", "primary": True}]))) == [{"country": "CM", "primary": True}]
    assert (exports.cell(True), exports.cell(False), exports.cell(None), exports.cell(0)) == ("true", "false", None, 0)


def test_a_chunk_costs_the_same_however_many_there_are(small):
    a_request()
    a_draft(filled=False)
    officer = caller_for(an_officer())
    rows(officer, REQUESTS)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            rows(officer, REQUESTS)
        return len([one for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])

    one = cost()
    make_many(Request.objects.get(status="sent"), Request.objects.get(status="draft"))
    # 11 requests are five chunks more; each is read by one query and recorded by one.
    assert cost() == one + 5 * 2


def test_a_long_list_is_read_a_chunk_at_a_time(world, monkeypatch):
    held: list[int] = []
    in_chunks = exports.in_chunks

    def watched(found: QuerySet, key: str):
        for chunk in in_chunks(found, key):
            held.append(len(chunk))
            yield chunk

    monkeypatch.setattr("ta_portal.api.records.in_chunks", watched)
    assert len(rows(world, "exports/ratifications.csv")) == Ratification.objects.count() > 2 * exports.CHUNK
    assert sum(held) == Ratification.objects.count()
    assert set(held[:-1]) == {exports.CHUNK}


def test_a_fault_in_the_middle_leaves_no_whole_file_and_no_word_in_the_log(small, monkeypatch, caplog):
    union = a_union()
    for _ in range(3):
        a_request(by=union, title="A very peculiar title")
    seen, real = [], of_row

    def breaks_at_the_third(row, **how):
        seen.append(row["title"])
        if len(seen) > small:
            raise ValueError(row["title"])
        return real(row, **how)

    monkeypatch.setattr("requests_app.api.exports.of_row", breaks_at_the_third)
    sent = file_at(caller_for(union), REQUESTS).streaming_content
    got = next(sent) + next(sent)
    with caplog.at_level(logging.DEBUG), pytest.raises(exports.NotWhole) as cut:
        next(sent)
    assert got.count(b"peculiar") == small and b"# end" not in got
    assert "ValueError" in caplog.text
    assert "peculiar" not in caplog.text
    assert cut.value.__cause__ is None and cut.value.__suppress_context__
    assert str(cut.value) == ""


def test_its_head_says_what_it_is_and_nobody_keeps_it():
    answer = file_at(caller_for(a_union()), REQUESTS)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="requests.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert answer.getvalue().startswith(b"\xef\xbb\xbfreference,sight,")


def test_it_answers_in_csv_only_and_refuses_in_json():
    caller = caller_for(a_union())
    assert caller.get(REQUESTS, Accept="application/json").json()["code"] == "not-acceptable"
    for accepted in ("*/*", "text/*", "text/csv"):
        assert caller.get(REQUESTS, Accept=accepted).status_code == 200
    assert Caller().get(REQUESTS, Accept="text/csv").json()["code"] == "not-authenticated"
    refused = caller.post(REQUESTS, {}, Accept="text/csv")
    assert (refused.status_code, refused.headers["Content-Type"]) == (405, "application/problem+json")


@time_machine.travel(timezone.now() + timedelta(days=1), tick=False)  # no minute ends between two calls
@override_settings(API_CALLS_A_MINUTE={"read": 9, "change": 9, "anonymous": 9, "export": 2})
def test_files_have_a_limit_of_their_own():
    caller = caller_for(a_union())
    assert [file_at(caller, REQUESTS).status_code for _ in range(3)] == [200, 200, 429]
    assert caller.get("requests/").status_code == 200


def test_every_list_with_filters_has_a_file_with_the_same_filters():
    paths = committed()["paths"]
    pages = {"cursor", "limit", "ordering"}

    def asked(path: str) -> dict[str, dict]:
        found = paths[path].get("get", {}).get("parameters", [])
        return {one["name"]: one for one in found if "name" in one and one["name"] not in pages}

    lists = [path for path in paths if asked(path) and not path.startswith("/api/v1/exports/") and "{" not in path]
    assert len(lists) == len(LISTS) + 2
    for path in lists:
        file = f"/api/v1/exports/{path.split('/')[3]}.csv"
        assert asked(file) == asked(path)
        answers = paths[file]["get"]["responses"]
        assert set(answers) == {"200", "400", "401", "403", "406", "429", "500"}
        assert answers["200"]["content"] == {"text/csv": {"schema": {"type": "string"}}}


def test_the_columns_that_are_described_are_those_of_the_file(world):
    for address in ("requests", "gap-map", *(kept.address for kept in LISTS)):
        words = committed()["paths"][f"/api/v1/exports/{address}.csv"]["get"]["responses"]["200"]["description"]
        head = lines(file_at(world, f"exports/{address}.csv"))[0]
        assert f"Columns: {', '.join(head)}." in words
