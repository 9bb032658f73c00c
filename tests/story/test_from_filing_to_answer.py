"""The main job, end to end: pages, desk, a real worker process, mail in a folder; on the engines that the run names."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from outbox.folder import mails_to
from outbox.models import Notice, State
from requests_app.models import Request
from tests.story.waiting import Lines, until

UNION, BRANCH, ACTRAV, STATION = (f"{name}@example.org" for name in ("workers", "officer", "actrav", "specialist"))
STRANGERS = ("workers2", "employers", "government", "actemp", "admin")
ANSWERS = {
    "situation": {
        "happening": "Registration of three unions was refused; two leaders were dismissed.",
        "issues": ["forming"],
    },
    "conventions": {"instruments": ["C087"], "commented": "no"},
    "political-will": {
        "wanted": "partly",
        "signs": ["statement", "talks"],
        "described": "The minister said so in March.",
    },
    "labour-relations": {
        "improved": "Both sides would meet again in the joint committee.",
        "settled": "The three files would be looked at again.",
        "parties": "all",
    },
    "visit": {"received": "yes", "improvement": "The registrar would hear it at first hand.", "who": "office"},
    "funding": {"costs": ["time_only"]},
    "people": {"name": "A. Mbarga", "function": "Secretary", "email": "a@example.org", "may_know": "only_office"},
}


def signed_in(address: str) -> Client:
    """A browser of that person."""
    client = Client()
    client.force_login(User.objects.get(email=address), backend="accounts.backends.RoleBackend")
    return client


def findings(request: Request) -> set[str]:
    """The rules that found something missing or to clarify at the last examination."""
    request.refresh_from_db()
    assert request.examination is not None
    return {found.rule for found in request.examination.findings.all() if found.is_open}


def told(kind: str) -> Counter[str]:
    """To whom a notice of this kind was sent, and how often."""
    return Counter(Notice.objects.filter(kind=f"request.{kind}", state=State.SENT).values_list("address", flat=True))


def desk(client: Client, reference: str, action: str, **typed: object) -> None:
    """An officer's action: its page, then its button."""
    address = f"/admin/requests/request/{reference}/{action}/"
    assert client.get(address).status_code == 200
    assert client.post(address, typed).status_code == 302


def test_a_request_goes_from_filing_to_a_decision_and_everybody_concerned_is_told(worker: Lines) -> None:
    union, officer = signed_in(UNION), signed_in(BRANCH)

    made = union.post(reverse("requests:new"), {"kind": "visit", "country": "CM", "title": "Registration of unions"})
    reference = made.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    for section, answers in ANSWERS.items():
        page = reverse("requests:section", args=[reference, section])
        version = union.get(page).context["version"]
        assert union.post(page, {**answers, "version": version}).status_code == 302
    assert not Notice.objects.exists()
    assert union.post(reverse("requests:check", args=[reference]), {"declared": "yes"}).status_code == 303

    request = Request.objects.get(reference=reference)
    assert request.status == "sent"
    assert findings(request) == {"MIS-2", "MIS-3"}
    routed = {(row.unit.kind, row.unit.station_id, row.level) for row in request.routings.current()}
    assert routed == {("branch", None, "full"), ("actrav", None, "full"), ("station", "YAO", "full")}
    until(lambda: sum(told("new").values()) == 3 and told("received"), "notices of the new request")
    assert told("new") == Counter([BRANCH, ACTRAV, STATION])
    assert told("received") == Counter([UNION])

    desk(officer, reference, "take")
    asked = [str(found.uid) for found in request.examination.findings.filter(rule__in=("MIS-2", "MIS-3"))]
    first_step = officer.get(f"/admin/requests/request/{reference}/ask/", {"compose": "1", "finding": asked})
    letter = first_step.context["typed"].text
    assert "from outside" in letter and "Which result" in letter
    desk(officer, reference, "ask", text=letter, question=["M2", "M3"])
    until(lambda: told("question"), "the notice of the question")

    page = union.get(reverse("requests:detail", args=[reference]))
    answer = reverse("requests:answer", args=[reference, page.context["waiting"].uid])
    assert answer in page.content.decode()
    typed = {
        "visit-come_from": "region",
        "visit-result": "A date by which the files are decided.",
        "text": "Here it is.",
    }
    assert union.post(answer, typed).status_code == 302
    assert findings(request) == set()
    until(lambda: told("answered"), "the notice of the answer")
    assert told("answered") == Counter([BRANCH])

    desk(officer, reference, "accept", text="It was found suitable.")
    until(lambda: told("accepted") and sum(told("decided").values()) == 2, "the notices of the decision")
    assert told("accepted") == Counter([UNION])
    assert told("decided") == Counter([ACTRAV, STATION])

    actions = list(request.events.values_list("action", flat=True))
    assert actions == ["send", "take", "ask", "answer", "accept"]
    status = union.get(reverse("requests:detail", args=[reference]))
    assert "Found suitable" in status.content.decode() and "It was found suitable." in status.content.decode()
    assert not Notice.objects.exclude(state=State.SENT).exists()
    assert sorted(mail.subject.split(": ")[1] for mail in mails_to(UNION)) == [
        "a question for you",
        "found suitable",
        "received",
        "your answer was received",
    ]
    assert_hidden_from_others(reference)


def assert_hidden_from_others(reference: str) -> None:
    """Whoever is not concerned gets the 404 of an unknown request on every page, and no trace in any list."""
    unknown = "FA-0000-0000"
    for name in STRANGERS:
        stranger = signed_in(f"{name}@example.org")
        for page in ("detail", "check", "preview", "answers", "letters", "withdraw", "delete"):
            found = stranger.get(reverse(f"requests:{page}", args=[reference]))
            missing = stranger.get(reverse(f"requests:{page}", args=[unknown]))
            assert (found.status_code, len(found.content)) == (404, len(missing.content)), (name, page)
        for address in (f"/admin/requests/request/{reference}/{step}/" for step in ("change", "take", "note")):
            assert stranger.get(address).status_code in (302, 404), (name, address)
            # Its links to the other languages repeat where one wanted to go.
            assert reference not in stranger.get(address).content.decode().replace(address, "")
        for address in ("/en/", "/en/requests/", "/admin/", "/admin/requests/request/?view=all", "/try-out/mail/"):
            assert reference not in stranger.get(address, follow=True).content.decode(), (name, address)
        assert not mails_to(f"{name}@example.org")
    assert Client().get(reverse("requests:detail", args=[reference])).status_code == 302


@pytest.mark.needs_redis
def test_with_redis_down_a_request_is_sent_and_all_notices_arrive_once_when_it_is_back(start_worker, own_redis) -> None:
    union = signed_in(UNION)
    made = union.post(reverse("requests:new"), {"kind": "visit", "country": "CM", "title": "Registration of unions"})
    reference = made.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    for section in ("situation", "people"):
        page = reverse("requests:section", args=[reference, section])
        union.post(page, {**ANSWERS[section], "version": union.get(page).context["version"]})

    own_redis.stop()
    assert union.post(reverse("requests:check", args=[reference]), {"declared": "yes"}).status_code == 303
    assert Request.objects.get(reference=reference).status == "sent"
    assert set(Notice.objects.values_list("state", flat=True)) == {State.DUE}

    own_redis.start()
    with start_worker(own_redis.url):
        until(lambda: not Notice.objects.exclude(state=State.SENT).exists(), "all notices sent")
    assert told("new") == Counter([BRANCH, ACTRAV, STATION]) and told("received") == Counter([UNION])
    assert [len(mails_to(address)) for address in (UNION, BRANCH, ACTRAV, STATION)] == [1, 1, 1, 1]
