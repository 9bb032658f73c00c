"""The gap map: where supervisory bodies pointed to assistance, and what became of it.

What is joined to requests is joined to those that the viewer may read, and to nothing else; without a viewer (the
public) there is no join at all: referrals alone. So one and the same item can read "never asked" for one officer and
"assisted" for another, and every page says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from requests_app import states
from requests_app.models import Event, LinkKind, Request, SupervisoryLink
from requests_app.models.request import RequestQuerySet
from standards.models import Country, Region
from supervisory.models import Body, Referral, SupervisoryItem, Topic, Way

# Ways that point to assistance; "noted as received" looks back on it. Cooperation is counted apart, not here.
POINTING: Final = frozenset(Way.values) - {Way.RECEIVED}
# A request that merely mentions an item does not ask because of it.
ASKING: Final = (LinkKind.ASKED, LinkKind.ADDRESSES)
ASSISTED: Final = frozenset({states.GIVEN, states.CLOSED})
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
    joined = _joined(viewer, filters)
    gaps, later = _gaps(joined, referred), _later(joined)
    unlinked = _counts(_unlinked(viewer).values("country").annotate(count=Count("pk")), "country")
    rows = [
        CountryGaps(
            country,
            referred.get(country.pk, 0),
            gaps.get(country.pk, dict.fromkeys(Gap, 0)),
            later.get(country.pk, Progress()),
            unlinked.get(country.pk, 0),
        )
        for country in named
        if referred.get(country.pk) or unlinked.get(country.pk)
    ]
    return sorted(rows, key=lambda row: (-(row.gaps or {})[Gap.NEVER], -row.referred))


def one_country(viewer: User, country: Country, filters: Filters, this_year: int, *, oldest: bool) -> CountryLines:
    """The items of a country that point to assistance, each with the requests that `viewer` reads. Six queries."""
    items = list(referrals(filters).filter(country=country).order_by("year" if oldest else "-year", "key"))
    links: dict[str, list[SupervisoryLink]] = {}
    given: dict[str, int] = {}
    for link in _with_giving(_joined(viewer, filters).filter(item__country=country)):
        links.setdefault(link.item_id, []).append(link)
        if link.given_at:
            given[link.item_id] = min(link.given_at.year, given.get(link.item_id, link.given_at.year))
    noted = _noted([country.pk]) if given else []
    lines = [
        _line(item, links.get(item.key, []), this_year, _since(noted, country.pk, given.get(item.key)))
        for item in items
    ]
    gaps = {gap: sum(line.gap == gap for line in lines) for gap in Gap}
    later = _since(noted, country.pk, min(given.values(), default=None))
    shown = lines[:LINES]
    prefetch_related_objects([line.item for line in shown], "links", "referrals")
    addressed = sum(any(map(_addresses, held)) for held in links.values())
    unlinked = list(_unlinked(viewer).filter(country=country).order_by("-sent_at", "-pk")[:LINES])
    return CountryLines(CountryGaps(country, len(items), gaps, later, len(unlinked)), shown, addressed, unlinked)


def referrals(filters: Filters) -> QuerySet[SupervisoryItem]:
    """The items that point to assistance."""
    return SupervisoryItem.objects.filter(_points("pk"), **_wanted(filters)).order_by()


def _points(item: str) -> Exists:
    """The condition that the item of this name points to assistance."""
    return Exists(Referral.objects.filter(item=OuterRef(item), topic=Topic.ASSISTANCE, way__in=sorted(POINTING)))


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


def _joined(viewer: User, filters: Filters) -> QuerySet[SupervisoryLink]:
    """The links that say "asked", of requests that the viewer may read, to items that point to assistance.

    The conditions stand on the link's own item: asked for as a list of items, the record would be read a second time.
    """
    links = SupervisoryLink.objects.current().filter(kind__in=ASKING, request__in=_keys_read(viewer))
    return links.filter(_points("item"), **_wanted(filters, "item__")).order_by()


def _with_giving(links: QuerySet[SupervisoryLink]) -> Any:
    """The links with their requests, and `given_at`: when assistance was first recorded as given."""
    giving = Event.objects.filter(request=OuterRef("request"), action="give").order_by("id").values("at")[:1]
    return links.select_related("request").annotate(given_at=Subquery(giving))


def _addresses(link: SupervisoryLink) -> bool:
    return link.kind == LinkKind.ADDRESSES and link.request.status in ASSISTED


def _unlinked(viewer: User) -> RequestQuerySet:
    links = SupervisoryLink.objects.current().filter(request=OuterRef("pk"), kind__in=ASKING)
    return Request.objects.filter(~Exists(links), pk__in=_keys_read(viewer)).order_by()


def _counts(rows: Iterable[Mapping[str, Any]], name: str) -> dict[str, int]:
    return {row[name]: row["count"] for row in rows}


def _gaps(joined: QuerySet[SupervisoryLink], referred: Mapping[str, int]) -> dict[str, dict[Gap, int]]:
    """By country, how many items stand where. Each count holds the one before it, so that no item counts twice."""
    reached = (ASSISTED, ASSISTED | states.OPEN, ASSISTED | states.OPEN | {states.NO_MEANS})
    counts = {
        f"to_{number}": Count("item", distinct=True, filter=Q(request__status__in=sorted(held)))
        for number, held in enumerate(reached)
    }
    rows: Iterable[Any] = joined.values("item__country").annotate(**counts)
    found = {row["item__country"]: row for row in rows}
    gaps = {}
    for country, count in referred.items():
        row = found.get(country, {})
        given, asked, answered = (row.get(name, 0) for name in counts)
        gaps[country] = {
            Gap.NEVER: count - answered,
            Gap.OPEN: asked - given,
            Gap.NO_MEANS: answered - asked,
            Gap.ASSISTED: given,
        }
    return gaps


def _later(joined: QuerySet[SupervisoryLink]) -> dict[str, Progress]:
    """By country, the progress noted since assistance was first given. Two queries, one where none was given."""
    given = joined.filter(request__events__action="give").values("item__country")
    first = {row["item__country"]: row["at"].year for row in given.annotate(at=Min("request__events__at"))}
    noted: dict[str, list[tuple[str, int | None, int, int]]] = {}
    for row in _noted(first) if first else []:
        noted.setdefault(row[0], []).append(row)
    return {country: _since(noted.get(country, []), country, year) for country, year in first.items()}


def _noted(countries: Iterable[str]) -> list[tuple[str, int | None, int, int]]:
    """Country, year, and how many items noted satisfaction and interest then. One query."""
    progress = SupervisoryItem.objects.filter(Q(satisfaction=True) | Q(interest=True), country__in=list(countries))
    rows = progress.order_by().values_list("country", "year")
    return list(
        rows.annotate(
            satisfied=Count("key", filter=Q(satisfaction=True)), interested=Count("key", filter=Q(interest=True))
        )
    )


def _since(noted: Iterable[tuple[str, int | None, int, int]], country: str, year: int | None) -> Progress:
    """The progress noted in `country` in that year and after it; none without a year."""
    rows = [row for row in noted if year and row[0] == country and row[1] and row[1] >= year]
    return Progress(sum(row[2] for row in rows), sum(row[3] for row in rows))


def _line(item: SupervisoryItem, links: Sequence[SupervisoryLink], this_year: int, later: Progress) -> Line:
    requests = {link.request.pk: link.request for link in links}
    years = this_year - item.year if item.year else None
    return Line(item, gap_of(found.status for found in requests.values()), tuple(requests.values()), years, later)
