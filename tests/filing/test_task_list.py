"""The task list of a draft: how far each section has come, and where to go on."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app.kinds import DIRECT_CONTACTS, NOT_SURE
from requests_app.models import PoliticalWill, Request
from requests_app.models.sections.registry import sections_of
from tests.factories import KINDS, a_draft
from tests.filing.browser import Shown, fill, words

pytestmark = pytest.mark.django_db


def rows(client: Client, request: Request) -> dict[str, str]:
    """The word beside each section, by the section's heading."""
    shown = Shown(client.get(reverse("requests:detail", args=[request.reference])))
    found = {}
    for row in shown.all("li"):
        tag = next((node for node in row.iter("span") if (node.get("id") or "").startswith("state-")), None)
        if tag is not None:
            found[words(next(row.iter("a")))] = words(tag)
    return found


def section(request: Request, slug: str) -> str:
    return reverse("requests:section", args=[request.reference, slug])


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_answered_throughout_is_complete_and_leads_to_the_check(client: Client, union: User, kind: str) -> None:
    draft = a_draft(kind, by=union)
    assert rows(client, draft) == {
        "Kind and title": "Complete",
        **{str(model.heading): "Complete" for model in sections_of(kind)},
        "Documents": "None yet (optional)",
    }
    shown = Shown(client.get(reverse("requests:detail", args=[draft.reference])))
    assert shown.links["Check and send"] == reverse("requests:check", args=[draft.reference])
    assert not [text for text in shown.links if text.startswith("Continue with")]


@pytest.mark.parametrize("kind", [NOT_SURE, DIRECT_CONTACTS])
def test_an_empty_draft_counts_its_sections_and_continues_with_the_first(
    client: Client, union: User, kind: str
) -> None:
    draft = a_draft(kind, by=union, filled=False)
    assert set(rows(client, draft).values()) == {"Complete", "Not started", "None yet (optional)"}
    shown = Shown(client.get(reverse("requests:detail", args=[draft.reference])))
    assert f"1 of {len(sections_of(kind)) + 1} sections complete." in shown.text
    assert shown.links["Continue with “The situation”"] == section(draft, "situation")


def test_started_is_in_progress_and_what_cannot_be_read_is_a_problem(client: Client, union: User) -> None:
    draft = a_draft(by=union, filled=False)
    fill(client, section(draft, "situation"), {"happening": "Three refusals."})
    assert rows(client, draft)["The situation"] == "In progress"
    fill(client, section(draft, "situation"), {"since": "soon"})
    assert rows(client, draft)["The situation"] == "There is a problem"
    fill(client, section(draft, "situation"), {"since": ""})
    assert rows(client, draft)["The situation"] == "In progress"


def test_not_yet_and_nothing_so_far_are_answers(client: Client, union: User) -> None:
    answers = {PoliticalWill: {"wanted": "not_yet", "signs": ["nothing"]}}
    draft = a_draft(by=union, filled=False, answers=answers)
    assert rows(client, draft)["Political will"] == "Complete"


def test_a_draft_without_a_title_says_so(client: Client, union: User) -> None:
    draft = a_draft(by=union, title="")
    assert rows(client, draft)["Kind and title"] == "In progress"
    shown = Shown(client.get(reverse("requests:detail", args=[draft.reference])))
    assert words(shown.all("h1")[0]) == "Request without a title"


def test_the_findings_beside_it_lead_to_their_question(client: Client, union: User) -> None:
    draft = a_draft(by=union, filled=False)
    shown = Shown(client.get(reverse("requests:detail", args=[draft.reference])))
    path, _hash, anchor = shown.links["Go to “What outcome do you hope for?”"].partition("#")
    assert words(Shown(client.get(path)).by_id[anchor]) == ""
    assert (path, anchor) == (section(draft, "seminar"), "id_outcome")
