"""Kind by region, from reference to request, how requests came, times by kind: told only where nobody can be found."""

from collections import defaultdict
from datetime import UTC, datetime
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from requests_app import kinds
from requests_app.models import Conventions, LinkKind, Snapshot
from requests_app.origin import Origin
from requests_app.services.snapshot import counts_of, crossed, make_due, referred_and_asked
from requests_app.snapshot import FEW, WITHHELD, crossing, followed, told, year_told
from standards.models import Region
from supervisory.models import Referral
from ta_portal.public.asked import finding
from tests.factories import a_country, a_request
from tests.gapmap.record import a_referral, an_item, link
from tests.pages.markup import faults
from tests.statistics.test_make_snapshot import AFTER_2026, IN_2026, sent

YEARS_LATER = datetime(2029, 4, 2, 9, tzinfo=UTC)


# What may be told: every table is tried by whoever knows the rule and everything else that is told


def test_canary_region_by_kind_leaves_two_values_for_every_cell_that_is_not_told() -> None:
    alike = defaultdict(list)
    for a, b, c, d in (cells for cells in product(range(24), repeat=4) if sum(cells) <= 23):
        counts = {"r1": {"k1": a, "k2": b}, "r2": {"k1": c, "k2": d}}
        tables = {"kind": {"k1": a + c, "k2": b + d}, "region": {"r1": a + b, "r2": c + d}}
        alike[repr(year_told(2026, tables, counts))].append((a, b, c, d))
    hidden = {said: cells for said, cells in alike.items() if "'crossed': None" in said}
    assert len(hidden) > 20
    for said, cells in hidden.items():
        for place in range(4):
            assert len({one[place] for one in cells}) > 1, (said, cells)


def test_region_by_kind_is_told_whole_or_not_at_all() -> None:
    assert crossing({"r": {"k": 5, "l": 6}}) == {"r": {"k": 5, "l": 6}}
    assert crossing({"r": {"k": 5, "l": 4}}) is None


def test_canary_of_countries_referred_nobody_learns_that_all_asked_or_that_none_did() -> None:
    """How many were referred is public: for every number of them, what is told leaves two possible answers."""
    for referred in range(1, 60):
        alike = defaultdict(set)
        for asked in range(referred + 1):
            alike[repr(followed(2026, referred, asked))].add(asked)
        for said, numbers in alike.items():
            assert len(numbers) > 1 or (FEW not in said and WITHHELD not in said), (referred, said)
            assert not numbers & {0, referred} or len(numbers) > 1


def test_the_finding_is_said_only_where_it_is_sure() -> None:
    assert (
        finding("kind", {"seminar": 14, "opinion": 6, "visit": FEW})
        == "Asked for most often: Seminar or information (14)"
    )
    for cells in ({"seminar": 14, "opinion": WITHHELD}, {"seminar": 6, "opinion": 6}, {"seminar": FEW}):
        assert finding("kind", cells) == ""


# What is counted


@pytest.mark.django_db
def test_region_by_kind_counts_each_request_once() -> None:
    sent(2)
    a_country("PE", "Peru", "Americas")
    sent(1, kinds.OPINION, country="PE")
    counts = crossed(2026)
    assert (counts["Africa"]["seminar"], counts["Americas"]["opinion"]) == (2, 1)
    assert sum(sum(row.values()) for row in counts.values()) == 3


@pytest.mark.django_db
def test_own_initiative_and_after_a_reference_follow_from_q7_and_the_items_linked() -> None:
    sent(1, answers={Conventions: {"commented": "no"}})
    sent(1, answers={Conventions: {"commented": "yes"}})
    sent(1, answers={Conventions: {"commented": "unknown"}})
    workers, mentioned = sent(2, answers={Conventions: {"commented": "no"}})
    link(workers, a_referral("1", way="requested_after_workers"))
    link(mentioned, a_referral("2"), LinkKind.MENTIONS)
    assert counts_of(2026)["origin"] == {
        Origin.OWN: 2,
        Origin.AFTER_COMMENT: 1,
        Origin.AFTER_WORKERS: 1,
        Origin.NOT_SAID: 1,
    }


@pytest.mark.django_db
def test_a_country_asked_when_somebody_asked_within_two_years_of_the_year_of_the_reference() -> None:
    for code in ("CM", "SN", "PE", "CH"):
        a_country(code, code)
    for number, code in enumerate(("CM", "SN", "PE"), 1):
        a_referral(str(number), code, report_date="2026")
    a_referral("9", "CH", report_date="2025")
    cooperation = an_item("10", "CH", report_date="2026")
    Referral.objects.create(item=cooperation, way="suggested", topic="cooperation")
    sent(2)
    sent(1, on=datetime(2028, 12, 30, tzinfo=UTC), country="SN")
    sent(1, on=datetime(2029, 1, 2, tzinfo=UTC), country="PE")
    assert referred_and_asked(2026) == (3, 2)


@pytest.mark.django_db
def test_a_share_is_told_when_its_two_years_are_over_and_stays_as_it_was_told() -> None:
    a_referral("1", report_date="2026")
    assert make_due(AFTER_2026).figures["followed"] == []
    first = make_due(YEARS_LATER).figures["followed"]
    assert first == [{"year": 2026, "referred": 1, "asked": FEW, "not_asked": FEW}]
    a_referral("2", "SN", report_date="2026")
    assert make_due(datetime(2029, 8, 1, tzinfo=UTC)).figures["followed"] == first


@pytest.mark.django_db
def test_times_of_a_kind_are_told_from_twenty_of_that_kind_on() -> None:
    sent(1)
    times = make_due(AFTER_2026).figures["times_by_kind"]
    assert set(times) == set(kinds.KINDS)
    assert all(found == {"first_reply": None, "decision": None} for found in times.values())


# The page


@pytest.fixture
def full(db: None) -> None:
    """Quarterly figures of a large portal, with everything that can be told."""
    cells = {region: {kind: 5 + number for number, kind in enumerate(kinds.KINDS)} for region in Region.values}
    by_kind = {kind: 5 * (5 + number) for number, kind in enumerate(kinds.KINDS)}
    by_region = {region: sum(row.values()) for region, row in cells.items()}
    origin = {**dict.fromkeys(Origin.values, 10), "own_initiative": sum(by_kind.values()) - 30}
    tables = {"kind": by_kind, "region": by_region, "stage": {"closed": sum(by_kind.values())}, "origin": origin}
    some = {"half": 7, "nine_of_ten": 21}
    figures = {
        "years": [year_told(2026, tables, cells)],
        "times": {"first_reply": some, "decision": None},
        "times_by_kind": {"seminar": {"first_reply": some, "decision": some}},
        "followed": [followed(2026, 40, 10), followed(2025, 6, 6), followed(2024, 0, 0)],
        "results": None,
    }
    Snapshot.objects.create(quarter="2028Q4", made_at=YEARS_LATER, figures=figures)


def test_the_page_tells_each_chart_with_its_table(client: Client, full: None) -> None:
    page = client.get(reverse("asked"))
    assert faults(page) == []
    text = page.text
    assert "By region and kind of help" in text and 'class="num fifth5"' in text
    assert "25 %" in text and text.count("not counted") >= 3
    assert "Most came this way: On its own initiative" in text
    assert text.count("<circle") == 6
    assert "Not counted yet. Six months after assistance was given" in text


def test_the_file_says_what_the_page_says(client: Client, full: None) -> None:
    text = client.get(reverse("asked_csv")).content.decode("utf-8-sig")
    assert "2026,region and kind,Africa,Seminar or information,5" in text
    assert "2026,countries referred to assistance,asked,,10" in text
    assert "days until First reply,half,Seminar or information,7" in text


def test_figures_of_an_earlier_version_are_told_as_they_were(client: Client, db: None) -> None:
    year = year_told(2026, {"kind": dict.fromkeys(kinds.KINDS, 6)})
    del year["crossed"]
    figures = {"years": [year], "times": {"first_reply": None, "decision": None}}
    Snapshot.objects.create(quarter="2026Q4", made_at=IN_2026, figures=figures)
    page = client.get(reverse("asked"))
    assert page.status_code == 200
    assert "This table is told whole" in page.text
    assert told(36) == 36


def test_one_request_more_changes_no_byte_of_the_page(client: Client, full: None) -> None:
    before = client.get(reverse("asked")).content
    a_request()
    assert client.get(reverse("asked")).content == before
