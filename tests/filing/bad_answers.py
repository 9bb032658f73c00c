"""For every kind of form field what cannot be understood, by the code of its error."""

from typing import Any

from base.form_fields import (
    AddressField,
    AmountField,
    AnswerField,
    DayField,
    LineField,
    LinkField,
    MonthField,
    NumberField,
    OneField,
    RangeField,
    SomeField,
    TelephoneField,
)

# "wrong" of a plain text is a list or an object, which a form cannot send.
ONLY_MACHINES = {LineField: {"wrong"}}


def bad_answers(field: AnswerField) -> dict[str, Any]:
    """By error code, what somebody types or forges into `field` to meet that error."""
    if isinstance(field, SomeField):
        many = {"too_many": [code for code, _label in field.options][: field.most + 1]} if field.most else {}
        return {"not_listed": ["forged"], **many}
    if isinstance(field, OneField):
        return {"not_listed": "forged", **({"empty": ""} if field.needed else {})}
    if isinstance(field, DayField):
        ahead = {"past": "1 1 2020", "far": "1 1 2099"} if field.ahead else {}
        return {"wrong": "31 2 2027", **ahead}
    if isinstance(field, MonthField):
        return {"wrong": "13 2025", "future": "1 2090", "low": "12 1918"}
    if isinstance(field, RangeField):
        return {"wrong": "a few", "low": "0-4"}
    if isinstance(field, NumberField):
        return {"wrong": "2.5", "low": "0"}
    if isinstance(field, AmountField):
        return {"wrong": "much"}
    assert isinstance(field, LineField)
    return {**_wrong_line(field), "too_long": _long(field)}


def codes_of(field: AnswerField) -> set[str]:
    """The codes of the errors that `field` can give to somebody at a form."""
    codes = set(field.sentences)
    if isinstance(field, SomeField) and not field.most:
        codes -= {"too_many"}
    if isinstance(field, OneField) and not field.needed:
        codes -= {"empty"}
    if isinstance(field, DayField) and not field.ahead:
        codes -= {"past", "far"}
    if isinstance(field, LineField) and not isinstance(field, AddressField | TelephoneField | LinkField):
        codes -= {"wrong"}
    return codes


def _wrong_line(field: LineField) -> dict[str, str]:
    typed = {AddressField: "ada at example", TelephoneField: "222 000", LinkField: "https://user@example.org/x"}
    return next(({"wrong": text} for kind, text in typed.items() if isinstance(field, kind)), {})


def _long(field: LineField) -> str:
    return "x" * (field.limit + 1)
