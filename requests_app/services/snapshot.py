"""Makes the quarterly figures. It reads all requests, and keeps only what may be told."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery

from requests_app import states
from requests_app.kinds import KINDS
from requests_app.models import Event, Request, Snapshot
from requests_app.snapshot import Quarter, days, quarter_to_tell, usual, year_told, years_over
from standards.models import Region

STAGES = tuple(slug for slug in states.STATUSES if slug != states.DRAFT)
DECISIONS = ("accept", "decline", "no_means")
REPLIES = ("ask", *DECISIONS)
WINDOW = 8  # quarters whose decisions make the usual times


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
    years = [told.get(year) or year_told(year, counts_of(year)) for year in years_over(quarter)]
    return {"years": years, "times": times(quarter)}


def counts_of(year: int) -> dict[str, dict[str, int]]:
    """The requests sent in a year by kind, by region of the country, and by where they stood when it ended."""
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    last = Event.objects.filter(request=OuterRef("pk"), at__lt=end).order_by("-id").values("status_after")[:1]
    sent = Request.objects.filter(sent_at__gte=start, sent_at__lt=end).annotate(stage=Subquery(last))
    columns = (("kind", "kind", KINDS), ("region", "country__region", Region.values), ("stage", "stage", STAGES))
    return {
        name: {**dict.fromkeys(all_of, 0), **dict(sent.order_by().values_list(field).annotate(Count("pk")))}
        for name, field, all_of in columns
    }


def times(quarter: Quarter) -> dict[str, Any]:
    """How long the first reply and the decision took, of the requests decided in the two years before."""
    decided = Event.objects.filter(action__in=DECISIONS, at__gte=quarter.moved(-WINDOW).end, at__lt=quarter.end)
    rows = Event.objects.filter(request__in=decided.values("request"), action__in=REPLIES, at__lt=quarter.end)
    first: dict[int, dict[str, int]] = defaultdict(dict)
    for key, action, at, sent in rows.order_by("id").values_list("request", "action", "at", "request__sent_at"):
        if sent is not None:
            first[key].setdefault("first_reply", days(sent, at))
            if action in DECISIONS:
                first[key].setdefault("decision", days(sent, at))
    return {name: usual([found[name] for found in first.values()]) for name in ("first_reply", "decision")}
