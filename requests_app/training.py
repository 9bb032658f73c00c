"""Which courses of the Training Centre in Turin come near to what a request asks for (R095), each with its reasons.

Pure: no database, no clock. There is no current catalogue: a past course shows what can be asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from requests_app.kinds import SEMINAR
from requests_app.matching import AGAINST, DOUBT, HELPS, Need, Reason
from requests_app.models.sections.seminar import AUDIENCES
from standards.models import Course, Trust


@dataclass(frozen=True)
class CoursePlace:
    """A course and why it stands where it stands."""

    course: Course
    reasons: tuple[Reason, ...]


def rank_courses(
    need: Need, audience: Iterable[str], courses: Iterable[Course], today: date
) -> tuple[CoursePlace, ...]:
    """All courses, those first that are still open, then by audience, by language, the latest before older ones."""
    wanted = frozenset(audience)
    ordered = sorted(courses, key=lambda one: _order(need, wanted, one, today))
    return tuple(CoursePlace(one, _reasons(need, wanted, one, today)) for one in ordered)


def _order(need: Need, wanted: frozenset[str], one: Course, today: date) -> tuple[object, ...]:
    return (
        one.is_past(today) is not False,
        one.confidence == Trust.LOW,
        -len(wanted & _audience(one)),
        -len(_spoken(need, one)),
        -(one.starts.toordinal() if one.starts else 0),
        one.code,
    )


def _reasons(need: Need, wanted: frozenset[str], one: Course, today: date) -> tuple[Reason, ...]:
    found = [_when(one, today)]
    if need.kind != SEMINAR:
        found.append(Reason(DOUBT, _("Is training; the request asks for another kind of help.")))
    if common := wanted & _audience(one):
        words = ", ".join(str(label) for code, label in AUDIENCES if code in common)
        found.append(Reason(HELPS, _("Is for the audience that is asked for: %(audience)s.") % {"audience": words}))
    if not one.languages:
        found.append(Reason(DOUBT, _("Its languages are not known.")))
    elif spoken := _spoken(need, one):
        found.append(Reason(HELPS, _("Is held in: %(languages)s.") % {"languages": ", ".join(spoken)}))
    else:
        found.append(Reason(AGAINST, _("Is held in none of the languages of the request.")))
    if one.confidence == Trust.LOW:
        found.append(Reason(DOUBT, _("Not certain: check it with the Centre.")))
    return tuple(found)


def _when(one: Course, today: date) -> Reason:
    past = one.is_past(today)
    if past is None or one.starts is None:
        return Reason(DOUBT, _("Past; its year is not known."))
    if past:
        return Reason(DOUBT, _("Past: %(day)s. Ask whether it is held again.") % {"day": date_format(one.starts)})
    return Reason(HELPS, _("Open since %(day)s.") % {"day": date_format(one.starts)})


def _audience(one: Course) -> frozenset[str]:
    return frozenset(one.audience.split())


def _spoken(need: Need, one: Course) -> list[str]:
    return [code for code in need.languages if code in one.languages.split()]
