"""The rules by which requests are looked at, with their sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from requests_app.catalogue import places
from requests_app.kinds import KINDS
from requests_app.models.question import Wording
from requests_app.reading import LOOKS
from requests_app.rules.finding import LEVELS
from requests_app.rules.registry import RULES, Rule
from requests_app.rules.sources import cite
from ta_portal.public.caching import for_everybody

# What stands in a sentence where a finding of a request names something.
STANDS_FOR: Mapping[str, Promise] = {
    "instruments": _("[the Conventions]"),
    "list_date": _("[date of the list]"),
    "units": _("[the units]"),
}


@dataclass(frozen=True)
class RuleLine:
    """A rule in the active language. `kinds` is empty for a rule that applies to every kind of help."""

    id: str
    about: str
    level: Promise
    look: str
    sentences: tuple[str, ...]
    asks: tuple[str, ...]
    question: str
    wording: Wording
    kinds: tuple[Promise, ...]
    source: str
    version: int
    since: date


@for_everybody
def rules(request: HttpRequest) -> HttpResponseBase:
    """All rules by level, in the order in which they were written."""
    wordings = question_wordings()
    lines = [rule_line(found, wordings) for found in RULES.values()]
    levels = [(word, [line for line in lines if line.level == word]) for word in LEVELS.values()]
    return render(request, "public/rules.html", {"levels": [(word, held) for word, held in levels if held]})


@for_everybody
def rule(request: HttpRequest, rule_id: str) -> HttpResponseBase:
    """One rule. Raises Http404 for an id that is not among ours."""
    if rule_id not in RULES:
        raise Http404
    return render(request, "public/rule.html", {"rule": rule_line(RULES[rule_id], question_wordings())})


def question_wordings() -> dict[str, Wording]:
    """The wording of every question by its id."""
    return {found: place.question.wording for kind in KINDS for found, place in places(kind).items()}


def rule_line(found: Rule, wordings: Mapping[str, Wording]) -> RuleLine:
    """A rule as a page shows it."""
    return RuleLine(
        id=found.id,
        about=" ".join(found.about.split()) if get_language() == "en" else "",  # the source's own words
        level=LEVELS[found.level],
        look=LOOKS[found.level],
        sentences=tuple(str(words) % STANDS_FOR for words in found.sentences.values()),
        asks=tuple(str(words) % STANDS_FOR for words in found.ask.values()),
        question=found.question,
        wording=wordings.get(found.question, ""),
        kinds=tuple(kind.label for slug, kind in KINDS.items() if slug in found.kinds),
        source=cite(found.source),
        version=found.version,
        since=found.since,
    )
