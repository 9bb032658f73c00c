"""The instruments, their ratifications by region, and the file of them."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from standards.models import Country, Instrument
from tests.public.looks import HOSTILE, ill_formed, rows, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def page(code: str):
    answer = Client().get(reverse("instrument", args=[code]))
    assert answer.status_code == 200
    return answer


def table(code: str) -> list[dict[str, str]]:
    answer = Client().get(reverse("ratifications_csv", args=[code]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="ratifications-{code}.csv"'
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("code", ["C087", "C144", "C011", "C001", "C192", "P155", "R113"])
def test_an_instrument_page_is_well_formed_at_few_queries(code: str, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(5):
        assert ill_formed(page(code)) == []


def test_every_instrument_has_a_page(client: Client) -> None:
    codes = list(Instrument.objects.exclude(kind="convention").values_list("pk", flat=True)) + ["C001", "C191", "C192"]
    assert {client.get(reverse("instrument", args=[code])).status_code for code in codes} == {200}


@pytest.mark.parametrize("code", ["C999", "P001", "R000"])
def test_what_is_no_instrument_is_not_found(client: Client, code: str) -> None:
    assert client.get(reverse("instrument", args=[code])).status_code == 404
    assert client.get(reverse("ratifications_csv", args=[code])).status_code == 404


def test_small_letters_lead_to_the_one_address(client: Client) -> None:
    for name in ("instrument", "ratifications_csv"):
        answer = client.get(reverse(name, args=["c087"]))
        assert (answer.status_code, answer["Location"]) == (301, reverse(name, args=["C087"]))


def test_an_empty_status_is_not_stated_and_never_in_force() -> None:
    found = Instrument.objects.filter(status="", kind="recommendation").first()
    shown = text(page(found.pk))
    assert "Status Not stated" in shown
    assert "in force" not in shown.lower()


def test_a_status_says_how_sure_it_is_wherever_it_is_shown(client: Client) -> None:
    guessed = Instrument.objects.filter(status_confidence="low").first()
    assert f"Status {guessed.get_status_display()}" in text(page(guessed.pk))
    assert "Not certain" in text(page(guessed.pk))
    lines = rows(client.get(reverse("instruments")))
    for instrument in Instrument.objects.all():
        status, sure = lines[f"{instrument.short} {instrument.title.replace(chr(39), '&#x27;')}"][1:]
        assert status == (instrument.get_status_display() or "Not stated")
        assert (sure == "Not certain") == (instrument.status_confidence == "low")


def test_normlex_is_reached_by_the_number_of_the_row() -> None:
    assert "P12100_INSTRUMENT_ID:312232" in page("C087").content.decode()
    assert "address made from the number, not tried" in text(page("C001"))
    assert "normlex.ilo.org" not in page("C192").content.decode()


def test_ratifications_stand_by_region_and_add_up_to_all_member_states() -> None:
    answer = page("C087")
    assert "Ratified: 158 · Not ratified: 29" in text(answer)
    states = [cells for cells in rows(answer).values() if cells[0] in ("Ratified", "Not ratified", "Not known")]
    assert len(states) == 187


def test_a_list_that_stops_in_the_alphabet_says_not_known() -> None:
    answer = page("C144")
    assert "Not known: 141" in text(answer)
    assert "Not ratified:" not in text(answer)


@pytest.mark.parametrize("code", ["C011", "C001"])
def test_without_a_list_nobody_is_said_not_to_have_ratified(code: str) -> None:
    shown = text(page(code))
    assert "No list of ratifications is at hand." in shown
    assert "Not ratified" not in shown


def test_a_recommendation_is_not_ratified_and_has_no_file(client: Client) -> None:
    assert "Recommendations are not ratified." in text(page("R113"))
    assert client.get(reverse("ratifications_csv", args=["R113"])).status_code == 404


def test_the_file_has_a_line_for_every_member_state_and_says_what_is_not_known() -> None:
    lines = {line["country_code"]: line for line in table("C029")}
    assert set(lines) == set(Country.objects.values_list("pk", flat=True))
    assert lines["AF"]["status"] == "unknown"
    assert lines["AF"]["confidence"] == ""
    assert (lines["AE"]["status"], lines["AE"]["list_date"], lines["AE"]["confidence"]) == (
        "ratified",
        "2023-07",
        "medium",
    )


def test_a_name_in_the_file_is_never_a_formula() -> None:
    Country.objects.filter(pk="CM").update(name_en='=HYPERLINK("http://example.net")')
    found = next(line for line in table("C087") if line["country_code"] == "CM")
    assert found["country"] == '\'=HYPERLINK("http://example.net")'


def test_the_list_is_made_with_one_query(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        answer = client.get(reverse("instruments"))
    assert ill_formed(answer) == []
    assert "407 instruments" in text(answer)


@pytest.mark.parametrize("typed", ["C087", "c.87", "C87", "protection of the right to organise"])
def test_an_instrument_is_found_by_its_number_or_its_words(client: Client, typed: str) -> None:
    assert "C.87 Freedom of Association" in text(client.get(reverse("instruments"), {"name": typed}))


def test_filters_add_up(client: Client) -> None:
    def count(**words: str) -> str:
        return text(client.get(reverse("instruments"), words))

    assert "19 instruments" in count(freedom="yes")
    assert "171 instruments" in count(status="not_stated")
    assert "407 instruments" in count(status="no such status")
    assert "No instrument fits." in count(name="labour", status="replaced", freedom="yes")


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_words_of_the_address_break_the_list(client: Client, typed: str) -> None:
    answer = client.get(f"{reverse('instruments')}?name={typed}&status={typed}&freedom={typed}&{typed}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()
