"""Charts are places in per cent and pixels; what is not counted is a word, never nought."""

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from base.charts import HEAD, PLOT, bars, columns, scale_of

FIGURES = st.lists(st.one_of(st.none(), st.integers(0, 100_000)), min_size=1, max_size=12)


@given(FIGURES)
def test_no_figure_leaves_the_scale_and_the_scale_is_round(figures: list[int | None]) -> None:
    top = scale_of(figures)
    assert all(figure is None or figure <= top for figure in figures)
    assert str(top).rstrip("0") in {"1", "2", "4", "5"}


@given(FIGURES)
def test_columns_stand_side_by_side_inside_the_chart(figures: list[int | None]) -> None:
    panel = columns([(str(place), figure) for place, figure in enumerate(figures)], scale_of(figures), "not counted")
    end = 0.0
    for column in panel.columns:
        x, width = float(column.x.rstrip("%")), float(column.width.rstrip("%"))
        assert end <= x < x + width <= 100.01
        assert HEAD <= column.y and column.y + column.height == HEAD + PLOT
        end = x + width


def test_what_is_not_counted_gets_its_words_and_no_column() -> None:
    panel = columns([("2001", 4), ("2002", None), ("2003", 0)], 4, "not counted")
    text = render_to_string("charts/columns.html", {"chart": panel, "colour": "c1", "label": "x", "table": "t"})
    assert text.count("<rect") == 2
    assert [words for _y, words in panel.columns[1].missing] == ["not", "counted"]
    assert (panel.columns[1].figure, panel.columns[2].figure) == ("", "0")
    assert 'role="img"' in text and 'aria-describedby="t-name"' in text
    assert "viewBox" not in text and "style=" not in text


def test_the_highest_bar_has_the_whole_width_and_nothing_is_drawn_for_nothing() -> None:
    assert [bar.width for bar in bars([10, 5, 0, None])] == ["100.00%", "50.00%", None, None]
    assert bars([]) == []
