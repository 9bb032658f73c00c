"""Every page of a constituent: good HTML, a name for every control, few queries and as many as it needs."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from requests_app import states
from requests_app.models import Request
from requests_app.models.sections.registry import sections_of
from requests_app.services import filing
from tests.factories import KINDS, a_draft, a_request, a_union
from tests.filing.browser import Shown, flaws, words
from tests.filing.conftest import at_the_browser

pytestmark = pytest.mark.django_db
MOST = 12


def queries(client: Client, path: str) -> int:
    """How many queries the page costs, the minute's note in the session with them; the page is checked too."""
    with CaptureQueriesContext(connection) as found:
        response = client.get(path)
    assert response.status_code == 200, path
    assert flaws(response) == [], path
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in found)


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_a_draft(client: Client, union: User, kind: str, filled: bool) -> None:
    draft = a_draft(kind, by=union, filled=filled)
    pages = [reverse(f"requests:{name}", args=[draft.reference]) for name in ("detail", "check", "preview", "answers")]
    slugs = ["request", *(section.slug for section in sections_of(kind))]
    pages += [reverse("requests:section", args=[draft.reference, slug]) for slug in slugs]
    pages += [reverse("requests:delete", args=[draft.reference]), reverse("requests:new"), reverse("requests:list")]
    assert {path: count for path in pages if (count := queries(client, path)) > MOST} == {}


@pytest.mark.parametrize("status", [states.SENT, states.QUESTION_OUT, states.IN_PREPARATION, states.CLOSED])
def test_every_page_of_what_was_sent(client: Client, union: User, status: str) -> None:
    request = a_request(status=status, by=union)
    names = ["detail", "answers", "letters"] + (["withdraw"] if status in states.OPEN else [])
    pages = [reverse(f"requests:{name}", args=[request.reference]) for name in names]
    if letter := filing.open_question(request):
        pages.append(reverse("requests:answer", args=[request.reference, letter.uid]))
    assert {path: count for path in pages if (count := queries(client, path)) > MOST} == {}


def more_drafts(union: User) -> None:
    for _ in range(3):
        a_draft(by=union, filled=False)


def more_sent(union: User) -> None:
    for _ in range(3):
        a_request(by=union)


def more_letters(union: User) -> None:
    request = Request.objects.filter(status=states.SENT).first()
    for number in range(3):
        filing.write(request, f"Letter {number}", by=union)


@pytest.mark.parametrize(
    ("page", "more"), [("list", more_drafts), ("list", more_sent), ("letters", more_letters), ("detail", more_letters)]
)
def test_more_rows_cost_no_more_queries(union: User, page: str, more: Callable[[User], None]) -> None:
    request = a_request(by=union)
    a_draft(by=union, filled=False)
    path = reverse(f"requests:{page}", args=[] if page == "list" else [request.reference])
    more(union)  # what hangs on a row is asked for from the first row on
    before = queries(at_the_browser(a_union()), path)
    more(union)
    assert queries(at_the_browser(a_union()), path) == before


@pytest.mark.parametrize("kind", KINDS)
def test_every_group_of_choices_is_called_by_its_question(client: Client, union: User, kind: str) -> None:
    draft = a_draft(kind, by=union, filled=False)
    for section in sections_of(kind):
        shown = Shown(client.get(reverse("requests:section", args=[draft.reference, section.slug])))
        legends = {
            node.get("id"): words(node.find("legend")).removesuffix(" (optional)") for node in shown.all("fieldset")
        }
        for question in section.questions:
            first = f"id_{question.fields[0]}"
            if first in legends:
                assert legends[first] == str(question.wording)


def test_every_page_has_a_title_of_its_own(client: Client, union: User) -> None:
    draft = a_draft(by=union)
    slugs = ["request", *(section.slug for section in sections_of(draft.kind))]
    pages = [reverse("requests:section", args=[draft.reference, slug]) for slug in slugs]
    pages += [reverse(f"requests:{name}", args=[draft.reference]) for name in ("detail", "check", "preview", "answers")]
    titles = [Shown(client.get(path)).title for path in pages]
    assert len(set(titles)) == len(titles)
