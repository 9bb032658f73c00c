"""A page costs as many queries for twenty requests as for one, and never more than twelve."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from base.references import new_reference
from requests_app.models import Request, Seminar
from tests import factories as make
from tests.walls.pages import browser

pytestmark = pytest.mark.django_db
MOST = 12
MANY = 20


def cost(client: Client, address: str) -> int:
    """The queries of a page at the second look: the first one starts the clock of the session."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return len(queries)


def at_the_desk(view: str) -> Callable[[], str]:
    return lambda: f"{reverse('admin:requests_request_changelist')}?view={view}"


LISTS = {
    "my requests": ("writer", lambda: reverse("requests:list")),
    "my requests, an administrator's": ("administrator", lambda: reverse("requests:list")),
    "the queue, Branch": ("branch", at_the_desk("all")),
    "the queue, informed only": ("actemp", at_the_desk("all")),
    "home of the desk": ("branch", lambda: reverse("admin:index")),
}
INFORMING = {Seminar: {"taking_part": ["employers"]}}


def person(role: str) -> User:
    """A member of the union in this role, or an officer of this unit."""
    if role in ("branch", "actemp"):
        return make.an_officer(role)
    if role == "writer":
        return make.a_union()  # the author of everything that is made here
    return make.a_member(role=role, email=f"{role}@example.org")


@pytest.mark.parametrize("page", LISTS)
def test_a_list_of_twenty_costs_as_much_as_a_list_of_one(page):
    role, address = LISTS[page]
    make.a_request(answers=INFORMING)
    make.a_draft(filled=False)
    client = browser(person(role))
    one = cost(client, address())
    make_many(Request.objects.get(status="sent"), Request.objects.get(status="draft"))
    assert cost(client, address()) == one <= MOST


def make_many(sent: Request, draft: Request) -> None:
    """Copies of a request and of a draft, each with its routing and its event."""
    routings, events = list(sent.routings.all()), list(sent.events.all())
    for found in (sent, draft) * (MANY // 2):
        rows = [*routings, *events] if found is sent else []
        found.pk, found.reference, found.form_key = None, new_reference(), uuid.uuid4()
        found.save(force_insert=True)
        for row in rows:
            row.pk, row.request = None, found
            if hasattr(row, "uid"):
                row.uid = uuid.uuid4()
            row.save(force_insert=True)


# Pages of one request: of a draft, of what was sent, and the dossier. Address → who looks.
PAGES = {
    "task list of a draft": ("draft", "writer", "requests:detail", []),
    "section of a draft": ("draft", "writer", "requests:section", ["situation"]),
    "section with Conventions": ("draft", "writer", "requests:section", ["conventions"]),
    "check and send": ("draft", "writer", "requests:check", []),
    "preview": ("draft", "writer", "requests:preview", []),
    "status": ("sent", "writer", "requests:detail", []),
    "answers": ("sent", "writer", "requests:answers", []),
    "copy": ("sent", "writer", "requests:copy_html", []),
    "copy of a draft": ("draft", "writer", "requests:copy_html", []),
    "receipt": ("sent", "writer", "requests:sent_html", []),
    "letters": ("sent", "writer", "requests:letters", []),
    "dossier": ("sent", "branch", "admin:requests_request_change", []),
    "action of the desk": ("sent", "branch", "admin:requests_request_act", ["take"]),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_request_costs_the_same_however_many_there_are(page):
    about, role, name, more = PAGES[page]
    found = make.a_request() if about == "sent" else make.a_draft()
    other = make.a_draft(filled=False) if about == "sent" else make.a_request(filled=True)
    client, address = browser(person(role)), reverse(name, args=[found.reference, *more])
    one = cost(client, address)
    sent, draft = (found, other) if about == "sent" else (other, found)
    make_many(Request.objects.get(pk=sent.pk), Request.objects.get(pk=draft.pk))
    assert cost(client, address) == one
    assert one <= MORE.get(page, MOST)


# The pages that read more, and why.
MORE = {
    # Everything that an officer reads of a request, the record of his look, what is on record of the country.
    "dossier": 22,
    # Answers, findings, dates, documents, letters, readers and who signed on one page, to be kept.
    "copy": 15,
    # The same as it was then: the first revision, its findings, its documents.
    "receipt": 14,
}
