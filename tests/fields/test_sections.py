"""Fields of the sections: what is stored is what the form shows and reads again; wording never makes a migration."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.text import clean_text, one_line
from requests_app.models import Request
from requests_app.models.fields import (
    Amount,
    Answer,
    Day,
    Email,
    Line,
    Link,
    Month,
    Needed,
    Number,
    One,
    Range,
    Some,
    Telephone,
    Text,
)
from requests_app.models.on_record import OnRecord
from requests_app.models.sections.registry import ALL_SECTIONS

FIELDS = [(model, name) for model in ALL_SECTIONS for name in model.answer_names()] + [
    (Request, "kind"),
    (Request, "title"),
]
HERE = date.today().year  # noqa: DTZ011 - only its year, for days well ahead


def texts(limit: int, clean: Any) -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=[]), max_size=limit).map(lambda text: clean(clean(text)[:limit]))


def values(field: Answer) -> st.SearchStrategy[Any]:
    """Any value that `field` can hold."""
    if isinstance(field, Needed):
        return st.sampled_from(list(dict(field.options)))
    if isinstance(field, One):
        return st.sampled_from(["", *dict(field.options)])
    if isinstance(field, OnRecord):
        return st.just([])  # offers what is on record for a country, and here nothing is
    if isinstance(field, Some):
        codes = list(dict(field.options))
        chosen = st.sets(st.sampled_from(codes), max_size=field.most or None)
        return chosen.map(lambda held: [code for code in codes if code in held])
    if isinstance(field, Day):
        first, last = (date(HERE + 1, 1, 1), date(HERE + 2, 12, 31)) if field.ahead else (date(1000, 1, 1), date.max)
        return st.none() | st.dates(first, last)
    if isinstance(field, Month):
        past = st.dates(date(1919, 1, 1), date(HERE - 1, 12, 31))
        return st.none() | past.map(lambda day: day.replace(day=1))
    if isinstance(field, Number):
        return st.none() | st.integers(field.low, field.high)
    if isinstance(field, Amount):
        return st.none() | st.decimals(0, Decimal("9999999999.99"), places=2)
    return written(field)


def written(field: Answer) -> st.SearchStrategy[str]:
    """Any text that `field` can hold."""
    if isinstance(field, Range):
        number = st.integers(field.low, field.high)
        return st.just("") | number.map(str) | st.tuples(number, number).map(lambda two: "{}-{}".format(*sorted(two)))
    if isinstance(field, Email):
        return st.sampled_from(["", "ada@example.org", "a.b+c@sub.example.org"])
    if isinstance(field, Telephone):
        return st.sampled_from(["", "+237 222 000 000", "+41 (0)22 799-61.11"])
    if isinstance(field, Link):
        return st.sampled_from(["", "https://example.org/a?b=c#d", "http://example.org:8080/"])
    assert isinstance(field, Line)
    return texts(field.limit, clean_text if isinstance(field, Text) else one_line)


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda part: getattr(part, "slug", part))
@settings(max_examples=30)
@given(data=st.data())
def test_what_is_stored_is_what_the_form_reads_again(model: Any, name: str, data: st.DataObject) -> None:
    field = model.answer(name)
    value = data.draw(values(field))
    part = model(**({"kind": "visit", "country_id": "CM"} if model is Request else {}))
    read = field.answer_field({}).clean(field.to_form(value))
    field.write(part, read)
    assert field.read(part) == value == read


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda part: getattr(part, "slug", part))
def test_an_unanswered_field_is_not_filled_and_reads_as_nothing(model: Any, name: str) -> None:
    field = model.answer(name)
    assert not field.is_filled(field.blank_value())
    if not isinstance(field, Needed):
        assert field.answer_field({}).clean(field.to_form(field.blank_value())) == field.blank_value()


def test_two_rows_never_share_a_list() -> None:
    for model, name in FIELDS:
        field = model.answer(name)
        if isinstance(field, Some):
            assert field.blank_value() is not field.blank_value()


ALIKE = [
    (One((("a", "A"),)), One((("b", "B"), ("c", "C")), many_to_show=True, verbose_name="other", help_text="help")),
    (Needed((("a", "A"),)), Needed((("b", "B"),))),
    (Some((("a", "A"),), most=1), Some((("b", "B"),), most=5, help_text="help")),
    (OnRecord(), OnRecord(help_text="help")),
    (Line(limit=10), Line(limit=99, minimum=5, verbose_name="other")),
    (Text(limit=10), Text(limit=4000, minimum=30)),
    (Email(), Email(limit=100)),
    (Telephone(), Telephone(limit=20)),
    (Link(), Link(limit=20)),
    (Day(), Day(ahead=3, verbose_name="other")),
    (Month(), Month(help_text="help")),
    (Number(low=1, high=2), Number(low=0, high=9)),
    (Range(low=1, high=2), Range(low=0, high=9)),
    (Amount(), Amount(help_text="help")),
]


@pytest.mark.parametrize(("old", "new"), ALIKE, ids=lambda field: type(field).__name__)
def test_new_wording_options_and_limits_need_no_migration(old: Any, new: Any) -> None:
    assert old.deconstruct()[1:] == new.deconstruct()[1:]
    assert not set(new.deconstruct()[3]) & {"verbose_name", "help_text", "choices", "options", "limit", "minimum"}


def test_every_kind_of_field_is_shown_to_need_none() -> None:
    assert {type(model.answer(name)) for model, name in FIELDS} <= {type(old) for old, _new in ALIKE}


@pytest.mark.parametrize(("old", "_new"), ALIKE, ids=lambda field: type(field).__name__)
def test_the_column_of_a_migration_can_be_made_again(old: Any, _new: Any) -> None:
    _name, _path, args, kwargs = old.deconstruct()
    assert type(old)(*args, **kwargs).deconstruct()[1:] == old.deconstruct()[1:]
