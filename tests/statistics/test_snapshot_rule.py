"""What may be told: tried by whoever knows the rule, the totals and every told cell, and wants to know a hidden one."""

from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.snapshot import (
    FEW,
    WITHHELD,
    Quarter,
    days,
    quarter_named,
    quarter_to_tell,
    table,
    told,
    usual,
    year_told,
    years_over,
)

COUNTS = st.lists(st.one_of(st.integers(0, 6), st.integers(0, 200)), min_size=2, max_size=10)


def named(counts: list[int] | tuple[int, ...]) -> dict[str, int]:
    return {f"c{number}": count for number, count in enumerate(counts)}


def published(counts: list[int] | tuple[int, ...]) -> tuple:
    """All that is told of a table: its total and its cells."""
    return (told(sum(counts)), *table(named(counts)).values())


@pytest.mark.parametrize(("cells", "most"), [(2, 40), (3, 30), (4, 20)])
def test_who_knows_the_rule_finds_two_values_for_every_hidden_cell(cells: int, most: int) -> None:
    """Every table up to `most`: those that are told alike are gathered, and must differ in each hidden cell."""
    alike = defaultdict(list)
    for counts in product(range(most + 1), repeat=cells):
        if sum(counts) <= most:
            alike[published(counts)].append(counts)
    for said, tables in alike.items():
        for place, cell in enumerate(said[1:]):
            possible = {counts[place] for counts in tables}
            assert len(possible) > 1 or cell not in (FEW, WITHHELD), (said, tables)


@given(COUNTS)
def test_of_a_cell_below_five_nobody_learns_more_than_that_it_is_below_five(counts: list[int]) -> None:
    """Nought to four all stay possible: the other hidden cells can make up for each of them."""
    said = table(named(counts))
    total = told(sum(counts))
    hidden = {name: cell for name, cell in said.items() if not isinstance(cell, int)}
    if not hidden or total == FEW or WITHHELD in said.values() and FEW not in said.values():
        return  # nothing is hidden, or nothing but the total is told
    together = sum(counts) - sum(cell for cell in said.values() if isinstance(cell, int))
    for name in (name for name, cell in hidden.items() if cell == FEW):
        others = [cell for other, cell in hidden.items() if other != name]
        lowest = sum(5 for cell in others if cell == WITHHELD)
        highest = 10**9 if WITHHELD in others else 4 * len(others)
        assert all(lowest <= together - value <= highest for value in range(5)), (counts, said)


@given(COUNTS)
def test_what_is_told_is_true(counts: list[int]) -> None:
    for count, cell in zip(counts, table(named(counts)).values(), strict=True):
        assert cell in (count, WITHHELD) if count >= 5 else cell in (FEW, WITHHELD)


@given(COUNTS, st.integers(0, 9))
def test_a_table_is_hidden_by_the_places_of_its_small_cells_not_by_the_size_of_the_others(
    counts: list[int], place: int
) -> None:
    """Of two large tables with the same small cells, the same cells are hidden."""
    grown = [count if count < 5 else count + 50 for count in counts]
    other = [count if count < 5 else count + 90 + number for number, count in enumerate(counts)]
    hidden = [[isinstance(cell, str) for cell in table(named(each)).values()] for each in (grown, other)]
    assert hidden[0] == hidden[1]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([9, 12, 7], [9, 12, 7]),
        ([0, 0, 0], [FEW, FEW, FEW]),
        ([1, 2, 1], [FEW, FEW, FEW]),
        ([2, 9, 20], [FEW, WITHHELD, 20]),
        ([20, 9, 2], [WITHHELD, 9, FEW]),
        ([3, 3, 20, 30], [FEW, FEW, WITHHELD, 30]),
        ([3, 3, 1, 30], [FEW, FEW, FEW, 30]),
        ([0, 5], [WITHHELD, WITHHELD]),
        ([4, 4], [WITHHELD, WITHHELD]),
        ([0, 0, 9], [FEW, FEW, WITHHELD]),
    ],
)
def test_a_second_cell_is_hidden_where_the_total_would_give_the_first_away(counts: list[int], said: list) -> None:
    assert list(table(named(counts)).values()) == said


@given(COUNTS, COUNTS)
def test_a_year_of_fewer_than_five_requests_reads_the_same_whatever_happened(one: list[int], other: list[int]) -> None:
    few = year_told(2026, {"kind": named([0] * 5)})
    for counts in (one, other):
        little = [min(count, 1) for count in counts[:4]]
        said = year_told(2026, {"kind": {**named([0] * 5), **named(little)}})
        assert said == few or sum(little) >= 5


def test_a_year_is_told_only_when_it_is_over() -> None:
    assert years_over(Quarter(2026, 3)) == []
    assert years_over(Quarter(2026, 4)) == [2026]
    assert years_over(Quarter(2028, 1)) == [2026, 2027]
    assert years_over(Quarter(2020, 4)) == []


@pytest.mark.parametrize(
    ("today", "quarter"),
    [
        (date(2026, 11, 21), "2026Q2"),
        (date(2026, 10, 1), "2026Q2"),
        (date(2027, 1, 1), "2026Q3"),
        (date(2027, 4, 1), "2026Q4"),
        (date(2027, 6, 30), "2026Q4"),
    ],
)
def test_the_quarter_before_last_is_told(today: date, quarter: str) -> None:
    assert str(quarter_to_tell(today)) == quarter
    assert quarter_named(quarter) == quarter_to_tell(today)


def test_a_quarter_ends_where_the_next_begins() -> None:
    assert Quarter(2026, 1).end == datetime(2026, 4, 1, tzinfo=UTC)
    assert Quarter(2026, 4).end == datetime(2027, 1, 1, tzinfo=UTC)


def test_usual_times_are_told_from_twenty_on() -> None:
    assert usual(list(range(1, 20))) is None
    assert usual(list(range(1, 21))) == {"half": 10, "nine_of_ten": 18}


def test_a_day_that_has_begun_counts() -> None:
    sent = datetime(2026, 1, 1, 12, tzinfo=UTC)
    assert days(sent, sent) == 1
    assert days(sent, datetime(2026, 1, 2, 12, tzinfo=UTC)) == 1
    assert days(sent, datetime(2026, 1, 2, 13, tzinfo=UTC)) == 2
