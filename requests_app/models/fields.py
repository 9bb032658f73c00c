"""Fields of sections. A field knows its options and limits; wording belongs to the question.

None of this reaches a migration: `deconstruct` gives the bare column, so new wording, options or limits need none.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db import models

from base import form_fields
from requests_app.models.question import Wording
from standards.models import Country

Options = tuple[tuple[str, Wording], ...]
_SAID_ELSEWHERE = ("verbose_name", "help_text", "choices")


class Answer:
    """What every field of a section has beside its column."""

    name: str
    attname: str
    minimum = 0
    keeps_typed_text = True  # what cannot be understood is kept in `raw` and the field is blank

    def deconstruct(self) -> Any:
        """The bare column: what a question says and allows is no part of the schema."""
        name, path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, path, args, {key: value for key, value in kwargs.items() if key not in _SAID_ELSEWHERE}

    def is_filled(self, value: Any) -> bool:
        """Whether `value` is an answer; a text under the minimum length counts as left open."""
        if isinstance(value, str):
            return len(value) >= max(1, self.minimum)
        return value is not None and value != []

    def read(self, section: Any) -> Any:
        """The value in `section`."""
        return getattr(section, self.attname)

    def write(self, section: Any, value: Any) -> None:
        """Put `value` into `section`."""
        setattr(section, self.attname, value)

    def blank_value(self) -> Any:
        """The value of an unanswered field."""
        return self.get_default()  # type: ignore[attr-defined]

    def to_form(self, value: Any) -> Any:
        """`value` as the form shows it."""
        return "" if value is None else value

    def shown(self, value: Any) -> Any:
        """`value` as a reader sees it."""
        return value

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        """The form field that parses what was typed."""
        raise NotImplementedError


class Line(Answer, models.TextField):
    """One line of text up to `limit` characters. The limit is the question's, not the column's."""

    def __init__(self, *args: Any, limit: int = 200, minimum: int = 0, **kwargs: Any) -> None:
        self.limit, self.minimum = limit, minimum
        super().__init__(*args, **{"blank": True, "default": "", **kwargs})

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.LineField(limit=self.limit, error_messages=errors)


class Text(Line):
    """Several lines of text up to `limit` characters."""

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.LongTextField(limit=self.limit, error_messages=errors)


class Email(Line):
    """An e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"limit": 254, **kwargs})

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.AddressField(limit=self.limit, error_messages=errors)


class Telephone(Line):
    """A telephone number with its country code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"limit": 40, **kwargs})

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.TelephoneField(limit=self.limit, error_messages=errors)


class Link(Line):
    """An address on the web."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"limit": 500, **kwargs})

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.LinkField(limit=self.limit, error_messages=errors)


class One(Answer, models.CharField):
    """One of `options`, stored as its code."""

    def __init__(self, options: Options = (), *args: Any, many_to_show: bool = False, **kwargs: Any) -> None:
        self.options, self.many_to_show = options, many_to_show
        super().__init__(*args, **{"max_length": 40, "blank": True, "default": "", **kwargs})

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.OneField(options=self.options, as_list=self.many_to_show, error_messages=errors)

    def shown(self, value: Any) -> Any:
        return dict(self.options).get(value, value)


class Needed(One):
    """One of `options` that a row cannot be without: an empty or unknown choice leaves the old one in place."""

    keeps_typed_text = False

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.OneField(options=self.options, as_list=self.many_to_show, needed=True, error_messages=errors)


class CountryKey(Answer, models.ForeignKey):
    """A member State, chosen from the list in the reader's language. A row cannot be without it."""

    keeps_typed_text = False

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        options = tuple((country.code, country.name) for country in Country.objects.in_reading_order())
        return form_fields.OneField(options=options, as_list=True, needed=True, error_messages=errors)

    def shown(self, value: Any) -> Any:
        return Country.objects.get(pk=value).name if value else ""


class Some(Answer, models.JSONField):
    """Any of `options`, stored as a list of codes in the order of the options; at most `most` of them."""

    def __init__(self, options: Options = (), *args: Any, most: int = 0, **kwargs: Any) -> None:
        self.options, self.most = options, most
        super().__init__(*args, **{"blank": True, "default": list, **kwargs})

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.SomeField(options=self.options, most=self.most, error_messages=errors)

    def to_form(self, value: Any) -> Any:
        return value or []

    def shown(self, value: Any) -> Any:
        labels = dict(self.options)
        return [labels.get(code, code) for code in value or []]


class Day(Answer, models.DateField):
    """A day; `ahead` (in years) asks for one after today and at most so far away."""

    def __init__(self, *args: Any, ahead: int = 0, **kwargs: Any) -> None:
        self.ahead = ahead
        super().__init__(*args, **{"null": True, "blank": True, **kwargs})

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.DayField(ahead=self.ahead, error_messages=errors)

    def to_form(self, value: date | None) -> Any:
        return f"{value.day} {value.month} {value.year}" if value else ""


class Month(Answer, models.DateField):
    """A month of the past, stored as its first day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"null": True, "blank": True, **kwargs})

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.MonthField(error_messages=errors)

    def to_form(self, value: date | None) -> Any:
        return f"{value.month} {value.year}" if value else ""

    def shown(self, value: date | None) -> Any:
        return f"{value.month}/{value.year}" if value else ""


class Number(Answer, models.PositiveIntegerField):
    """A whole number between `low` and `high`."""

    def __init__(self, *args: Any, low: int = 1, high: int = 5000, **kwargs: Any) -> None:
        self.low, self.high = low, high
        super().__init__(*args, **{"null": True, "blank": True, **kwargs})

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.NumberField(low=self.low, high=self.high, error_messages=errors)


class Amount(Answer, models.DecimalField):
    """An amount of money."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 12, "decimal_places": 2, "null": True, "blank": True, **kwargs})

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.AmountField(error_messages=errors)


class Range(Line):
    """A number or a range of numbers, stored as 40 or 30-40."""

    def __init__(self, *args: Any, low: int = 1, high: int = 5000, **kwargs: Any) -> None:
        self.low, self.high = low, high
        super().__init__(*args, **{"limit": 20, **kwargs})

    def answer_field(self, errors: Mapping[str, Wording]) -> forms.Field:
        return form_fields.RangeField(low=self.low, high=self.high, error_messages=errors)
