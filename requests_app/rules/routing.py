"""To whom a request goes, at which level, and why (R038–R040, R091)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from requests_app.kinds import SEMINAR
from requests_app.rules.facts import EMPLOYERS, GOVERNMENT, Facts
from requests_app.rules.finding import IN_ORDER, Hit, Source
from requests_app.rules.registry import rule

FULL, INFORMED = "full", "informed"
TO_BRANCH_AND_ACTRAV = Source("000", _("introduction, paragraph 3"))
TO_BUREAUX = Source("002", _("paragraphs 11, 13 and 16"), derived=True)
TO_STATION = Source("003", _("network of specialists"))


@dataclass(frozen=True)
class Route:
    """One unit: its kind, code and city where it is a station, the level, and the source that sends it there."""

    unit: str
    station: str
    city: str
    level: str
    source: Source


def routes(facts: Facts) -> tuple[Route, ...]:
    """Where the request goes.

    The Branch and ACTRAV always (000). ACT/EMP for employers and governments, and informed of a workers' request in
    which employers take part: derived from 002, not said in 000. The station of the country (003); where headquarters
    serves it, the Branch alone.
    """
    found = [Route("branch", "", "", FULL, TO_BRANCH_AND_ACTRAV)]
    found.append(Route("actrav", "", "", INFORMED if facts.group == EMPLOYERS else FULL, TO_BRANCH_AND_ACTRAV))
    if facts.group in (EMPLOYERS, GOVERNMENT):
        found.append(Route("actemp", "", "", FULL, TO_BUREAUX))
    elif employers_take_part(facts):
        found.append(Route("actemp", "", "", INFORMED, TO_BUREAUX))
    if facts.station and not facts.station.is_headquarters:
        found.append(Route("station", facts.station.code, facts.station.city, FULL, TO_STATION))
    return tuple(found)


def employers_take_part(facts: Facts) -> bool:
    """Whether the activity that is asked for involves employers (A9)."""
    return facts.kind == SEMINAR and "employers" in facts.answer("seminar", "taking_part")


@rule(
    "ROUTE-1",
    level=IN_ORDER,
    source=TO_BRANCH_AND_ACTRAV,
    sentence={
        "sure": _("By the rule it goes to: %(units)s."),
        "doubt": _(
            "By the rule it goes to: %(units)s. Which station serves the country is not certain; the Branch can "
            "change it."
        ),
    },
)
def who_is_told(facts: Facts) -> Hit:
    """Always says to whom the rule sends the request. Who reads it now stands beside: the Branch may have chosen."""
    doubt = facts.station is not None and (facts.station.disputed or facts.station.confidence == "low")
    return Hit(
        variant="doubt" if doubt else "sure",
        params={"units": [[route.unit, route.city, route.level] for route in routes(facts)]},
        evidence=(f"coverage:{facts.country}",),
    )
