"""Makes the quarterly figures. It reads all requests, and keeps only what may be told."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery

from requests_app import states
from requests_app.kinds import KINDS
from requests_app.models import Event, LinkKind, Request, Result, Snapshot, SupervisoryLink
from requests_app.models.result import CHANGES
from requests_app.origin import Origin, origin_of
from requests_app.snapshot import (
    FIRST_YEAR,
    Quarter,
    days,
    followed,
    quarter_to_tell,
    results_told,
    standing,
    usual,
    year_told,
    years_over,
)
from standards.models import Region
from supervisory.models import SupervisoryItem

STAGES = tuple(slug for slug in states.STATUSES if slug != states.DRAFT)
DECISIONS = ("accept", "decline", "no_means")
FINISHED = ("give", "decline", "no_means")
STAGES_ON_THE_WAY = tuple(slug for slug in STAGES if slug in states.OPEN)
REPLIES = ("ask", *DECISIONS)
WINDOW = 8  # quarters whose decisions make the usual times
MONTHS_TO_ASK = 24  # after the end of the year in which a country was referred to assistance


def make_due(now: datetime) -> Snapshot:
    """The figures of the quarter before last: those that are there, else made now. Two at once make one row."""
    quarter = quarter_to_tell(now.date())
    found = Snapshot.objects.filter(pk=str(quarter)).first()
    if found is None:
        with transaction.atomic():
            made = Snapshot(quarter=str(quarter), made_at=now, figures=figures(quarter))
            Snapshot.objects.bulk_create([made], ignore_conflicts=True)
        found = Snapshot.objects.get(pk=str(quarter))
    return found


def figures(quarter: Quarter) -> dict[str, Any]:
    """Everything that is told at the end of `quarter`; a year that was told before is told in the same words."""
    before = Snapshot.objects.filter(pk__lt=str(quarter)).order_by("-quarter").first()
    told = {year["year"]: year for year in before.figures["years"]} if before else {}
    years = [told.get(year) or year_told(year, counts_of(year), crossed(year)) for year in years_over(quarter)]
    all_times, by_kind = times(quarter)
    return {
        "years": years,
        "times": all_times,
        "times_by_kind": by_kind,
        "followed": followed_by(quarter, before.figures.get("followed", []) if before else []),
        "stays": stays(quarter),
        "results": results(years, (before.figures.get("results") if before else None) or []),
    }


def results(years: Sequence[dict[str, Any]], before: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each finished year but the first what requesters answered in it; a year told before stays as it was told.

    Who answered in the first year had also asked in it: the answers would tell of that year's table of stages.
    """
    found = list(before)
    for year in (one["year"] for one in years if one["year"] > FIRST_YEAR):
        if year not in {row["year"] for row in found}:
            earlier = standing([one for one in years if one["year"] < year])
            found.append(results_told(year, answers_of(year), sum(row["total"] or 0 for row in found), earlier))
    return found


def answers_of(year: int) -> dict[str, int]:
    """The answers of a year to what has changed since the assistance."""
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    rows = Result.objects.filter(recorded_at__gte=start, recorded_at__lt=end).order_by()
    return {**dict.fromkeys(dict(CHANGES), 0), **dict(rows.values_list("changed").annotate(Count("pk")))}


def stays(quarter: Quarter) -> dict[str, int | None]:
    """Within how many days half of the requests finished in the two years before had left each stage, all their stays
    in it together; None where fewer than twenty of them were there. One query."""
    start = quarter.moved(-WINDOW).end
    finished = Event.objects.filter(action__in=FINISHED, at__gte=start, at__lt=quarter.end)
    rows = Event.objects.filter(request__in=finished.values("request"), at__lt=quarter.end).order_by("id")
    since: dict[int, datetime] = {}
    spent: dict[str, dict[int, int]] = {stage: defaultdict(int) for stage in STAGES_ON_THE_WAY}
    for key, left, reached, at in rows.values_list("request", "status_before", "status_after", "at"):
        if left == reached:
            continue
        if left in spent and key in since:
            spent[left][key] += days(since[key], at)
        since[key] = at
    held = {stage: usual(list(found.values())) for stage, found in spent.items()}
    return {stage: found["half"] if found else None for stage, found in held.items()}


def followed_by(quarter: Quarter, before: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each year of references whose two years of waiting are over: how many of the countries asked. Worldwide."""
    told = {row["year"]: row for row in before}
    over = [year - MONTHS_TO_ASK // 12 for year in years_over(quarter)]
    years = [year for year in over if year >= FIRST_YEAR]
    return [told[year] if year in told else followed(year, *referred_and_asked(year)) for year in years]


def referred_and_asked(year: int) -> tuple[int, int]:
    """How many countries an item of `year` pointed to assistance, and about how many of them somebody then asked."""
    pointing = SupervisoryItem.objects.filter(year=year, points_to_assistance=True)
    countries = set(pointing.order_by().values_list("country", flat=True).distinct())
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1 + MONTHS_TO_ASK // 12, 1, 1, tzinfo=UTC)
    sent = Request.objects.filter(sent_at__gte=start, sent_at__lt=end, country__in=countries)
    return len(countries), sent.order_by().values("country").distinct().count()


def crossed(year: int) -> dict[str, dict[str, int]]:
    """The requests sent in a year by region and kind."""
    counts = {region: dict.fromkeys(KINDS, 0) for region in Region.values}
    rows = sent_in(year).order_by().values_list("country__region", "kind").annotate(Count("pk"))
    for region, kind, count in rows:
        counts[region][kind] = count
    return counts


def origins(year: int) -> dict[str, int]:
    """The requests sent in a year by how they came: Q7, and the items because of which they were asked. Two queries."""
    counts: dict[str, int] = dict.fromkeys(Origin.values, 0)
    links = SupervisoryLink.objects.current().filter(kind=LinkKind.ASKED, request__in=sent_in(year).values("pk"))
    ways: dict[int, set[str]] = defaultdict(set)
    for key, way in links.order_by().values_list("request", "item__referrals__way"):
        ways[key] |= {way} if way else set()
    for key, commented in sent_in(year).order_by().values_list("pk", "conventions_section__commented"):
        counts[origin_of(commented or "", key in ways, ways.get(key, set()))] += 1
    return counts


def sent_in(year: int) -> Any:
    """The requests sent in a year."""
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    return Request.objects.filter(sent_at__gte=start, sent_at__lt=end)


def counts_of(year: int) -> dict[str, dict[str, int]]:
    """The requests sent in a year by kind, by region of the country, by where they stood when it ended, by origin."""
    end = datetime(year + 1, 1, 1, tzinfo=UTC)
    last = Event.objects.filter(request=OuterRef("pk"), at__lt=end).order_by("-id").values("status_after")[:1]
    sent = sent_in(year).annotate(stage=Subquery(last))
    columns = (("kind", "kind", KINDS), ("region", "country__region", Region.values), ("stage", "stage", STAGES))
    counts = {
        name: {**dict.fromkeys(all_of, 0), **dict(sent.order_by().values_list(field).annotate(Count("pk")))}
        for name, field, all_of in columns
    }
    return {**counts, "origin": origins(year)}


def times(quarter: Quarter) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """How long the first reply and the decision took, of the requests decided in the two years before: all, by kind."""
    decided = Event.objects.filter(action__in=DECISIONS, at__gte=quarter.moved(-WINDOW).end, at__lt=quarter.end)
    rows = Event.objects.filter(request__in=decided.values("request"), action__in=REPLIES, at__lt=quarter.end)
    first: dict[int, dict[str, int]] = defaultdict(dict)
    kinds: dict[int, str] = {}
    read = rows.order_by("id").values_list("request", "action", "at", "request__sent_at", "request__kind")
    for key, action, at, sent, kind in read:
        kinds[key] = kind
        if sent is not None:
            first[key].setdefault("first_reply", days(sent, at))
            if action in DECISIONS:
                first[key].setdefault("decision", days(sent, at))
    by_kind = {kind: usual_times([found for key, found in first.items() if kinds[key] == kind]) for kind in KINDS}
    return usual_times(list(first.values())), by_kind


def usual_times(found: Sequence[dict[str, int]]) -> dict[str, Any]:
    """The usual times of these requests, each None under twenty of them."""
    return {name: usual([one[name] for one in found]) for name in ("first_reply", "decision")}
