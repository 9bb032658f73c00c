"""Which sections a kind of help asks for, in which order, and under which heading of the task list."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.kinds import DIRECT_CONTACTS, DRAFT_LAW, NOT_SURE, OPINION, SEMINAR, VISIT
from requests_app.models.sections.base import Section
from requests_app.models.sections.conventions import Conventions
from requests_app.models.sections.direct_contacts import DirectContacts
from requests_app.models.sections.draft_law import DraftLaw
from requests_app.models.sections.funding import Funding
from requests_app.models.sections.labour_relations import LabourRelations
from requests_app.models.sections.not_sure import NotSure
from requests_app.models.sections.people import People
from requests_app.models.sections.political_will import PoliticalWill
from requests_app.models.sections.provision import Provision
from requests_app.models.sections.seminar import Seminar
from requests_app.models.sections.situation import Situation
from requests_app.models.sections.visit import Visit

# The sections that depend on the kind of help. The one visit serves direct contacts and advisory visit.
BY_KIND: Final[dict[str, tuple[type[Section], ...]]] = {
    SEMINAR: (Seminar,),
    DRAFT_LAW: (DraftLaw,),
    OPINION: (Provision,),
    DIRECT_CONTACTS: (DirectContacts, Visit),
    VISIT: (Visit,),
    NOT_SURE: (NotSure,),
}


@dataclass(frozen=True)
class Group:
    """A heading of the task list and the sections under it; an empty tuple stands for those of the kind."""

    title: Promise
    sections: tuple[type[Section], ...]
    with_kind: bool = False


GROUPS: Final = (
    Group(_("The request"), (Situation, Conventions)),
    Group(_("Chances of success"), (PoliticalWill, LabourRelations)),
    Group(_("How it would be done"), (Funding,), with_kind=True),
    Group(_("Send"), (People,)),
)

ALL_SECTIONS: Final[tuple[type[Section], ...]] = tuple(
    dict.fromkeys(
        [section for group in GROUPS for section in group.sections]
        + [section for sections in BY_KIND.values() for section in sections]
    )
)
BY_SLUG: Final = {section.slug: section for section in ALL_SECTIONS}


def group_sections(group: Group, kind: str) -> tuple[type[Section], ...]:
    """The sections under `group` for this kind of help."""
    return (BY_KIND[kind] if group.with_kind else ()) + group.sections


def sections_of(kind: str) -> tuple[type[Section], ...]:
    """The sections that `kind` asks for, in the order of the task list."""
    return tuple(section for group in GROUPS for section in group_sections(group, kind))
