"""Form fields that read what people type and say in a clear sentence what cannot be understood.

None is required: whether an answer is there is the business of the rules. Error sentences may be replaced by code:
`too_long`, `wrong`, `past`, `future`, `far`, `low`, `high`, `too_many`, `not_listed`.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from base.dates import parse_date, parse_month
from base.text import clean_text, one_line

Options = tuple[tuple[str, "str | Promise"], ...]
Sentences = Mapping[str, "str | Promise"]
FIRST_YEAR = 1919  # the Organization was founded
# Whole thousands are set apart by one sign throughout: 12 000, 12.000, 12,000, 12'000.
_WHOLE = r"[1-9][0-9]{0,2}(?:(?P<apart>[ .,'’])[0-9]{3})(?:(?P=apart)[0-9]{3})*|[0-9]{1,12}"
_APART = re.compile(r"[ .,'’]")


class AnswerField(forms.Field):
    """Common to all: never required, own sentences, and the kind of control that shows it."""

    control = "line"
    sentences: Sentences = {}

    def __init__(self, *, error_messages: Sentences | None = None, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.told = {**self.sentences, **(error_messages or {})}

    def refuse(self, code: str, **params: Any) -> ValidationError:
        """The error with the sentence of `code`."""
        message: Any = self.told[code]
        return ValidationError(message, code=code, params=params)


TOO_LONG: Final = ngettext_lazy(
    "Shorten the text to %(limit)s characters: it is %(excess)s too long",
    "Shorten the text to %(limit)s characters: it is %(excess)s too long",
    "excess",
)


class LineField(AnswerField):
    """One line up to `limit` characters."""

    widget: type[forms.Widget] = forms.TextInput
    sentences: Sentences = {
        "too_long": TOO_LONG,
        "wrong": _("Write the answer as text"),
    }

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        return self.check_length(one_line(self.typed(value)))

    def typed(self, value: Any) -> str:
        """The text that was typed. A list or an object, which only a machine can send, is refused."""
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.refuse("wrong")
        return value

    def check_length(self, text: str) -> str:
        """`text`, or a refusal that says by how much it is too long."""
        if len(text) > self.limit:
            raise self.refuse("too_long", limit=self.limit, excess=len(text) - self.limit)
        return text


class LongTextField(LineField):
    """Several lines up to `limit` characters."""

    widget = forms.Textarea
    control = "text"

    def to_python(self, value: Any) -> str:
        return self.check_length(clean_text(self.typed(value)))


class AddressField(LineField):
    """An e-mail address."""

    control = "email"
    sentences = {**LineField.sentences, "wrong": _("Write an e-mail address in full, for example name@example.org")}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text:
            try:
                validate_email(text)
            except ValidationError:
                raise self.refuse("wrong") from None
        return text


class TelephoneField(LineField):
    """A telephone number with +, country code and digits."""

    control = "tel"
    sentences = {
        **LineField.sentences,
        "wrong": _("Write the telephone with the country code, for example +237 222 000 000"),
    }

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text and not re.fullmatch(r"\+[0-9][0-9 ().\-/]{4,}", text):
            raise self.refuse("wrong")
        return text


class LinkField(LineField):
    """An http or https address; www.example.org is read as https. One with a name before @ hides where it leads."""

    control = "url"
    sentences = {**LineField.sentences, "wrong": _("Write the link in full, for example https://www.example.org/draft")}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return text
        link = text if "://" in text else f"https://{text}"
        try:
            URLValidator(schemes=["http", "https"])(link)
        except ValidationError:
            raise self.refuse("wrong") from None
        if "@" in urlsplit(link).netloc:
            raise self.refuse("wrong")
        return self.check_length(link)


class OneField(AnswerField):
    """One code out of `options`; `as_list` shows a drop-down instead of radio buttons; `needed`: not none."""

    widget = forms.RadioSelect
    sentences: Sentences = {
        "not_listed": _("Choose an answer from the list"),
        "empty": _("Choose an answer from the list"),
    }

    def __init__(self, *, options: Options, as_list: bool = False, needed: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options, self.needed = options, needed
        self.control = "list" if as_list else "one"

    def to_python(self, value: Any) -> str:
        code = str(value or "")
        if self.needed and not code:
            raise self.refuse("empty")
        if code and code not in {option for option, _label in self.options}:
            raise self.refuse("not_listed")
        return code


class SomeField(AnswerField):
    """Any codes out of `options`, at most `most` where that is not 0."""

    widget = forms.CheckboxSelectMultiple
    control = "some"
    sentences: Sentences = {
        "not_listed": _("Choose answers from the list"),
        "too_many": _("Choose no more than %(most)s"),
    }

    def __init__(self, *, options: Options, most: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options, self.most = options, most

    def to_python(self, value: Any) -> list[str]:
        chosen = set(map(str, value if isinstance(value, (list, tuple)) else [value] if value else []))
        known = [code for code, _label in self.options]
        if chosen - set(known):
            raise self.refuse("not_listed")
        if self.most and len(chosen) > self.most:
            raise self.refuse("too_many", most=self.most)
        return [code for code in known if code in chosen]


class DayField(AnswerField):
    """A day. `ahead` > 0: after today and within so many years."""

    control = "day"
    sentences: Sentences = {
        "wrong": _("Write the date as day, month and year, for example 15 3 2027"),
        "past": _("The date must be after today"),
        "far": _("The date must be within %(ahead)s years"),
    }

    def __init__(self, *, ahead: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ahead = ahead

    def to_python(self, value: Any) -> date | None:
        text = one_line(str(value or ""))
        if not text:
            return None
        try:
            day = parse_date(text)
        except ValueError:
            raise self.refuse("wrong") from None
        today = timezone.localdate()
        if self.ahead and day <= today:
            raise self.refuse("past")
        if self.ahead and day > _years_later(today, self.ahead):
            raise self.refuse("far", ahead=self.ahead)
        return day


def _years_later(day: date, years: int) -> date:
    """The same day `years` later; 28 February for a 29th that does not exist."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


class MonthField(AnswerField):
    """A month between 1919 and this one."""

    control = "month"
    sentences: Sentences = {
        "wrong": _("Write the month as a number from 1 to 12 and the year, for example 3 2025"),
        "future": _("The date must not be in the future"),
        "low": _("Write a year from 1919 on"),
    }

    def to_python(self, value: Any) -> date | None:
        text = one_line(str(value or ""))
        if not text:
            return None
        try:
            month = parse_month(text)
        except ValueError:
            raise self.refuse("wrong") from None
        if month > timezone.localdate():
            raise self.refuse("future")
        if month.year < FIRST_YEAR:
            raise self.refuse("low")
        return month


def whole_number(text: str) -> int:
    """The number in `text`; thousands may be set apart, 2.5 is none. Raises ValueError."""
    found = re.fullmatch(_WHOLE, text.strip())
    if not found:
        raise ValueError("not a number")
    return int(_APART.sub("", found[0]))


class NumberField(AnswerField):
    """A whole number between `low` and `high`."""

    control = "number"
    sentences: Sentences = {
        "wrong": _("Write a number, for example 40"),
        "low": _("Write a number from %(low)s to %(high)s"),
    }

    def __init__(self, *, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.low, self.high = low, high

    def number(self, text: str) -> int:
        """The number in `text`, or a refusal."""
        try:
            number = whole_number(text)
        except ValueError:
            raise self.refuse("wrong") from None
        if not self.low <= number <= self.high:
            raise self.refuse("low", low=self.low, high=self.high)
        return number

    def to_python(self, value: Any) -> Any:
        text = one_line(str(value if value is not None else ""))
        return self.number(text) if text else None


class RangeField(NumberField):
    """A number or a range, given back as 40 or 30-40."""

    control = "number"
    sentences = {**NumberField.sentences, "wrong": _("Write a number or a range, for example 40 or 30–40")}

    def to_python(self, value: Any) -> str:
        text = one_line(str(value or ""))
        if not text:
            return ""
        numbers = [self.number(part) for part in re.split(r"[-–—]", text)]
        if len(numbers) > 2:
            raise self.refuse("wrong")
        return "-".join(str(number) for number in sorted(numbers))


class AmountField(AnswerField):
    """An amount with at most two decimals; 12 000, 12.000 and 12,000 are twelve thousand, 12,50 and 12.50 are not."""

    control = "number"
    sentences: Sentences = {"wrong": _("Write the amount in figures, for example 12 000")}

    def to_python(self, value: Any) -> Decimal | None:
        text = one_line(str(value if value is not None else ""))
        if not text:
            return None
        found = re.fullmatch(rf"(?P<whole>{_WHOLE})(?:[.,](?P<cents>[0-9]{{1,2}}))?", text)
        if not found:
            raise self.refuse("wrong")
        amount = Decimal(f"{_APART.sub('', found['whole'])}.{found['cents'] or '0'}")
        if amount >= 10**10:
            raise self.refuse("wrong")
        return amount
