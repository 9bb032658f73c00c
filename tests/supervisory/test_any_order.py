"""Whatever the order of rows and files, however often they come, the record is the same."""

from datetime import date
from itertools import chain

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervisory.models import SupervisoryItem
from tests.supervisory.conftest import cases, comments, record, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

CASE_CELLS = {
    "complaint_date": st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(date.isoformat),
    "status": st.sampled_from(["active", "follow_up", "closed"]),
    "report_type": st.sampled_from(["interim report", "definitive report"]),
    "report_number": st.integers(1, 400).map(str),
    "report_date": st.sampled_from(["2003", "2003-06", "2003-06-12"]),
    "source": st.sampled_from(["GB.276/8", "NORMLEX P50002_COMPLAINT_TEXT_ID:1"]),
    "mentions_technical_assistance": st.just("yes"),
}
COMMENT_CELLS = {
    "instrument_code": st.sampled_from(["C087", "C098"]),
    "year_adopted": st.integers(1990, 2000).map(str),
    "ilc_session": st.integers(70, 90).map(str),
    "year_published": st.integers(2001, 2010).map(str),
    "noted_with_satisfaction": st.just("yes"),
    "noted_with_interest": st.just("yes"),
    "mentions_technical_assistance": st.just("yes"),
    "text_language": st.sampled_from(["en", "fr", "es"]),
}
SILENT = {"mentions_technical_assistance": "no", "noted_with_satisfaction": "no", "noted_with_interest": "no"}


@st.composite
def partial_rows(draw, cells, number, country):
    """Several rows about one item, each of which knows a part of the truth about it."""
    truth = {name: draw(cell) for name, cell in cells.items()}
    known = draw(st.lists(st.sets(st.sampled_from(sorted(truth))), min_size=1, max_size=3))
    silent = {name: SILENT.get(name, "") for name in truth}
    return [{**silent, **{name: truth[name] for name in names}, **number, **country} for names in known]


def rows_of(cells, name):
    """Rows about up to four items, with rows that must be refused between them."""
    countries = st.sampled_from(["CM", "HU"]).map(lambda code: {"country_iso2": code})
    one = st.integers(1, 4).flatmap(
        lambda number: countries.flatmap(lambda country: partial_rows(cells, {name: str(number)}, country))
    )
    refused = st.just([{name: "x1"}])
    return st.lists(one | refused, max_size=4, unique_by=lambda rows: rows[0][name]).map(
        lambda parts: list(chain.from_iterable(parts))
    )


@st.composite
def as_files(draw, rows, make):
    """The same rows in some order, some of them again, cut into files."""
    shuffled = draw(
        st.permutations([*rows, *draw(st.lists(st.sampled_from(rows), max_size=3) if rows else st.just([]))])
    )
    cuts = sorted(draw(st.sets(st.integers(0, len(shuffled)), max_size=2)))
    edges = [0, *cuts, len(shuffled)]
    return [make(*shuffled[start:end]) for start, end in zip(edges, edges[1:], strict=False)]


@st.composite
def two_tellings(draw):
    """The same rows told twice: as two series of imports of one or more files each."""
    case_rows, comment_rows = (
        draw(rows_of(CASE_CELLS, "case_number")),
        draw(rows_of(COMMENT_CELLS, "normlex_comment_id")),
    )
    tellings = []
    for _ in range(2):
        files = [*draw(as_files(case_rows, cases)), *draw(as_files(comment_rows, comments))]
        files = draw(st.permutations(files))
        together = draw(st.booleans())
        tellings.append([files] if together else [[file] for file in files])
    return tellings


def told(imports) -> dict:
    """The record after these imports, which are then taken back."""
    with transaction.atomic():
        for files in imports:
            take(*files, all_or_nothing=False)
        found = record()
        transaction.set_rollback(True)
    return found


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(two_tellings())
def test_any_order_repetition_and_interleaving_of_files_gives_the_same_rows(tellings):
    first, second = tellings
    assert told(first) == told(second)
    assert not SupervisoryItem.objects.exists()
