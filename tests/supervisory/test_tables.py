"""The tables of the sources come out as printed, with population and paragraph; what is not counted is never 0."""

import dataclasses

import pytest
from django.core.management import call_command

from supervisory.counts import Counted
from supervisory.figures import FILE, read_figures
from supervisory.models import Population, Statistic
from supervisory.shipped import OWN_DATA
from supervisory.tables import (
    Cell,
    PublishedTable,
    assistance_2000_to_2005,
    body_name,
    period,
    ratifications,
    references_by_year,
)


@pytest.fixture(scope="module")
def figures() -> list[Statistic]:
    """The shipped figures, without a database."""
    return list(read_figures((OWN_DATA / FILE).read_bytes()).values())


def printed(table: PublishedTable) -> list[tuple]:
    """Each line: its numbers, its population, its place."""
    return [
        (tuple(cell.count for cell in row.cells), row.body, row.population, f"{row.document} {row.paragraph}")
        for row in table.rows
    ]


def test_the_table_of_paragraphs_39_and_40_comes_out_as_printed(figures):
    experts, conference = "Committee of Experts", "Conference Committee"
    table = references_by_year(figures)
    assert table.columns == ("1999", "2000", "2001", "2002", "1999–2002")
    assert printed(table) == [
        ((16, 13, 33, 38, None), experts, "observations only", "001 39"),
        ((5, 2, None, None, None), experts, "observations only", "001 39"),
        ((None, None, 2, None, None), experts, "observations only", "001 39"),
        ((4, 8, 9, 4, None), experts, "observations only", "001 39"),
        ((7, 7, 4, None, None), conference, "conclusions on individual cases", "001 40"),
        ((None, None, None, 5, None), conference, "cases of reporting obligations", "001 40"),
        ((None, None, None, 4, None), conference, "cases of reporting obligations", "001 40"),
        ((None, None, None, None, 3), conference, "special paragraphs", "001 40"),
    ]


def test_the_row_of_paragraph_194_comes_out_as_printed_each_figure_with_its_population(figures):
    experts, both = "Committee of Experts", "observations and direct requests"
    table = assistance_2000_to_2005(figures)
    assert printed(table) == [
        ((697,), experts, both, "004 194"),
        ((55,), "Conference Committee", "cases", "004 194"),
        ((43,), "Committee on Freedom of Association", "cases", "004 194"),
        ((184,), "International Labour Office", "requests to the Office", "004 194"),
        ((259,), experts, both, "004 194"),
        ((1978,), experts, both, "004 194"),
    ]
    assert {row.period for row in table.rows} == {period("2000-01-01", "2005-09-19")}


def test_what_is_not_counted_is_never_nought():
    assert str(Cell()) == "not counted"
    assert str(Cell(0)) == "0"


def test_the_two_figures_that_contradict_their_source_say_so_with_their_note(figures):
    marked = {row.cells[0].count: row.cells[0].note for row in ratifications(figures) if row.cells[0].inconsistent}
    assert set(marked) == {229, 159}
    assert "72 per cent" in marked[229]
    assert "143" in marked[159]
    assert sum(figure.inconsistent for figure in figures) == 2


def test_every_figure_about_comments_has_a_population_and_every_figure_a_period_in_words(figures):
    bodies = ("CEACR", "CAS", "CFA")
    assert [
        figure.measure for figure in figures if figure.body in bodies and figure.population == Population.OTHER
    ] == []
    assert all(period(figure.period_start, figure.period_end) for figure in figures)
    assert period("", "2006-03") == "until March 2006"
    assert body_name("IPEC") == "IPEC"


def test_published_and_counted_figures_are_types_that_share_nothing_to_add_up():
    published = {field.name for field in dataclasses.fields(Cell)}
    assert not issubclass(Counted, Cell)
    assert "inconsistent" in published
    with pytest.raises(TypeError):
        Cell(1) + Counted(1999, "ceacr_observation", 1)  # type: ignore[operator]


@pytest.mark.django_db
def test_the_tables_read_from_the_database_are_those_of_the_file(figures, django_assert_num_queries):
    call_command("load_reference", verbosity=0)
    call_command("load_supervisory", verbosity=0)
    with django_assert_num_queries(1):
        stored = list(Statistic.objects.all())
    assert len(stored) == 63
    assert references_by_year(stored) == references_by_year(figures)
    assert assistance_2000_to_2005(stored) == assistance_2000_to_2005(figures)
