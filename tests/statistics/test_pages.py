"""The public statistics: as printed, counted apart, every figure with its source, small and quick."""

import csv
import gzip
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client
from django.urls import reverse

from requests_app.kinds import KINDS
from requests_app.models import Snapshot
from requests_app.snapshot import year_told
from requests_app.states import STATUSES
from standards.models import Region
from supervisory.models import RecordVersion, SupervisoryItem
from tests.factories import a_request, an_officer
from tests.pages.markup import Page, faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_record")]

PAGES = ("statistics", "referrals", "asked")
TEXTS = "from elsewhere: https://normlex.ilo.org/"
FIRST_LOAD = 60_000  # bytes


def told(name: str = "2026Q4") -> Snapshot:
    """Quarterly figures with one year."""
    kinds = {**dict.fromkeys(KINDS, 6), "seminar": 14, "visit": 2}
    regions = dict(zip(Region.values, (30, 5, 2, 1, 2), strict=True))
    stages = {**dict.fromkeys(list(STATUSES)[1:], 0), "closed": 31, "given": 9}
    year = year_told(2026, {"kind": kinds, "region": regions, "stage": stages})
    times = {"first_reply": {"half": 6, "nine_of_ten": 14}, "decision": None}
    figures = {"years": [year], "times": times}
    return Snapshot.objects.create(quarter=name, made_at=datetime(2027, 4, 1, tzinfo=UTC), figures=figures)


def text_of(response) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_well_formed_and_leads_elsewhere_only_to_public_texts(client: Client, name: str) -> None:
    told()
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert [fault for fault in faults(response) if not fault.startswith(TEXTS)] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_place_on_the_page_that_a_link_names_is_there(client: Client, name: str) -> None:
    told()
    page = Page(client.get(reverse(name)))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    named = [attrs["aria-describedby"] for _tag, attrs in page.tags if "aria-describedby" in attrs]
    named += [attrs["aria-labelledby"] for _tag, attrs in page.tags if "aria-labelledby" in attrs]
    assert set(named) <= set(page.ids)


@pytest.mark.parametrize("name", PAGES)
def test_the_first_load_is_small(client: Client, name: str) -> None:
    told()
    page = len(gzip.compress(client.get(reverse(name)).content, 6))
    sheet = len(gzip.compress((Path(settings.BASE_DIR) / "static" / "portal.css").read_bytes(), 6))
    assert page + sheet < FIRST_LOAD


@pytest.mark.parametrize(("name", "most"), [("statistics", 1), ("referrals", 10), ("asked", 2)])
def test_a_page_costs_the_same_queries_whatever_it_shows(
    client: Client, name: str, most: int, django_assert_max_num_queries
) -> None:
    told()
    with django_assert_max_num_queries(most):
        client.get(reverse(name))
    with django_assert_max_num_queries(most):
        client.get(reverse(name), {"country": "CO", "said": "all", "rank": "all"})
    client.force_login(an_officer())
    client.get(reverse(name))
    with django_assert_max_num_queries(12):
        client.get(reverse(name))


def rows(response, table: str) -> list[list[str]]:
    """The cells of a table, by its id."""
    found = re.search(rf'<table[^>]*id="{table}">.*?</table>', response.content.decode(), re.DOTALL)
    assert found
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in found[0].split("<tr>")[2:]]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_the_yearly_table_is_as_printed_with_population_and_paragraph(client: Client) -> None:
    first = rows(client.get(reverse("statistics")), "by-year")[0]
    assert first[1:] == ["16", "13", "33", "38", "not counted", "observations only", "GB.285/LILS/5, paragraph 39"]


def test_what_the_conference_committee_did_not_count_is_not_nought(client: Client) -> None:
    line = next(
        row for row in rows(client.get(reverse("statistics")), "by-year") if row[0].startswith("Conclusions that")
    )
    assert line[1:6] == ["7", "7", "4", "not counted", "not counted"]


def test_the_row_of_2000_to_2005_is_as_printed_each_figure_with_its_population(client: Client) -> None:
    found = rows(client.get(reverse("statistics")), "in-all")
    assert [row[1] for row in found] == ["697", "55", "43", "184", "259", "1 978"]  # a thin gap between thousands
    assert found[0][3] == "observations and direct requests"
    assert all(row[4].endswith("paragraph 194") for row in found)


def test_the_two_inconsistent_figures_carry_their_note(client: Client) -> None:
    marked = [row for row in rows(client.get(reverse("statistics")), "ratified") if "contradicts" in row[0]]
    assert sorted(row[1] for row in marked) == ["159", "229"]
    assert all("Note:" in row[0] for row in marked)


def test_published_figures_have_no_page_with_counted_items(client: Client) -> None:
    """The pages that count name no published figure, and the other way round."""
    counted = text_of(client.get(reverse("referrals")))
    assert "1 978" not in counted and "GB.285" not in counted
    assert "items in the record" not in text_of(client.get(reverse("statistics")))


def test_every_counted_figure_leads_to_as_many_items(client: Client) -> None:
    page = client.get(reverse("referrals"), {"rank": "all"}).content.decode()
    links = re.findall(r'href="(\?[^"]*)#items">(\d+)</a>', page)
    assert len(links) > 20
    for query, figure in links[:40]:
        found = client.get(reverse("referrals") + query.replace("&amp;", "&"))
        assert found.context["page_obj"].paginator.count == int(figure)
        assert len(found.context["lines"]) == min(25, int(figure))


def test_the_items_of_a_page_are_all_there_are(client: Client) -> None:
    """The number that the pages go by is that of the rows."""
    for said in ("either", "assistance", "cooperation", "all"):
        context = client.get(reverse("referrals"), {"said": said, "body": "ceacr_observation"}).context
        assert context["page_obj"].paginator.count == context["page_obj"].paginator.object_list.count()


def test_counts_are_kept_until_the_record_changes(client: Client, django_assert_max_num_queries) -> None:
    before = client.get(reverse("referrals")).context["total"]
    with django_assert_max_num_queries(7):
        client.get(reverse("referrals"))
    SupervisoryItem.objects.create(body="governing_body", country_id="CO", year_adopted=2001)
    RecordVersion.objects.update(number=F("number") + 1)
    assert client.get(reverse("referrals")).context["total"].items == before.items + 1


def test_a_year_without_items_says_so_and_offers_the_nearest(client: Client) -> None:
    response = client.get(reverse("referrals"), {"year": "1931", "country": "CO"})
    first = SupervisoryItem.objects.filter(country="CO", year__isnull=False).order_by("year").first()
    assert first is not None
    assert "not counted" in text_of(response)
    assert f"The nearest year with items is {first.year}" in text_of(response)


@pytest.mark.parametrize(
    "query",
    ["year=9999999", "year=x", "body=nobody", "country=%00", "instrument=C999", "page=-3", "said=x", "country=ZZ"],
)
def test_a_strange_filter_is_an_ordinary_page(client: Client, query: str) -> None:
    assert client.get(f"{reverse('referrals')}?{query}").status_code == 200
    assert client.get(f"{reverse('referrals_csv')}?{query}").status_code == 200


def test_what_was_read_in_part_shows_no_nought(client: Client) -> None:
    table = csv.DictReader(io.StringIO(client.get(reverse("referrals_csv")).content.decode("utf-8-sig")))
    lines = list(table)
    partly = [line for line in lines if line["items in the record"] != line["read whole"]]
    assert partly and all(line["speak of assistance"] != "0" for line in partly)


def test_the_published_file_has_every_figure_with_population_and_source(client: Client) -> None:
    lines = list(csv.DictReader(io.StringIO(client.get(reverse("published_csv")).content.decode("utf-8-sig"))))
    assert len(lines) == 63
    assert all(line["document"] and line["population"] for line in lines)


def test_a_low_confidence_is_said_where_an_item_is_shown(client: Client) -> None:
    item = SupervisoryItem.objects.filter(country="CO").first()
    assert item is not None
    SupervisoryItem.objects.filter(pk=item.pk).update(confidence="low")
    found = client.get(reverse("referrals"), {"country": "CO", "said": "all"})
    low = [line for line in found.context["lines"] if line.sure and line.sure.low]
    assert [line.item.pk for line in low] == [item.pk]
    assert low[0].sure.word in text_of(found)


def test_hidden_cells_are_words_and_have_no_bar(client: Client) -> None:
    told()
    response = client.get(reverse("asked"))
    assert "fewer than 5" in text_of(response)
    cells = [cell for table in response.context["years"][0].tables for cell in table.cells]
    assert all(cell.bar.width is None for cell in cells if not cell.text.isdigit())
    assert "2026: 40 requests" in text_of(response)


def test_the_page_on_requests_looks_at_no_request(client: Client) -> None:
    """One request more or less: the page is the same to the byte."""
    told()
    before = client.get(reverse("asked")).content
    a_request()
    assert client.get(reverse("asked")).content == before


def test_without_quarterly_figures_the_page_says_when_the_first_will_be_shown(client: Client) -> None:
    words = text_of(client.get(reverse("asked")))
    assert "once 20 requests have been decided" in words
    assert "from 1 April 2027 on" in words


def test_the_file_on_requests_says_what_the_page_says(client: Client) -> None:
    told()
    lines = list(csv.DictReader(io.StringIO(client.get(reverse("asked_csv")).content.decode("utf-8-sig"))))
    assert lines[0] == {"year": "2026", "by": "total", "code": "", "name": "", "requests": "40"}
    assert {line["requests"] for line in lines if line["code"] in ("visit", "withdrawn")} == {"fewer than 5"}


@pytest.mark.parametrize("name", [*PAGES, "published_csv", "referrals_csv", "asked_csv"])
def test_the_pages_are_there_to_be_looked_at(client: Client, name: str) -> None:
    assert client.post(reverse(name)).status_code == 405
    assert "max-age" in client.get(reverse(name))["Cache-Control"]
