"""The five kinds of help (document 000, "Impact: Types of assistance") and "not sure"."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SEMINAR: Final = "seminar"
DRAFT_LAW: Final = "draft_law"
OPINION: Final = "opinion"
DIRECT_CONTACTS: Final = "direct_contacts"
VISIT: Final = "visit"
NOT_SURE: Final = "not_sure"


@dataclass(frozen=True)
class Kind:
    """A kind of help: what the form calls it and the line that explains it."""

    slug: str
    label: Promise
    explained: Promise


KINDS: Final = {
    kind.slug: kind
    for kind in (
        Kind(SEMINAR, _("Seminar or information"), _("To make the principles known, or to resolve a difficulty.")),
        Kind(DRAFT_LAW, _("Comments on a draft law"), _("The Office reads a draft in the light of the principles.")),
        Kind(
            OPINION,
            _("Opinion on the meaning of a provision"),
            _("What a provision of a Convention or Recommendation means."),
        ),
        Kind(
            DIRECT_CONTACTS,
            _("Direct contacts during a complaint"),
            _("A mission at the government's invitation while a procedure is under way."),
        ),
        Kind(VISIT, _("Informal advisory visit"), _("Officials come, listen and advise; no procedure is needed.")),
        Kind(NOT_SURE, _("We are not sure"), _("Describe the help you imagine; the officer proposes a kind.")),
    )
}
