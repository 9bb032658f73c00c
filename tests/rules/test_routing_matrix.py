"""Who is told of a request (R038–R040, R047–R049): constituent × kind of help, employers taking part, headquarters."""

import pytest

from requests_app.kinds import DIRECT_CONTACTS, DRAFT_LAW, NOT_SURE, OPINION, SEMINAR, VISIT
from requests_app.rules.examine import examine
from requests_app.rules.facts import Facts, Station
from requests_app.rules.registry import RULES
from requests_app.rules.routing import routes
from requests_app.rules.sentences import sentence
from tests.rules.pictures import HEADQUARTERS, SIX, YAOUNDE, facts

BY_GROUP = {
    "workers": {"branch": "full", "actrav": "full", "station YAO": "full"},
    "employers": {"branch": "full", "actrav": "informed", "actemp": "full", "station YAO": "full"},
    "government": {"branch": "full", "actrav": "full", "actemp": "full", "station YAO": "full"},
}


def told(picture: Facts) -> dict[str, str]:
    found = {f"{route.unit} {route.station}".strip(): route.level for route in routes(picture)}
    assert len(found) == len(routes(picture))
    return found


@pytest.mark.parametrize("kind", SIX)
@pytest.mark.parametrize("group", BY_GROUP)
def test_matrix_of_constituents_and_kinds(group: str, kind: str) -> None:
    assert told(facts(kind, group=group)) == BY_GROUP[group]


@pytest.mark.parametrize("group", BY_GROUP)
@pytest.mark.parametrize("kind", SIX)
def test_matrix_without_any_answer_is_the_same(group: str, kind: str) -> None:
    assert told(facts(kind, group=group, empty=True)) == BY_GROUP[group]


def test_employers_who_take_part_let_actemp_know_of_a_workers_seminar_and_no_more() -> None:
    assert told(facts(SEMINAR, seminar__taking_part=["employers", "workers"]))["actemp"] == "informed"


@pytest.mark.parametrize("others", [["workers"], ["government", "others"], []])
def test_actemp_hears_nothing_of_a_workers_seminar_without_employers(others: list[str]) -> None:
    assert "actemp" not in told(facts(SEMINAR, seminar__taking_part=others))


@pytest.mark.parametrize("kind", [DRAFT_LAW, OPINION, DIRECT_CONTACTS, VISIT, NOT_SURE])
def test_actemp_hears_nothing_of_any_other_workers_request(kind: str) -> None:
    named = told(facts(kind, situation__affected=["employers"], funding__payers=["donor"]))
    assert "actemp" not in named


def test_employers_taking_part_change_nothing_for_those_whom_actemp_serves() -> None:
    for group in ("employers", "government"):
        assert told(facts(SEMINAR, group=group, seminar__taking_part=["employers"])) == BY_GROUP[group]


@pytest.mark.parametrize("group", BY_GROUP)
@pytest.mark.parametrize("station", [HEADQUARTERS, None])
def test_where_headquarters_serves_the_country_no_station_is_told(group: str, station: Station | None) -> None:
    expected = {unit: level for unit, level in BY_GROUP[group].items() if not unit.startswith("station")}
    assert told(facts(group=group, station=station)) == expected


def test_only_the_way_to_actemp_is_marked_as_derived_from_002() -> None:
    found = {route.unit: route.source for route in routes(facts(group="government"))}
    assert {unit: (source.document, source.derived) for unit, source in found.items()} == {
        "branch": ("000", False),
        "actrav": ("000", False),
        "actemp": ("002", True),
        "station": ("003", False),
    }


def route_sentence(picture: Facts) -> str:
    found = next(finding for finding in examine(picture) if finding.rule == "ROUTE-1")
    return sentence(found.rule, found.params)


def test_the_requester_reads_who_is_told_and_what_is_derived() -> None:
    assert route_sentence(facts(group="employers")) == (
        "By the rule it goes to: the Freedom of Association Branch, ACTRAV (informed), "
        "ACT/EMP (derived from GB.295/TC/6/1), the specialists in Yaoundé."
    )
    assert "ACT/EMP" not in route_sentence(facts(group="workers"))


@pytest.mark.parametrize(
    "station", [Station("YAO", "Yaoundé", "low", False, False), Station("YAO", "Yaoundé", "high", True, False)]
)
def test_doubt_about_the_station_is_said(station: Station) -> None:
    assert "not certain" in route_sentence(facts(station=station))
    assert "not certain" not in route_sentence(facts(station=YAOUNDE))
    assert RULES["ROUTE-1"].level == "in_order"
