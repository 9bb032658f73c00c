"""The pages of docs/ that are made from tables in the code: the life of a request, and who sees what of it.

`python manage.py write_diagrams` writes them; a test fails when they are stale.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django.utils import translation

from requests_app.models.access import NO, READ, RELATIONS, WRITE, Relation, Sight
from requests_app.states import DRAFT, FINAL, STATUSES, TRANSITIONS, Transition

MADE_FROM = "<!-- Made by `python manage.py write_diagrams` from {source}. Change that, not this page. -->"
AMOUNTS: Final = {NO: "–", READ: "read", WRITE: "yes"}
# Rows of the same table whose storage comes with later parts of the portal: existence, summary, full, Q12 and M6 and
# contacts, letters, documents, notes, actions.
LATER: Final = (
    ("A Bureau once the Branch opens a consultation", "yes", "yes", "only the text shared", "–", "–")
    + ("only those shared", "–", "answer the consultation"),
    ("An API key", "as its one membership or unit, cut by its scopes", *["the same"] * 7),
    ("Webhook of the filing organization", "event id, type, reference", "–", "–", "–", "–", "–", "–")
    + ("none; it fetches with its own key",),
    ("Data-protection officer", "access log: reference, who, when", "–", "–", "–", "–", "–", "–", "–"),
)
HEADINGS: Final = (
    "Who",
    "Existence",
    "Summary",
    "Full",
    "Q12, M6, contacts",
    "Letters",
    "Documents",
    "Internal notes",
    "May do",
)


def request_states() -> str:
    """docs/request-states.md: a diagram of the ways between statuses, the actions and the words of each status."""
    with translation.override("en"):
        arrows = ["[*] --> " + DRAFT, *(arrow for move in TRANSITIONS for arrow in _arrows(move))]
        arrows += [f"{slug} --> [*]" for slug in STATUSES if slug in FINAL]
        parts = [
            "# The life of a request",
            MADE_FROM.format(source="`requests_app/states.py` and `requests_app/models/access.py`"),
            "\n".join(["```mermaid", "stateDiagram-v2", *(f"    {arrow}" for arrow in arrows), "```"]),
            "## Actions",
            "An action without a new status is an event beside it.",
            _table(("Action", "Button", "From", "To", "Who"), map(_action_row, TRANSITIONS)),
            "## Words",
            _table(
                ("Status", "Officers read", "The requester reads", "And what comes next"),
                ((f"`{s.slug}`", str(s.desk), str(s.public), str(s.next)) for s in STATUSES.values()),
            ),
        ]
    return "\n\n".join(parts) + "\n"


def access() -> str:
    """docs/access.md: who sees what of a request and may do what with it."""
    parts = [
        "# Who sees what",
        MADE_FROM.format(source="`requests_app/models/access.py`"),
        "*Existence*: it shows in lists, search and counts, and its address answers. *Summary*: reference, country, "
        "kind, group of the requester, public status, date sent. *Full*: organization, title, all answers, findings, "
        "history.",
        "A person in several rows sees their union. Whoever is in none of them, a superuser and the requester's own "
        "government included, gets the same answer as for a reference that was never given out. A row ends with the "
        "membership, post, routing or assignment from which it follows.",
        _table(HEADINGS, (_sight_row(relation) for relation in RELATIONS)),
        "## Not stored yet",
        "Rows that hold as soon as the part of the portal that stores them is there. Until then nobody stands in them.",
        _table(HEADINGS, LATER),
    ]
    return "\n\n".join(parts) + "\n"


# By file name in docs/.
PAGES: Final[Mapping[str, Callable[[], str]]] = {"request-states.md": request_states, "access.md": access}


def _arrows(move: Transition) -> list[str]:
    sources = [slug for slug in STATUSES if slug in move.sources]
    return [f"{source} --> {move.target}: {move.action}" for source in sources] if move.target else []


def _action_row(move: Transition) -> tuple[str, ...]:
    sources = ", ".join(f"`{slug}`" for slug in STATUSES if slug in move.sources)
    who = "; ".join(relation.words for relation in RELATIONS if move.action in relation.sight.actions)
    return f"`{move.action}`", str(move.label), sources, f"`{move.target}`" if move.target else "–", who


def _sight_row(relation: Relation) -> tuple[str, ...]:
    sight = relation.sight
    return (
        relation.words,
        _yes(sight.existence),
        "reference, author, last saved" if sight.line else _summary(sight),
        _full(sight),
        _yes(sight.sensitive),
        "those addressed to both" if sight.snapshot else AMOUNTS[sight.letters],
        "those ticked for sharing" if sight.snapshot else AMOUNTS[sight.documents],
        _yes(sight.notes),
        _doable(sight),
    )


def _summary(sight: Sight) -> str:
    if sight.invitation:
        return "yes, and the inviting organization" if sight.summary else "inviting organization, country, kind"
    return _yes(sight.summary)


def _full(sight: Sight) -> str:
    if sight.snapshot:
        return "the signed snapshot"
    return "title only" if sight.invitation else _yes(sight.full)


def _yes(held: bool) -> str:
    return "yes" if held else "–"


def _doable(sight: Sight) -> str:
    return ", ".join(f"`{action}`" for action in sorted(sight.actions)) or "–"


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(headings)]
    lines.append(["---"] * len(lines[0]))
    lines.extend([cell.replace("|", "\\|") for cell in row] for row in rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
