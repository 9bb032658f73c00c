"""The list of requests: what it can be narrowed by, and its rows in order, from each source the first ones."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q

from accounts.standing import Standing, stand_in
from api.pages import PARAMETERS, Asked, Order
from api.problems import Problem, Wrong
from base.compiled import MOMENT, compiled
from base.references import normalize_reference
from requests_app import states
from requests_app.api import shapes
from requests_app.api.representation import rows
from requests_app.kinds import KINDS
from requests_app.models import Request
from requests_app.models.request import ALSO, RequestQuerySet
from requests_app.models.search import words_in

REFERENCE: Final = "reference"
ORDERS: Final = {
    "-created_at": Order(Request, REFERENCE, "created_at", down=True),
    "created_at": Order(Request, REFERENCE, "created_at"),
    "-saved_at": Order(Request, REFERENCE, "saved_at", down=True),
}
WORDS_OF_A_SEARCH: Final = 6
_BEHIND: Final = "<behind>"
_MOMENTS: Final = {name: MOMENT + timedelta(days=day) for day, name in enumerate(("sent_since", "changed_since"), 1)}
Narrowed = dict[str, Any]


COUNTRY: Final = r"^[A-Z]{2}\Z"


class Several(django_filters.BaseInFilter, django_filters.ChoiceFilter):
    """One or more of the choices, with commas between."""


class RequestFilter(django_filters.FilterSet):
    """What a list of requests can be narrowed by. What the caller may not read of a request finds nothing."""

    status = Several(choices=[(slug, slug) for slug in states.STATUSES])
    kind = Several(choices=[(slug, slug) for slug in KINDS])
    country = django_filters.CharFilter(field_name="country", strip=False, validators=[RegexValidator(COUNTRY)])
    group = django_filters.ChoiceFilter(field_name="organization__kind", choices=[(one, one) for one in shapes.GROUPS])
    sent_since = django_filters.IsoDateTimeFilter(field_name="sent_at", lookup_expr="gte")
    changed_since = django_filters.IsoDateTimeFilter(method="changed")
    q = django_filters.CharFilter(method="search", max_length=200)

    def changed(self, found: Any, _name: str, since: datetime) -> Any:
        """Those with a step that the requester sees, or a draft saved, since then."""
        return found.filter(Q(status=states.DRAFT, saved_at__gte=since) | Q(seen_at__gte=since))

    def search(self, found: Any, _name: str, wanted: str | list[str]) -> Any:
        """A reference finds its request; words find titles and organizations."""
        if isinstance(wanted, str):
            return found.filter(reference=wanted)
        for word in wanted:
            found = found.filter(words__text__has_word=word)
        return found


FILTERS: Final = frozenset(RequestFilter.base_filters)


@cache
def _filters() -> RequestFilter:
    return RequestFilter({}, Request.objects.none())


@cache
def _fields() -> dict[str, forms.Field]:
    """The fields of the filters; they hold no state."""
    return dict(_filters().get_form_class().base_fields)


def narrowed(parameters: Mapping[str, Any]) -> Narrowed:
    """The filters in the parameters of an address; of `q` a reference or a list of words.

    Problem wrong-parameter for one that cannot be read.
    """
    found: Narrowed = {}
    wrong = []
    for name in parameters:
        if name in PARAMETERS:
            continue
        try:
            value = _read(name, parameters[name])
        except ValidationError as error:
            wrong.append(Wrong(name, "invalid", str(error.messages[0])))
        else:
            if value not in (None, "", []):
                found[name] = value
    if wrong:
        raise Problem("wrong-parameter", errors=wrong)
    if q := found.get("q"):
        found["q"] = normalize_reference(q) or words_in(q)[:WORDS_OF_A_SEARCH]
    return found


def _read(name: str, typed: str) -> Any:
    """The value that is typed for one filter. ValidationError or Problem wrong-parameter for what is none."""
    if "\x00" in typed or (name != "q" and not all(typed.split(","))):
        raise Problem("wrong-parameter")
    field = _fields()[name]
    value = field.clean(field.widget.value_from_datadict({name: typed}, {}, name))
    try:  # no database knows a zone sixteen hours away
        return value.astimezone(UTC) if isinstance(value, datetime) else value
    except OverflowError:
        raise Problem("wrong-parameter") from None


def listed(who: Standing, narrowed: Narrowed, wanted: Asked) -> list[dict[str, Any]]:
    """The rows of a page and one more, in the order wanted: the first of each source that holds anything for `who`."""
    same, real = stand_in(who)
    filters, typed = _stand_ins(narrowed)
    page = replace(wanted, behind=_BEHIND if wanted.behind else "")
    real |= {**typed, _BEHIND: wanted.behind}

    def queries() -> list[Any]:
        sources = Request.objects.by_source(same, **_least(filters))
        return [page.part_of(rows(_filtered(found, filters))) for found in sources]

    kind = ("requests", same, page.name, page.limit, page.behind, _kind(filters))
    by_words = isinstance(filters.get("q"), list)
    made = compiled(kind, queries, real)
    if not made:
        return []
    first, *others = made
    found = first.rows(real, planned_anew=by_words)
    # Without a row nobody told what the other sources hold.
    holds = [held for name, held in found[0].items() if name.startswith(ALSO)] if found else [True] * len(others)
    for query, held in zip(others, holds, strict=True):
        found += query.rows(real, planned_anew=by_words) if held else []
    return _in_order(found, page)


def _in_order(found: list[dict[str, Any]], page: Asked) -> list[dict[str, Any]]:
    """The rows of all sources, each request once."""
    once = {row[REFERENCE]: row for row in found}
    field = page.order.field
    ordered = sorted(once.values(), key=lambda row: (row[field], row[REFERENCE]), reverse=page.order.down)
    return ordered[: page.limit + 1]


def all_of(who: Standing, narrowed: Narrowed) -> Any:
    """Everything that these filters find for `who`, as one query without an order; to be read in parts."""
    return rows(_filtered(Request.objects.known(who, probed=True, **_least(narrowed)), narrowed))


def _least(filters: Narrowed) -> dict[str, bool]:
    """What the caller must be able to read of a request that is found by these filters."""
    reference = isinstance(filters.get("q"), str)
    if "q" in filters and not reference:
        return {"full": True}
    return {"told": bool(set(filters) - {"q"})}


def _filtered(found: RequestQuerySet, filters: Narrowed) -> Any:
    for name, value in filters.items():
        # What was typed and holds no word finds nothing; the library would leave it out.
        found = _filters().filters[name].filter(found, value) if value else found.none()
    return found


def _stand_ins(narrowed: Narrowed) -> tuple[Narrowed, dict[Any, Any]]:
    """The same filters with stand-ins for their values, and the real value of each."""
    same: Narrowed = {}
    real: dict[Any, Any] = {}
    for name, value in narrowed.items():
        if isinstance(value, list):
            same[name] = [f"<{name} {number}>" for number in range(len(value))]
            real |= zip(same[name], value, strict=True)
        else:
            same[name] = _MOMENTS.get(name, f"<{name}>")
            real[same[name]] = value
    return same, real


def _kind(filters: Narrowed) -> Hashable:
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in filters.items())
