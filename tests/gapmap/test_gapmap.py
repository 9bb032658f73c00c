"""The gap map: what was pointed to, what was asked, what came of it – for each viewer from what he reads."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app import states
from requests_app.gapmap import Filters, Gap, Progress, filters_of, gap_of, one_country, worldwide
from requests_app.models import LinkKind
from requests_app.origin import Origin, origin_of
from supervisory.models import Referral
from tests.factories import (
    a_country,
    a_draft,
    a_request,
    a_station,
    a_superuser,
    a_union,
    an_employer,
    an_officer,
    go,
)
from tests.gapmap.record import a_referral, an_item, link

ALL = Filters()
YEAR = datetime.now(UTC).year
WORLD = "admin:gap_map"


def at_desk(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def gaps(viewer, country: str = "CM", filters: Filters = ALL) -> dict[str, int]:
    """The states of a country that are not empty."""
    row = next(row for row in worldwide(viewer, filters) if row.country.pk == country)
    return {gap.value: count for gap, count in (row.gaps or {}).items() if count}


class TestTheDecision:
    @pytest.mark.parametrize("status", sorted(states.STATUSES))
    def test_each_status_of_a_request_has_its_state(self, status: str) -> None:
        wanted = {states.GIVEN: "assisted", states.CLOSED: "assisted", states.NO_MEANS: "no_means"}
        ended = {states.DRAFT, states.DECLINED, states.WITHDRAWN}
        assert gap_of([status]) == wanted.get(status, "never" if status in ended else "open")

    def test_the_best_of_several_requests_counts_in_any_order(self) -> None:
        order = [Gap.NEVER, Gap.NO_MEANS, Gap.OPEN, Gap.ASSISTED]
        for first, second in product(sorted(states.STATUSES), repeat=2):
            assert gap_of([first, second]) == max(gap_of([first]), gap_of([second]), key=order.index)
        assert gap_of([]) == Gap.NEVER

    @pytest.mark.parametrize(
        ("commented", "linked", "ways", "origin"),
        [
            ("", False, [], Origin.NOT_SAID),
            ("unknown", False, [], Origin.NOT_SAID),
            ("no", False, [], Origin.OWN),
            ("yes", False, [], Origin.AFTER_COMMENT),
            ("no", True, [], Origin.AFTER_COMMENT),
            ("yes", True, ["suggested"], Origin.AFTER_COMMENT),
            ("yes", True, ["requested_own"], Origin.OWN),
            ("yes", True, ["requested_own", "reminded"], Origin.AFTER_COMMENT),
            ("yes", True, ["requested_own", "requested_after_workers"], Origin.AFTER_WORKERS),
        ],
    )
    def test_own_initiative_and_after_statements_of_workers_are_told_apart(
        self, commented: str, linked: bool, ways: list[str], origin: Origin
    ) -> None:
        assert origin_of(commented, linked, ways) == origin

    @pytest.mark.parametrize(
        "given", [{}, {"region": "Atlantis", "body": "x", "from": "0", "to": "-1"}, {"from": "٢٠٢٠", "to": "20201"}]
    )
    def test_a_strange_filter_filters_nothing(self, given: dict[str, str]) -> None:
        assert filters_of(given) == ALL

    def test_filters_are_read(self) -> None:
        given = {"region": "Africa", "body": "cfa_case", "from": "2001", "to": "2005"}
        assert filters_of(given) == Filters("Africa", "cfa_case", 2001, 2005)


@pytest.mark.django_db
class TestTheWorld:
    def test_an_item_stands_in_one_state_and_moves_with_its_request(self) -> None:
        branch, item = an_officer(), a_referral()
        assert gaps(branch) == {"never": 1}
        request = a_request()
        assert gaps(branch) == {"never": 1}
        link(request, item)
        link(request, item, LinkKind.ADDRESSES)
        seen = [gaps(branch)]
        for action in ("take", "accept", "no_means", "reopen", "accept", "prepare", "give", "close"):
            go(request, action, by=request.author)
            seen.append(gaps(branch))
        no_means, assisted = {"no_means": 1}, {"assisted": 1}
        assert seen == [{"open": 1}] * 3 + [no_means] + [{"open": 1}] * 3 + [assisted] * 2

    @pytest.mark.parametrize("status", [states.DECLINED, states.WITHDRAWN])
    def test_what_was_declined_or_withdrawn_leaves_the_item_where_it_was(self, status: str) -> None:
        link(a_request(status=status), a_referral())
        assert gaps(an_officer()) == {"never": 1}

    def test_a_request_that_only_mentions_an_item_does_not_ask_because_of_it(self) -> None:
        link(a_request(), a_referral(), LinkKind.MENTIONS)
        assert gaps(an_officer()) == {"never": 1}
        assert worldwide(an_officer(), ALL)[0].unlinked == 1

    def test_a_draft_is_on_no_map(self) -> None:
        item, union = a_referral(), a_union()
        draft = a_draft(by=union)
        type(draft).objects.filter(pk=draft.pk).update(shown_to_office_at=datetime.now(UTC))
        draft.supervisory_links.create(item=item, kind="asked_because_of", added_by=union, since=datetime.now(UTC))
        assert gaps(an_officer()) == {"never": 1}
        assert worldwide(an_officer(), ALL)[0].unlinked == 0

    def test_only_items_that_point_to_technical_assistance_count(self) -> None:
        an_item("1")
        a_referral("2", way="received")
        Referral.objects.create(item=an_item("3"), way="reminded", topic="cooperation")
        assert worldwide(an_officer(), ALL) == []
        both = a_referral("4")
        Referral.objects.create(item=both, way="reminded")
        assert gaps(an_officer()) == {"never": 1}

    def test_progress_is_counted_from_the_year_of_assistance_on(self) -> None:
        link(a_request(status=states.GIVEN), a_referral())
        an_item("11", satisfaction=True, interest=True, report_date=str(YEAR - 1))
        an_item("12", interest=True, report_date=str(YEAR))
        an_item("13", "SN", interest=True, report_date=str(YEAR))
        [row] = worldwide(an_officer(), ALL)
        assert row.later == Progress(satisfaction=0, interest=1)
        line = one_country(an_officer(), a_country(), ALL, YEAR, oldest=False).lines[0]
        assert (line.gap, line.later) == (Gap.ASSISTED, Progress(0, 1))

    def test_filters_by_region_body_and_years(self) -> None:
        a_country("SN", "Senegal", region="Africa")
        a_country("CH", "Switzerland", region="Europe and Central Asia")
        a_referral("1", "SN", report_date="2001")
        a_referral("2", "CH", report_date="2010")
        a_referral("3", "SN", body="article_24", report_date="2010")

        def found(**by) -> list[tuple[str, int]]:
            return sorted((row.country.pk, row.referred) for row in worldwide(an_officer(), Filters(**by)))

        assert found() == [("CH", 1), ("SN", 2)]
        assert found(region="Africa") == [("SN", 2)]
        assert found(body="article_24") == [("SN", 1)]
        assert found(first=2002) == [("CH", 1), ("SN", 1)]
        assert found(last=2001) == [("SN", 1)]

    def test_addressed_are_items_that_given_assistance_addresses(self) -> None:
        link(a_request(status=states.GIVEN), a_referral("1"), LinkKind.ADDRESSES)
        link(a_request(), a_referral("2"), LinkKind.ADDRESSES)
        link(a_request(status=states.GIVEN), a_referral("3"))
        assert one_country(an_officer(), a_country(), ALL, YEAR, oldest=False).addressed == 1

    def test_the_longest_standing_come_first_when_asked(self) -> None:
        for number, year in (("1", "2010"), ("2", "1995"), ("3", "2018")):
            a_referral(number, report_date=year)
        lines = one_country(an_officer(), a_country(), ALL, 2026, oldest=True).lines
        assert [line.years for line in lines] == [31, 16, 8]


@pytest.mark.django_db
class TestTheWall:
    @pytest.fixture(autouse=True)
    def world(self) -> None:
        a_station()
        a_station("DKR", "Dakar", "SN")
        for number, by in (("1", a_union()), ("2", an_employer())):
            link(a_request(status=states.GIVEN, by=by, title="Zebra crossing"), a_referral(number))

    @pytest.mark.parametrize(
        ("unit", "wanted"),
        [
            ("branch", {"assisted": 2}),
            ("actrav", {"never": 1, "assisted": 1}),
            ("actemp", {"never": 1, "assisted": 1}),
            ("YAO", {"assisted": 2}),
            ("DKR", {"never": 2}),
        ],
    )
    def test_matrix_each_officer_sees_the_map_of_what_he_reads(self, unit: str, wanted: dict[str, int]) -> None:
        officer = an_officer(unit)
        assert gaps(officer) == wanted
        found = one_country(officer, a_country(), ALL, YEAR, oldest=False)
        assert {gap.value: count for gap, count in (found.gaps.gaps or {}).items() if count} == wanted
        assert sum(len(line.requests) for line in found.lines) == wanted.get("assisted", 0)

    def test_canary_the_map_of_another_station_is_that_of_a_world_without_requests(self) -> None:
        officer = an_officer("DKR")
        rows = [(row.country.pk, row.referred, row.gaps, row.later, row.unlinked) for row in worldwide(officer, ALL)]
        assert rows == [("CM", 2, {**dict.fromkeys(Gap, 0), Gap.NEVER: 2}, Progress(), 0)]
        for address in (reverse(WORLD), reverse("admin:gap_map_country", args=["CM"])):
            text = at_desk(officer).get(address).text
            assert "FA-" not in text and "Zebra" not in text

    def test_canary_the_public_sees_referrals_and_no_state(self) -> None:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            [row] = worldwide(None, ALL)
        assert (row.referred, row.gaps, row.later, row.unlinked) == (2, None, Progress(), 0)
        assert not [query for query in asked.captured_queries if "requests_" in query["sql"]]

    @pytest.mark.parametrize("address", [("gap_map",), ("gap_map_country", "CM")])
    def test_matrix_officers_alone_open_the_pages(self, address: tuple[str, ...]) -> None:
        path = reverse(f"admin:{address[0]}", args=address[1:])
        assert at_desk(an_officer("YAO")).get(path).status_code == 200
        assert at_desk(a_superuser()).get(path).status_code == 403
        assert at_desk(a_union()).get(path).status_code == 302
        assert Client().get(path).status_code == 302
        assert at_desk(an_officer()).post(path).status_code == 405


@pytest.mark.django_db
class TestThePages:
    def test_the_world_shows_each_country_with_its_states(self) -> None:
        link(a_request(), a_referral("1"))
        a_referral("2")
        text = at_desk(an_officer()).get(reverse(WORLD)).text
        for words in ("Never asked", "Asked and open", "Asked, but no means", "Assisted", "Cameroon", "/gap-map/CM/"):
            assert words in text
        assert "style=" not in text

    def test_a_country_shows_item_public_text_state_and_requests(self) -> None:
        request = a_request()
        other = a_request(title="Not linked to anything")
        link(request, a_referral(source="NORMLEX P50002_COMPLAINT_TEXT_ID:3063334"))
        text = at_desk(an_officer()).get(reverse("admin:gap_map_country", args=["cm"])).text
        for words in ("case 3134", "P50002_COMPLAINT_TEXT_ID:3063334", "Asked and open", request.reference):
            assert words in text
        assert other.reference in text.partition("no item is linked")[2]

    def test_an_unknown_country_and_strange_filters(self) -> None:
        client = at_desk(an_officer())
        assert client.get(reverse("admin:gap_map_country", args=["xx"])).status_code == 404
        assert client.get(reverse(WORLD), {"region": "\x00", "from": "99999", "to": "x" * 2000}).status_code == 200

    def test_the_number_of_queries_does_not_grow(self, settings) -> None:
        officer = an_officer()
        addresses = (reverse(WORLD), reverse("admin:gap_map_country", args=["CM"]))

        def queries() -> list[int]:
            found = []
            for address in addresses:
                client = at_desk(officer)
                client.get(reverse("admin:index"))  # the session's own writing is over
                with CaptureQueriesContext(connection) as asked:
                    assert client.get(address).status_code == 200
                found.append(len(asked))
            return found

        link(a_request(status=states.GIVEN), a_referral("1"))
        a_request(title="Not linked")
        few = queries()
        for number in range(2, 8):
            link(a_request(status=states.GIVEN, by=an_employer()), a_referral(str(number)))
            a_request(title=f"Not linked {number}")
            a_referral(str(100 + number), "SN")
        assert queries() == few
        assert max(few) <= 12

    def test_the_hundred_items_shown_are_not_all_that_are_counted(self, monkeypatch) -> None:
        monkeypatch.setattr("requests_app.gapmap.LINES", 2)
        for number in range(1, 5):
            a_referral(str(number), report_date=f"200{number}")
        a_referral("5", report_date="")
        link(a_request(), a_referral("6", report_date="1999"))
        found = one_country(an_officer(), a_country(), ALL, YEAR, oldest=False)
        assert [line.item.number for line in found.lines] == ["4", "3"]
        assert found.gaps.referred == 6
        assert found.gaps.gaps == {**dict.fromkeys(Gap, 0), Gap.NEVER: 5, Gap.OPEN: 1}
        oldest = one_country(an_officer(), a_country(), ALL, YEAR, oldest=True)
        assert [line.item.number for line in oldest.lines] == ["6", "1"]
