"""The gap map: where supervisory bodies pointed to assistance, and what became of it.

What is joined to requests is joined to those that the viewer may read, and to nothing else; without a viewer (the
public) there is no join at all: referrals alone. So one and the same item can read "never asked" for one officer and
"assisted" for another, and every page says so.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, Min, OuterRef, Q, QuerySet, Window
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from requests_app import states
from requests_app.models import LinkKind, Request, SupervisoryLink
from requests_app.models.links import ASKING
from requests_app.models.request import RequestQuerySet
from standards.models import Country, Region
from supervisory.models import Body, SupervisoryItem

ASSISTED: Final = frozenset({states.GIVEN, states.CLOSED})
REACHED: Final = {
    "given": ASSISTED,
    "open_too": ASSISTED | states.OPEN,
    "answered": ASSISTED | states.OPEN | {states.NO_MEANS},
}
PROGRESS: Final = {
    "satisfied": Count("key", filter=Q(satisfaction=True)),
    "interested": Count("key", filter=Q(interest=True)),
}
LINES: Final = 100


class Gap(models.TextChoices):
    """What became of an item that points to assistance."""

    NEVER = "never", _("Never asked")
    OPEN = "open", _("Asked and open")
    NO_MEANS = "no_means", _("Asked, but no means")
    ASSISTED = "assisted", _("Assisted")


def gap_of(statuses: Iterable[str]) -> Gap:
    """The best that the requests for an item have come to. Declined or withdrawn leave it where it was."""
    held = set(statuses)
    if held & ASSISTED:
        return Gap.ASSISTED
    if held & states.OPEN:
        return Gap.OPEN
    return Gap.NO_MEANS if states.NO_MEANS in held else Gap.NEVER


@dataclass(frozen=True)
class Filters:
    """Which items: of a region, of one body, from one year to another. Empty is all."""

    region: str = ""
    body: str = ""
    first: int | None = None
    last: int | None = None


def filters_of(given: Mapping[str, Any]) -> Filters:
    """The filters of an address; what is not understood filters nothing."""
    region, body = given.get("region", ""), given.get("body", "")
    return Filters(
        region=region if region in Region.values else "",
        body=body if body in Body.values else "",
        first=_year(given.get("from", "")),
        last=_year(given.get("to", "")),
    )


def _year(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else None


@dataclass(frozen=True)
class Progress:
    """How many items noted progress with satisfaction, and how many with interest."""

    satisfaction: int = 0
    interest: int = 0


@dataclass(frozen=True)
class CountryGaps:
    """A country: items that point to assistance, by what became of them; `gaps` is None where requests are not joined.

    `later` counts progress noted since the first assistance that was given; that one led to the other is not said.
    `unlinked` are requests about the country that no item is linked to.
    """

    country: Country
    referred: int
    gaps: Mapping[Gap, int] | None = None
    later: Progress = Progress()
    unlinked: int = 0


@dataclass(frozen=True)
class Line:
    """An item that points to assistance, what became of it, and the requests of it that the viewer reads."""

    item: SupervisoryItem
    gap: Gap
    requests: tuple[Request, ...]
    years: int | None
    later: Progress = Progress()


@dataclass(frozen=True)
class CountryLines:
    """A country in full. `lines` are at most LINES of them; `addressed` counts items addressed by what was given."""

    gaps: CountryGaps
    lines: Sequence[Line]
    addressed: int
    unlinked: Sequence[Request] = field(default=())


def worldwide(viewer: User | None, filters: Filters) -> list[CountryGaps]:
    """Every country with something to show, the most never asked first. Three queries for the public (`viewer` None:
    referrals only), at most six for an officer, however many rows there are.
    """
    referred = _counts(referrals(filters).values("country").annotate(count=Count("key")), "country")
    countries = Country.objects.filter(region=filters.region) if filters.region else Country.objects.all()
    named = countries.in_reading_order()
    if viewer is None:
        rows = [CountryGaps(country, referred[country.pk]) for country in named if referred.get(country.pk)]
        return sorted(rows, key=lambda row: -row.referred)
    keys = _keys_read(viewer)
    # `distinct`: PostgreSQL finds out once who reads what, not once for each link.
    asked = _asked(_joined(keys.distinct(), filters))
    later = _noted_since({country: row["given_at"].year for country, row in asked.items() if row["given_at"]})
    unlinked = _counts(_unlinked(keys).values("country").annotate(count=Count("pk")), "country")
    rows = [
        CountryGaps(
            country,
            referred.get(country.pk, 0),
            _gaps(referred.get(country.pk, 0), asked.get(country.pk, {})),
            later.get(country.pk, Progress()),
            unlinked.get(country.pk, 0),
        )
        for country in named
        if referred.get(country.pk) or unlinked.get(country.pk)
    ]
    return sorted(rows, key=lambda row: (-(row.gaps or {})[Gap.NEVER], -row.referred))


def one_country(viewer: User, country: Country, filters: Filters, this_year: int, *, oldest: bool) -> CountryLines:
    """The items of a country that point to assistance, each with the requests that `viewer` reads. Six queries."""
    found = referrals(filters).filter(country=country).annotate(in_all=Window(Count("key")))
    # Said out like this, no index of the whole record has this order: PostgreSQL sorts the few items of the country.
    order = F("year").asc(nulls_last=True) if oldest else F("year").desc(nulls_last=True)
    found = found.order_by(order, "key").prefetch_related("links", "referrals")
    items = list(found[:LINES])
    referred = items[0].in_all if items else 0
    keys = _keys_read(viewer)
    links: dict[str, list[SupervisoryLink]] = {}
    given: dict[str, int] = {}
    for link in _with_requests(_joined(keys, filters).filter(item__country=country)):
        links.setdefault(link.item_id, []).append(link)
        if link.given_at:
            given[link.item_id] = min(link.given_at.year, given.get(link.item_id, link.given_at.year))
    noted = _noted(country) if given else []
    lines = [_line(item, links.get(item.key, []), this_year, _since(noted, given.get(item.key))) for item in items]
    stands = Counter(gap_of(link.request.status for link in held) for held in links.values())
    gaps = {gap: stands[gap] for gap in Gap}
    gaps[Gap.NEVER] = referred - sum(stands[gap] for gap in Gap if gap != Gap.NEVER)
    later = _since(noted, min(given.values(), default=None))
    addressed = sum(any(map(_addresses, held)) for held in links.values())
    unlinked = list(_unlinked(keys).filter(country=country).order_by("-sent_at", "-pk")[:LINES])
    return CountryLines(CountryGaps(country, referred, gaps, later, len(unlinked)), lines, addressed, unlinked)


def referrals(filters: Filters) -> QuerySet[SupervisoryItem]:
    """The items that point to assistance."""
    return SupervisoryItem.objects.filter(points_to_assistance=True, **_wanted(filters)).order_by()


def _wanted(filters: Filters, at: str = "") -> dict[str, Any]:
    """The filters as conditions on an item; `at` leads to it ("item__")."""
    wanted = {
        "country__region": filters.region,
        "body": filters.body,
        "year__gte": filters.first,
        "year__lte": filters.last,
    }
    return {at + name: value for name, value in wanted.items() if value}


def _keys_read(viewer: User) -> Any:
    """The keys of the requests, sent, that the viewer may read."""
    return Request.objects.readable_by(viewer).exclude(status=states.DRAFT).values("pk")


def _joined(keys: Any, filters: Filters) -> Any:
    """The links that say "asked", of requests of these keys, to items that point to assistance.

    `giving` is the event with which assistance was given. The conditions stand on the link's own item: asked for as a
    list of items, the record would be read a second time.
    """
    links = SupervisoryLink.objects.current().filter(kind__in=ASKING, request__in=keys, item__points_to_assistance=True)
    giving = FilteredRelation("request__events", condition=Q(request__events__action="give"))
    return links.filter(**_wanted(filters, "item__")).annotate(giving=giving).order_by()


def _with_requests(links: QuerySet[SupervisoryLink]) -> Any:
    """The links with their requests, of which no answers are loaded, and `given_at`."""
    named = ("item", "kind", "request__reference", "request__status")
    return links.annotate(given_at=F("giving__at")).select_related("request").only(*named)


def _addresses(link: SupervisoryLink) -> bool:
    return link.kind == LinkKind.ADDRESSES and link.request.status in ASSISTED


def _unlinked(keys: Any) -> RequestQuerySet:
    """The requests of these keys that ask because of no item."""
    links = SupervisoryLink.objects.current().filter(request=OuterRef("pk"), kind__in=ASKING)
    return Request.objects.filter(~Exists(links), pk__in=keys).order_by()


def _counts(rows: Iterable[Mapping[str, Any]], name: str) -> dict[str, int]:
    return {row[name]: row["count"] for row in rows}


def _asked(joined: QuerySet[SupervisoryLink]) -> dict[str, Mapping[str, Any]]:
    """By country, how many items came how far, and when assistance was first given. One query.

    Each of the counts REACHED holds the one before it, so that no item counts twice; the last holds all that count.
    """
    joined = joined.filter(request__status__in=sorted(REACHED["answered"]))
    counts = {
        name: Count("item", distinct=True, filter=Q(request__status__in=sorted(held))) for name, held in REACHED.items()
    }
    rows: Iterable[Any] = joined.values("item__country").annotate(**counts, given_at=Min("giving__at"))
    return {row["item__country"]: row for row in rows}


def _gaps(referred: int, asked: Mapping[str, Any]) -> dict[Gap, int]:
    """Of so many items of a country, how many stand where."""
    given, open_too, answered = (asked.get(name, 0) for name in REACHED)
    return {
        Gap.NEVER: referred - answered,
        Gap.OPEN: open_too - given,
        Gap.NO_MEANS: answered - open_too,
        Gap.ASSISTED: given,
    }


def _noted_since(years: Mapping[str, int]) -> dict[str, Progress]:
    """By country, the progress noted in its year and after it. One query, none without a year."""
    by_year: dict[int, list[str]] = {}
    for country, year in years.items():
        by_year.setdefault(year, []).append(country)
    if not by_year:
        return {}
    since = reduce(or_, (Q(year__gte=year, country__in=held) for year, held in by_year.items()))
    rows = _progress().filter(since).values_list("country").annotate(**PROGRESS)
    return {country: Progress(satisfied, interested) for country, satisfied, interested in rows}


def _noted(country: Country) -> list[tuple[int | None, int, int]]:
    """Year, and how many items of the country noted satisfaction and interest then. One query."""
    return list(_progress().filter(country=country).values_list("year").annotate(**PROGRESS))


def _progress() -> QuerySet[SupervisoryItem]:
    return SupervisoryItem.objects.filter(Q(satisfaction=True) | Q(interest=True)).order_by()


def _since(noted: Iterable[tuple[int | None, int, int]], year: int | None) -> Progress:
    """The progress noted in that year and after it; none without a year."""
    rows = [row for row in noted if year and row[0] and row[0] >= year]
    return Progress(sum(row[1] for row in rows), sum(row[2] for row in rows))


def _line(item: SupervisoryItem, links: Sequence[SupervisoryLink], this_year: int, later: Progress) -> Line:
    requests = {link.request.pk: link.request for link in links}
    years = this_year - item.year if item.year else None
    return Line(item, gap_of(found.status for found in requests.values()), tuple(requests.values()), years, later)
