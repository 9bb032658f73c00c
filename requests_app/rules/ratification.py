"""Rules on ratification as of the filing date. They never block (R033–R035).

Ratification is normally required, but it depends on the kind of help and the context: the outcome is one of ratified,
not ratified and acceptable for a reason, not ratified and for the officer to weigh, or not known.
"""

from django.utils.translation import gettext_lazy as _

from requests_app.kinds import DRAFT_LAW, SEMINAR, VISIT
from requests_app.rules.facts import DENOUNCED, NOT_RATIFIED, RATIFIED, UNKNOWN, Facts, Ratified
from requests_app.rules.finding import IN_ORDER, NOTE, Hit, Source
from requests_app.rules.registry import rule

RATIFICATION = Source("000", _("introduction, paragraph 2"))
OPEN_WITHOUT = {SEMINAR: "promotion", DRAFT_LAW: "drafting", VISIT: "visit"}
UNDER_WAY = ("decided", "discussed")


def _hit(facts: Facts, rows: list[Ratified], variant: str) -> Hit:
    # Several lists may be of different dates: the oldest is the honest one to name.
    return Hit(
        variant=variant,
        params={
            "instruments": [[row.code, row.day if row.status == RATIFIED else ""] for row in rows],
            "list_date": min(row.list_date for row in rows),
        },
        evidence=tuple(f"ratification:{facts.country}:{row.code}" for row in rows),
    )


def _with(facts: Facts, *statuses: str) -> list[Ratified]:
    return [row for row in facts.ratifications if row.status in statuses]


@rule(
    "RAT-1",
    level=IN_ORDER,
    source=RATIFICATION,
    question="Q5",
    sentence={
        "sure": _("Ratified by the country on the filing date: %(instruments)s. List of %(list_date)s."),
        "low": _(
            "Ratified by the country on the filing date, with low confidence: %(instruments)s. List of %(list_date)s."
        ),
    },
)
def all_are_ratified(facts: Facts) -> Hit | None:
    """Says so when every Convention chosen is ratified by the country on the filing date."""
    rows = _with(facts, RATIFIED)
    if not rows or len(rows) != len(facts.ratifications):
        return None
    return _hit(facts, rows, "low" if any(row.confidence == "low" for row in rows) else "sure")


@rule(
    "RAT-2",
    level=NOTE,
    source=RATIFICATION,
    question="Q5",
    sentence={
        "promotion": _(
            "Not ratified on the filing date: %(instruments)s. List of %(list_date)s. "
            "Making the principles known does not depend on it."
        ),
        "drafting": _(
            "Not ratified on the filing date: %(instruments)s. List of %(list_date)s. "
            "Help with legislation is open to countries that have not ratified."
        ),
        "visit": _(
            "Not ratified on the filing date: %(instruments)s. List of %(list_date)s. "
            "An informal visit remains possible."
        ),
        "under_way": _(
            "Not ratified on the filing date: %(instruments)s. List of %(list_date)s. "
            "Ratification is being prepared, which help may support."
        ),
        "weigh": _(
            "Not ratified on the filing date: %(instruments)s. List of %(list_date)s. "
            "For this kind of help the officer says why the context allows it."
        ),
    },
)
def some_are_not_ratified(facts: Facts) -> Hit | None:
    """Notes Conventions not ratified on the filing date, with what the kind of help and the context make of it."""
    rows = _with(facts, NOT_RATIFIED, DENOUNCED)
    if not rows:
        return None
    if facts.kind in OPEN_WITHOUT:
        return _hit(facts, rows, OPEN_WITHOUT[facts.kind])
    under_way = facts.answer("conventions", "ratification") in UNDER_WAY
    return _hit(facts, rows, "under_way" if under_way else "weigh")


@rule(
    "RAT-3",
    level=NOTE,
    source=RATIFICATION,
    question="Q5",
    sentence={
        "list": _("Not known from the list of %(list_date)s whether ratified: %(instruments)s."),
        "no_list": _("No list at hand tells whether ratified: %(instruments)s."),
    },
)
def some_are_not_known(facts: Facts) -> Hit | None:
    """Notes Conventions of which the list does not tell. Unknown is never “not ratified”."""
    rows = _with(facts, UNKNOWN)
    if not rows:
        return None
    return _hit(facts, rows, "list" if all(row.list_date for row in rows) else "no_list")
