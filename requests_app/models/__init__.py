"""The models of a request, one file per idea."""

from requests_app.models.assignment import Assignment
from requests_app.models.cosignature import CoSignature
from requests_app.models.document import Document
from requests_app.models.examination import Examination, StoredFinding
from requests_app.models.exchange import Letter, Note
from requests_app.models.kept import KeptForm
from requests_app.models.links import LinkKind, SupervisoryLink
from requests_app.models.publication import Publication, PublishedItem
from requests_app.models.record import Access, Event, Revision
from requests_app.models.request import Request
from requests_app.models.result import Result, ResultLink
from requests_app.models.routing import DraftShare, Routing
from requests_app.models.search import RequestWords
from requests_app.models.sections.base import Answered, Section
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
from requests_app.models.snapshot import Snapshot

# Everything that has answers: the request itself and its sections.
Part = Request | Section

__all__ = [
    "Access",
    "Answered",
    "Assignment",
    "CoSignature",
    "Conventions",
    "DirectContacts",
    "Document",
    "DraftLaw",
    "DraftShare",
    "Event",
    "Examination",
    "Funding",
    "LabourRelations",
    "KeptForm",
    "Letter",
    "LinkKind",
    "NotSure",
    "Note",
    "Part",
    "People",
    "Publication",
    "PublishedItem",
    "PoliticalWill",
    "Provision",
    "Request",
    "RequestWords",
    "Result",
    "ResultLink",
    "Revision",
    "Routing",
    "Section",
    "Seminar",
    "Situation",
    "Snapshot",
    "StoredFinding",
    "SupervisoryLink",
    "Visit",
]
