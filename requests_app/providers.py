"""Who could carry out the assistance: specialists, ranked for one request and one officer, and courses.

Load and absence are for Branch officers only, and counted from the requests that this officer may read.
"""

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Specialist, Unit, User
from accounts.standing import standing_of
from requests_app.facts import gather
from requests_app.matching import Candidate, Claim, Need, Place, load_of, rank
from requests_app.models import Assignment, Conventions, DraftLaw, Request, Seminar
from requests_app.rules.facts import DENOUNCED, NOT_RATIFIED
from requests_app.training import CoursePlace, rank_courses
from standards.models import Course, Coverage

SPOKEN = 2  # letters of a language's code; "other" is none


def ranked(request: Request, *, by: User) -> tuple[Place, ...]:
    """The specialists for `request`, the likeliest first. Raises PermissionError for who is no Branch officer."""
    if not standing_of(by).is_branch:
        raise PermissionError("load and absence are for Branch officers")
    loads, today = _loads(by), timezone.localdate()
    profiles = Specialist.objects.current().select_related("user", "unit__station")
    candidates = [_candidate(one, loads.get(one.pk, 0), one.is_absent(today)) for one in profiles]
    return rank(need_of(request), candidates)


def courses(request: Request) -> tuple[CoursePlace, ...]:
    """What the Training Centre in Turin gave, the nearest to `request` first."""
    audience = request.section(Seminar).audience if request.kind == Seminar.slug else []
    return rank_courses(need_of(request), audience, Course.objects.all(), timezone.localdate())


def need_of(request: Request) -> Need:
    """What the request asks for, as the matching looks at it."""
    facts = gather(request)
    claims = Coverage.objects.filter(country=request.country_id, station__is_headquarters=False)
    return Need(
        kind=request.kind,
        group=request.organization.kind,
        region=request.country.region,
        languages=_languages(request),
        commented=request.section(Conventions).commented == "yes",
        not_ratified=any(row.status in (NOT_RATIFIED, DENOUNCED) for row in facts.ratifications),
        claims=tuple(
            Claim(claim.station_id, claim.primary, claim.confidence) for claim in claims.order_by("-primary", "station")
        ),
    )


def assigned(request: Request) -> Specialist | None:
    """The specialist who has the request now."""
    rows = Assignment.objects.current().filter(request=request).select_related("specialist__user")
    row = rows.first()
    return row.specialist if row else None


def lacking(request: Request) -> list[tuple[str, str]]:
    """The team of each station named for the country, and what it has no specialist in (R093): city, kind."""
    stations = Coverage.objects.filter(country=request.country_id, station__is_headquarters=False)
    rows = Specialist.objects.current().filter(unit__station__in=stations.values("station"))
    there = set(rows.values_list("unit__station", "kind"))
    return [
        (claim.station.city, str(kind.label))
        for claim in stations.select_related("station").order_by("-primary", "station")
        for kind in Specialist.Kind
        if (claim.station_id, kind.value) not in there
    ]


def _loads(by: User) -> dict[object, int]:
    """How many open requests, of those that `by` may read, each specialist has. One query."""
    held = Assignment.objects.current().filter(request__in=Request.objects.readable_by(by).open().values("pk"))
    return dict(held.values_list("specialist").annotate(Count("pk")).order_by())


def _candidate(one: Specialist, held: int, absent: bool) -> Candidate:
    station = one.unit.station if one.unit.kind == Unit.Kind.STATION else None
    return Candidate(
        key=str(one.pk),
        name=one.user.name,
        place=station.city if station else _("Headquarters"),
        station=station.pk if station else "",
        region=station.ilo_region if station else "",
        kind=one.kind,
        duties=frozenset(one.duties),
        languages=one.language_codes,
        load=load_of(held, one.busy_at, one.full_at),
        absent_until=date_format(one.absent_until) if absent and one.absent_until else "",
    )


def _languages(request: Request) -> tuple[str, ...]:
    """That of the letters, then the working languages of a seminar or the language of a draft law."""
    named = [request.language]
    if request.kind == Seminar.slug:
        named += request.section(Seminar).languages
    elif request.kind == DraftLaw.slug:
        named.append(request.section(DraftLaw).language)
    return tuple(dict.fromkeys(code for code in named if len(code) == SPOKEN))
