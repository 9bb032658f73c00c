"""The five source documents by the number that rules cite."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.rules.finding import Source


@dataclass(frozen=True)
class Document:
    """A document: its symbol, or its title where it has none."""

    number: str
    cited_as: object


DOCUMENTS: Final = {
    document.number: document
    for document in (
        Document("000", gettext_lazy("ILO guide “Assistance by the International Labour Office”")),
        Document("001", "GB.285/LILS/5"),
        Document("002", "GB.295/TC/6/1"),
        Document("003", gettext_lazy("ILO page “Technical assistance and training”")),
        Document("004", gettext_lazy("International Labour Conference 2006, report on technical cooperation")),
    )
}


def cite(source: Source) -> str:
    """The citation in the active language, for example “GB.285/LILS/5, paragraph 35”."""
    words = {"document": DOCUMENTS[source.document].cited_as, "place": source.place}
    if source.derived:
        return _("derived from %(document)s, %(place)s") % words
    return _("%(document)s, %(place)s") % words
