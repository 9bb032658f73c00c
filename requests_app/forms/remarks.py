"""Words beside choices: what the list says of ratification, beside each Convention."""

from datetime import date

from django.utils.html import format_html
from django.utils.translation import gettext as _

from requests_app.models import Answered, Conventions
from requests_app.models.on_record import called
from requests_app.models.question import Wording
from requests_app.models.sections.conventions import LISTED
from requests_app.rules.facts import DENOUNCED, NOT_RATIFIED, RATIFIED
from requests_app.rules.sentences import day_text
from standards.lookup import RatificationFact, ratifications_on
from supervisory.models import SupervisoryItem


def remarks(part: Answered, country: str, on: date) -> dict[str, dict[str, Wording]]:
    """The remarks for the controls of `part`, by field name and code. Some queries for the Conventions, else none."""
    if not isinstance(part, Conventions):
        return {}
    return {
        "instruments": {code: ratification(fact) for code, fact in ratifications_on(country, LISTED, on).items()},
        "recorded": {item.key: public_text(item) for item in part.on_record if item.url},
    }


def public_text(item: SupervisoryItem) -> Wording:
    """A link to the public text of an item, told apart from the others for who hears the page."""
    words = (item.url, _("Public text"), called(item))
    return format_html('<a href="{}" rel="noreferrer">{}<span class="hide"> – {}</span></a>', *words)


def ratification(fact: RatificationFact) -> str:
    """What the list says of one Convention; what is not known is said to be not known."""
    day = day_text(fact.date.isoformat()) if fact.date else str(fact.year or "")
    sentences = {
        RATIFIED: _("Ratified on %(day)s") if fact.date else _("Ratified in %(day)s") if day else _("Ratified"),
        NOT_RATIFIED: _("Not ratified"),
        DENOUNCED: _("Denounced"),
    }
    words = {"day": day, "list": day_text(fact.list_date)}
    said = sentences.get(fact.status, _("Not known whether ratified")) % words
    if fact.list_date:
        said = _("%(said)s (list of %(list)s)") % {"said": said, **words}
    if fact.confidence == "low":
        said = _("%(said)s, low confidence") % {"said": said}
    return said
