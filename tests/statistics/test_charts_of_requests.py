"""Kind by region, from reference to request, how requests came, times by kind: told only where nobody can be found."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from requests_app import kinds
from requests_app.models import Conventions, LinkKind, Request, Result, Snapshot
from requests_app.origin import Origin
from requests_app.services.snapshot import answers_of, counts_of, crossed, make_due, referred_and_asked
from requests_app.snapshot import FEW, WITHHELD, crossing, followed, results_told, standing, told, year_told
from standards.models import Region
from supervisory.models import Referral
from ta_portal.public.asked import finding
from tests.factories import a_country, a_request, an_officer, go
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


ANSWERS = ("settled", "better", "same", "worse", "too_early")


def test_canary_the_answers_leave_two_values_for_every_hidden_one() -> None:
    """Who knows the rule and all that is told of a year's answers, its number among them, finds no small one."""
    alike = defaultdict(list)
    for cells in (found for found in product(range(41), repeat=3) if sum(found) <= 40):
        counts = dict(zip(ANSWERS, cells, strict=False))
        row = results_told(2027, counts, 0, 1000)
        assert all(isinstance(cell, str) or cell >= 5 for cell in (row["counts"] or {}).values())
        alike[repr(row)].append(cells)
    for said, found in alike.items():
        hidden = [place for place, name in enumerate(ANSWERS[:3]) if f"'{name}': 'few'" in said or "None" in said]
        for place in hidden:
            assert len({cells[place] for cells in found}) > 1, (said, found)


def test_canary_the_answers_tell_nothing_of_where_requests_stood() -> None:
    """Every table of stages that reads alike stays possible: there were requests enough for the answers in each."""
    worlds = defaultdict(list)
    for given_, closed, withdrawn in product((*range(8), 30, 42, 50), repeat=3):
        stage = {"given": given_, "closed": closed, "withdrawn": withdrawn}
        worlds[repr(year_told(2026, {"stage": stage}))].append(stage)
    tried = 0
    for alike in worlds.values():
        told_year = year_told(2026, {"stage": alike[0]})
        for answers in range(70):
            told_of_them = results_told(2027, {"settled": answers}, 0, standing([told_year]))
            if told_of_them["total"]:
                tried += 1
                assert all(stage["given"] + stage["closed"] >= answers for stage in alike)
    assert tried > 20


def test_answers_told_in_one_year_count_against_what_can_be_told_in_the_next() -> None:
    assert results_told(2028, {"settled": 20}, 20, 80)["total"] == 20
    assert results_told(2028, {"settled": 20}, 21, 80)["total"] is None


@pytest.mark.parametrize(("answers", "requests", "is_told"), [(19, 1000, False), (20, 40, True), (20, 39, False)])
def test_answers_are_told_from_twenty_on_and_among_many_requests(answers: int, requests: int, is_told: bool) -> None:
    row = results_told(2027, {"settled": answers, "better": 0}, 0, requests)
    assert (row["total"] is not None, row["counts"] is not None) == (is_told, is_told)


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


def answered(request: Request, changed: str, on: datetime) -> None:
    """What its requester said of the result, on a day."""
    Result.objects.create(
        request=request,
        ask_at=on,
        close_at=on,
        asked_at=on,
        changed=changed,
        recorded_at=on,
        by=request.author,
    )


@pytest.mark.django_db
def test_the_answers_of_a_year_are_counted_when_it_is_over_and_stay_as_they_were_told() -> None:
    first, second, third = sent(3)
    in_2027 = datetime(2027, 5, 1, tzinfo=UTC)
    answered(first, "settled", in_2027)
    answered(second, "worse", datetime(2028, 1, 1, tzinfo=UTC))
    Result.objects.create(request=third, ask_at=in_2027, close_at=in_2027, asked_at=in_2027)
    assert answers_of(2027) == {"settled": 1, "better": 0, "same": 0, "worse": 0, "too_early": 0}
    assert make_due(AFTER_2026).figures["results"] == []
    few = [{"year": 2027, "total": None, "counts": None}]
    assert make_due(datetime(2028, 4, 2, tzinfo=UTC)).figures["results"] == few
    later = make_due(YEARS_LATER).figures["results"]
    assert later[:1] == few and len(later) == 2


@pytest.mark.django_db
def test_answers_that_are_told_are_not_told_otherwise_a_quarter_later() -> None:
    """Two quarters are compared, with one more answer between them: nothing differs."""
    requests = sent(44)
    for request in sent(10):
        with time_machine.travel(IN_2026, tick=False):
            go(request, "withdraw", by=request.author)
    for number, request in enumerate(requests[:22]):
        answered(request, "settled" if number < 20 else "worse", datetime(2027, 5, 1, tzinfo=UTC))
    before = make_due(datetime(2028, 4, 2, tzinfo=UTC)).figures["results"]
    assert before == [results_told(2027, {**answers_of(2027)}, 0, 44)]
    assert before[0]["total"] == 22 and before[0]["counts"]["worse"] == FEW
    answered(requests[30], "worse", datetime(2027, 5, 2, tzinfo=UTC))
    assert make_due(datetime(2028, 8, 2, tzinfo=UTC)).figures["results"] == before


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "told_of"), [(20, 10), (19, None)])
def test_how_long_a_stage_lasts_is_told_from_twenty_finished_requests_on(number: int, told_of: int | None) -> None:
    requests, officer = sent(20), an_officer()
    for place, request in enumerate(requests):
        with time_machine.travel(IN_2026 + timedelta(days=place + 1), tick=False):
            go(request, "take", by=request.author, officer=officer)
        if place < number:
            with time_machine.travel(IN_2026 + timedelta(days=40), tick=False):
                go(request, "decline", by=request.author, officer=officer)
    figures = make_due(datetime(2027, 1, 1, tzinfo=UTC)).figures
    assert figures["stays"]["sent"] == told_of
    assert figures["stays"]["in_examination"] == (29 if told_of else None)
    assert figures["stays"]["accepted"] is None


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
        "stays": {"sent": 6, "accepted": None},
        "results": [results_told(2027, {"settled": 12, "better": 9, "same": 2, "worse": 0, "too_early": 1}, 0, 48)]
        + [results_told(2028, {"settled": 19}, 24, 500)],
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
    assert "2027: 24 answers" in text and ">9<" in text and "fewer than 5" in text
    assert "2028: not shown" in text
    assert "Half left it within days" in text


def test_the_file_says_what_the_page_says(client: Client, full: None) -> None:
    text = client.get(reverse("asked_csv")).content.decode("utf-8-sig")
    assert "2026,region and kind,Africa,Seminar or information,5" in text
    assert "2026,countries referred to assistance,asked,,10" in text
    assert "days until First reply,half,Seminar or information,7" in text
    assert "days in the stage,half,To examine,6" in text
    assert "2027,changed,settled,The difficulty is settled,not shown" in text
    assert "2027,changed,better,It is better than before,9" in text
    assert "2028,changed" not in text


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
