"""The whole way of a request by form posts alone: from the first page to the confirmation."""

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.kinds import DIRECT_CONTACTS
from requests_app.models import Letter, Request
from requests_app.services import filing, triage
from tests.factories import KINDS, an_officer, seen_by
from tests.filing.browser import Shown, flaws, follow

# With the organization, which is the only one, these are the eight answers that sending needs.
BEGUN = {"country": "CM", "title": "Registration in the health sector"}
NEEDED = {
    "situation": {"happening": "Registration of three unions was refused in January."},
    "people": {"email": "ada@example.org", "may_know": "only_office"},
}


class Walk:
    """Goes from page to page as a person does, and counts them."""

    def __init__(self, client: Client) -> None:
        self.client, self.pages = client, 0
        self.path, self.shown = "", Shown(self.client.get(reverse("home")))

    def open(self, path: str) -> None:
        response = self.client.get(path)
        assert response.status_code == 200, path
        self.arrive(response)

    def arrive(self, response) -> None:
        response = follow(self.client, response)
        self.pages += 1
        self.path, self.shown = response.request["PATH_INFO"], Shown(response)
        assert flaws(response) == []

    def press(self, **data: str) -> None:
        self.arrive(self.client.post(self.path, {**self.shown.filled(), **data}))


@pytest.mark.parametrize("kind", KINDS)
def test_eight_answers_and_twelve_pages_lead_from_the_start_to_the_confirmation(client: Client, kind: str) -> None:
    walk = Walk(client)
    walk.open(reverse("requests:new"))
    walk.press(**BEGUN, kind=kind)
    reference = Request.objects.get().reference
    walk.open(next(href for text, href in walk.shown.links.items() if text.startswith("Continue with")))
    while not walk.path.endswith("/check/"):
        slug = walk.path.rstrip("/").rsplit("/", 1)[-1]
        walk.press(**NEEDED.get(slug, {}), go="next")
    walk.press(declared="yes")
    assert walk.path == reverse("requests:detail", args=[reference])
    assert f"Your request {reference} has been sent." in walk.shown.messages
    assert Request.objects.get().status == "sent"
    assert walk.pages <= 12 + (kind == DIRECT_CONTACTS)  # its procedure is a section of its own


def test_a_request_is_asked_about_answered_and_withdrawn_by_forms_alone(client: Client, union) -> None:
    walk = Walk(client)
    walk.open(reverse("requests:new"))
    walk.press(**BEGUN, kind="seminar")
    request = seen_by(union, Request.objects.get())
    for slug, answers in NEEDED.items():
        walk.open(reverse("requests:section", args=[request.reference, slug]))
        walk.press(**answers, go="all")
    walk.open(reverse("requests:check", args=[request.reference]))
    walk.press(declared="yes")
    officer = an_officer()
    triage.take(seen_by(officer, request), by=officer)
    triage.ask(seen_by(officer, request), "Who is the audience?", ["A3"], by=officer)
    walk.open(reverse("requests:list"))
    assert "Waiting for you" in walk.shown.text
    walk.open(reverse("requests:detail", args=[request.reference]))
    walk.open(walk.shown.links["Answer"])
    walk.press(**{"seminar-audience": "judges", "text": "Twenty judges."})
    assert "Your answer has been sent." in walk.shown.messages
    assert filing.open_question(request) is None
    assert Letter.objects.get(kind="answer").text == "Twenty judges."
    walk.open(walk.shown.links["Withdraw the request"])
    walk.press(text="")
    assert Request.objects.get().status == "withdrawn"
