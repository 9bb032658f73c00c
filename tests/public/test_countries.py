"""The country pages: every member State, doubt as doubt, at a constant cost."""

import gzip

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from standards.models import Country, Coverage, Ratification, RatificationList, Region
from tests.public.looks import HOSTILE, ill_formed, rows, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

# The country, the instruments, their lists, its ratifications, its stations, its record (empty: two), what is published
QUERIES = 8


def page(code: str):
    answer = Client().get(reverse("country", args=[code]))
    assert answer.status_code == 200
    return answer


@pytest.fixture(scope="module")
def all_pages(reference_data: None, django_db_blocker) -> dict[str, tuple[HttpResponse, int]]:
    """The page of every member State, and how many queries it took."""
    found = {}
    with django_db_blocker.unblock():
        for code in Country.objects.values_list("pk", flat=True):
            with CaptureQueriesContext(connection) as queries:
                answer = Client().get(reverse("country", args=[code]))
            found[code] = (answer, len(queries))
    return found


def test_every_member_state_has_a_page_at_the_same_few_queries(all_pages) -> None:
    assert len(all_pages) == 187
    assert {answer.status_code for answer, _cost in all_pages.values()} == {200}
    assert {cost for _answer, cost in all_pages.values()} == {QUERIES}


def test_a_country_page_stays_small_at_first_load() -> None:
    answer = Client().get(reverse("country", args=["GE"]), headers={"Accept-Encoding": "gzip"})
    with open(finders.find("portal.css"), "rb") as sheet:
        assert len(answer.content) + len(gzip.compress(sheet.read())) < 30_000


@pytest.mark.parametrize("code", ["GE", "CM", "US", "AF"])
def test_a_country_page_is_well_formed(code: str) -> None:
    assert ill_formed(page(code)) == []


@pytest.mark.parametrize("code", ["XX", "ZZ"])
def test_what_is_no_member_state_is_not_found(client: Client, code: str) -> None:
    assert client.get(reverse("country", args=[code])).status_code == 404


@pytest.mark.parametrize("code", ["C", "CMR", "C1", "%00%00", "é1"])
def test_what_is_no_code_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/en/countries/{code}/").status_code == 404


def test_small_letters_lead_to_the_one_address(client: Client) -> None:
    answer = client.get("/en/countries/cm/")
    assert (answer.status_code, answer["Location"]) == (301, reverse("country", args=["CM"]))


def test_unknown_is_never_shown_as_not_ratified(all_pages) -> None:
    """Each line that says "Not ratified" has a row that says so, or a list that allows it."""
    complete = set(RatificationList.objects.filter(absence_means_not_ratified=True).values_list("pk", flat=True))
    said = set(Ratification.objects.filter(status="not_ratified").values_list("country_id", "instrument_id"))
    held = set(Ratification.objects.values_list("country_id", "instrument_id"))
    for code, (answer, _cost) in all_pages.items():
        for title, cells in rows(answer).items():
            if cells[0] == "Not ratified":
                number = f"C{int(title.split()[0].removeprefix('C.')):03}"
                assert (code, number) in said or (number in complete and (code, number) not in held), (code, title)
            if cells[0] == "Not known":
                assert cells[-1] == "–"


def test_a_line_says_day_list_and_how_sure() -> None:
    found = rows(page("GE"))
    labour_relations = next(cells for title, cells in found.items() if title.startswith("C.151 "))
    assert labour_relations == ["Ratified", "10 October 2003", "March 2023", "Stated in the source"]
    organize = next(cells for title, cells in found.items() if title.startswith("C.87 "))
    assert organize == ["Ratified", "day not known", "2024", "Follows from the source"]


def test_a_best_guess_is_said_to_be_one() -> None:
    Ratification.objects.filter(pk="CM-C087").update(confidence="low")
    cells = next(cells for title, cells in rows(page("CM")).items() if title.startswith("C.87 "))
    assert cells[-1] == "Not certain"


@pytest.mark.parametrize("code", sorted({"IR", "JP", "AU", "NZ", "AR", "BR", "MX", "CU", "MR", "US", "CA"}))
def test_an_uncertain_station_is_said_to_be_uncertain(code: str) -> None:
    assert Coverage.objects.get(country=code, primary=True).confidence == "low"
    assert "How sure this is: Not certain" in text(page(code))


@pytest.mark.parametrize(("code", "other"), [("GE", "Moscow"), ("MR", "Dakar"), ("SO", "Cairo")])
def test_a_disputed_station_is_said_to_be_disputed(code: str, other: str) -> None:
    assert f"This is disputed: another source names {other}." in text(page(code))


def test_a_country_without_a_station_goes_to_headquarters() -> None:
    assert "No station in the field serves Germany: headquarters in Geneva does." in text(page("DE"))
    Coverage.objects.filter(country="DE").delete()
    assert "No station is on record for Germany." in text(page("DE"))


@time_machine.travel("1959-01-01")
def test_a_ratification_that_has_not_come_yet_is_not_shown() -> None:
    cells = next(cells for title, cells in rows(page("GE")).items() if title.startswith("C.151 "))
    assert cells[:2] == ["Not ratified", "–"]


def test_membership_that_rests_on_no_document_says_so() -> None:
    assert "1993 not checked against a source" in text(page("GE"))
    assert "16 February 1982 Ask" in text(page("AG"))


def test_one_can_ask_for_assistance_for_the_country_shown() -> None:
    assert f'href="{reverse("requests:new")}?country=CM"' in page("CM").content.decode()


def test_the_list_has_every_member_state_under_its_region(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        answer = client.get(reverse("countries"))
    assert ill_formed(answer) == []
    shown = text(answer)
    assert "187 member States" in shown
    places = [shown.index(f" {label} ") for label in ("Africa", "Americas", "Arab States")]
    assert places == sorted(places)
    assert answer.content.decode().count('<ul class="toc">') == len(Region)


@pytest.mark.parametrize(
    ("typed", "names"),
    [("cote", ["Côte d&#x27;Ivoire"]), ("CMR", ["Cameroon"]), ("ger", ["Algeria", "Germany", "Niger"])],
)
def test_a_name_is_found_by_a_part_or_a_code_without_accents(client: Client, typed: str, names: list[str]) -> None:
    shown = client.get(reverse("countries"), {"name": typed}).content.decode()
    assert [name for name in names if name not in shown] == []
    assert "Georgia" not in shown
    assert f'value="{typed}"' in shown


def test_a_name_that_nobody_has_is_answered_in_words(client: Client) -> None:
    assert "No member State has “zzz” in its name." in text(client.get(reverse("countries"), {"name": "zzz"}))


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_words_of_the_address_break_the_list(client: Client, typed: str) -> None:
    for address in (reverse("countries"), reverse("country", args=["CM"])):
        answer = client.get(f"{address}?name={typed}&name=2&page={typed}&{typed}")
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode()


def test_nothing_can_be_changed_here(client: Client) -> None:
    assert {
        client.post(reverse(name)).status_code for name in ("countries", "instruments", "specialists", "rules")
    } == {405}


def test_visitors_may_keep_a_page_for_minutes_and_people_who_sign_in_may_not(client: Client, django_user_model) -> None:
    address = reverse("country", args=["CM"])
    answer = client.get(address)
    assert answer["Cache-Control"] == "public, max-age=300"
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    Ratification.objects.filter(pk="CM-C087").update(confidence="low")
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 200
    client.force_login(django_user_model.objects.create(email="a@example.net", name="Ana (fictional)"))
    assert client.get(address)["Cache-Control"] == "no-store"
