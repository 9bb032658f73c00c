"""From a finding's rule and parameters to the sentence, in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from requests_app.rules.registry import RULES, Rule
from requests_app.rules.sources import DOCUMENTS


def short_code(code: str) -> str:
    """C087 as C.87."""
    return f"{code[0]}.{int(code[1:])}"


def day_text(day: str) -> str:
    """An ISO date, a month (2023-07) or a year, as the reader writes it; a list may have none."""
    if not day:
        return _("unknown date")
    if len(day) == 10:
        return date_format(date.fromisoformat(day), "DATE_FORMAT")
    return date_format(date.fromisoformat(f"{day}-01"), "YEAR_MONTH_FORMAT") if len(day) == 7 else day


def instruments(rows: list[list[str]]) -> str:
    """Rows of code and date as “C.87 (7 June 1960), C.98”."""
    named = []
    for code, day in rows:
        words = {"code": short_code(code), "day": day_text(day)}
        named.append(_("%(code)s (%(day)s)") % words if day else words["code"])
    return ", ".join(named)


def units(rows: list[list[str]]) -> str:
    """Rows of unit kind, city and level as a list of names."""
    names = {
        "branch": _("the Freedom of Association Branch"),
        "actrav": "ACTRAV",
        # Document 000 names the Branch and ACTRAV only.
        "actemp": _("ACT/EMP (derived from %(document)s)") % {"document": DOCUMENTS["002"].cited_as},
    }
    named = []
    for kind, city, level in rows:
        name = names.get(kind) or _("the specialists in %(city)s") % {"city": city}
        named.append(_("%(unit)s (informed)") % {"unit": name} if level == "informed" else name)
    return ", ".join(named)


FORMATS: Mapping[str, Callable[[Any], str]] = {"instruments": instruments, "units": units, "list_date": day_text}


def sentence(rule_id: str, params: Mapping[str, Any]) -> str:
    """What the rule found. A rule that is no longer among ours is named by its id alone."""
    found = RULES.get(rule_id)
    if found is None:
        return _("Finding of rule %(rule)s, which is no longer in use") % {"rule": rule_id}
    return _words(found.sentences, params)


def asking(rule_id: str, params: Mapping[str, Any]) -> str:
    """What an officer would ask the requester about this finding; empty where there is nothing to ask."""
    found: Rule | None = RULES.get(rule_id)
    return _words(found.ask, params) if found and found.ask else ""


def _words(by_variant: Mapping[str, Any], params: Mapping[str, Any]) -> str:
    template = by_variant.get(params.get("variant", ""), next(iter(by_variant.values())))
    shown = {name: FORMATS[name](value) if name in FORMATS else value for name, value in params.items()}
    return str(template) % shown
