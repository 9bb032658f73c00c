"""Actions at the desk: each does what it says, refuses in the page with the typed text kept, and is harmless twice."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from requests_app import states
from requests_app.kinds import OPINION, SEMINAR
from requests_app.models import Access, Event, Letter, Note, Request, Seminar
from requests_app.services.filing import LETTER_LIMIT
from tests.desk.conftest import act_address, dossier
from tests.factories import a_request, a_specialist, a_superuser, an_employer, an_officer, go, seen_by

TEXT = "Dear colleagues, a text that nobody wants to type twice."
NEXT = "A seminar next year can be asked for."

# action: from which status, what is typed, where it leads
ACTIONS = {
    "take": (states.SENT, {}, states.IN_EXAMINATION),
    "ask": (states.IN_EXAMINATION, {"text": TEXT, "question": ["C3"]}, states.QUESTION_OUT),
    "accept": (states.IN_EXAMINATION, {"text": TEXT}, states.ACCEPTED),
    "decline": (states.IN_EXAMINATION, {"text": TEXT, "reason": "No", "alternative": NEXT}, states.DECLINED),
    "no_means": (states.ACCEPTED, {"text": TEXT}, states.NO_MEANS),
    "prepare": (states.ACCEPTED, {}, states.IN_PREPARATION),
    "give": (states.IN_PREPARATION, {"text": TEXT}, states.GIVEN),
    "close": (states.GIVEN, {}, states.CLOSED),
    "reopen": (states.DECLINED, {"text": TEXT}, states.IN_EXAMINATION),
    "note": (states.SENT, {"text": TEXT}, states.SENT),
    "assign": (states.SENT, {"text": TEXT}, states.SENT),
}
WITH_TEXT = [action for action, (_from, typed, _to) in ACTIONS.items() if "text" in typed]


def typed_for(request: Request, action: str) -> dict:
    """What the page of the action posts."""
    version = Request.objects.get(pk=request.pk).version
    more = {"specialist": str(a_specialist().pk)} if action == "assign" else {}
    return {**ACTIONS[action][1], **more, "version": str(version), "view": "all"}


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_opens_explains_and_is_done_once(at_desk, action):
    before, _typed, after = ACTIONS[action]
    request, client = a_request(OPINION, before), at_desk()
    assert client.get(act_address(request, action)).status_code == 200
    typed = typed_for(request, action)
    answer = client.post(act_address(request, action), typed)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"{request.reference}/change/?view=all")
    assert seen_by(request.author, request).status == after
    events = Event.objects.count()
    again = client.post(act_address(request, action), typed)
    assert again.status_code == 409
    assert Event.objects.count() == events


@pytest.mark.parametrize("action", [action for action in ACTIONS if action != "note"])
def test_in_another_state_nothing_is_done_and_the_text_is_kept(at_desk, action):
    request = a_request(OPINION, states.WITHDRAWN)
    events = Event.objects.count()
    looked = at_desk().get(act_address(request, action))
    answer = at_desk().post(act_address(request, action), ACTIONS[action][1])
    assert (looked.status_code, answer.status_code) == (200, 409)
    for page in (looked, answer):
        assert "Withdrawn" in page.text
        assert 'type="submit" class="button' not in page.text
    assert (TEXT in answer.text) is (action in WITH_TEXT)
    assert Event.objects.count() == events


def test_an_action_that_comes_too_early_is_not_called_late(at_desk):
    request = a_request(OPINION)
    page = at_desk().get(act_address(request, "accept")).text
    assert "This is not possible now. The request is: To examine." in page
    assert "was first" not in page


@pytest.mark.parametrize("action", ACTIONS)
def test_matrix_who_may_read_and_not_act_is_told_so_and_who_may_not_know_finds_nothing(at_desk, action):
    request = a_request(OPINION, ACTIONS[action][0])
    typed = typed_for(request, action)
    for unit, status in (("actemp", 404), ("actrav", 200 if action == "note" else 403)):
        client = at_desk(unit)
        assert client.get(act_address(request, action)).status_code == status
        if status != 200:
            assert client.post(act_address(request, action), typed).status_code == status
    assert at_desk(a_superuser()).post(act_address(request, action), typed).status_code == 404
    assert seen_by(request.author, request).status == ACTIONS[action][0]


def test_matrix_who_is_informed_is_told_nothing_by_the_pages_of_actions(at_desk):
    request = a_request(OPINION, states.IN_EXAMINATION, by=an_employer(), title="Zebra crossing")
    for action in ACTIONS:
        for answer in (at_desk("actrav").get(act_address(request, action)),):
            assert answer.status_code == 403
            assert not [
                word for word in ("Zebra", "Employers (fictional)", "Article 2", "Branch Test") if word in answer.text
            ]


@pytest.mark.parametrize("action", ["send", "answer", "withdraw", "edit", "delete", "history", "no-such"])
def test_what_is_no_officers_action_has_no_address(at_desk, action):
    request = a_request(OPINION)
    assert at_desk().get(act_address(request, action)).status_code == 404
    assert at_desk().post(act_address(request, action)).status_code == 404


@pytest.mark.parametrize("action", ["ask", "decline", "no_means", "reopen", "note"])
def test_a_missing_text_is_said_and_nothing_is_sent(at_desk, action):
    request = a_request(OPINION, ACTIONS[action][0])
    typed = {**typed_for(request, action), "text": "  "}
    answer = at_desk().post(act_address(request, action), typed)
    assert answer.status_code == 200
    assert "Write a text" in answer.text
    assert (Note.objects.count(), seen_by(request.author, request).status) == (0, ACTIONS[action][0])


@pytest.mark.parametrize("action", WITH_TEXT)
def test_a_text_that_is_too_long_is_kept_and_its_excess_is_said(at_desk, action):
    request = a_request(OPINION, ACTIONS[action][0])
    typed = {**typed_for(request, action), "text": "a" * (LETTER_LIMIT + 7)}
    answer = at_desk().post(act_address(request, action), typed)
    assert answer.status_code == 200
    assert "it is 7 too long" in answer.text
    assert typed["text"] in answer.text


def test_the_letter_of_a_decision_starts_with_its_opening_and_can_be_left_away(at_desk):
    request = a_request(OPINION, states.IN_EXAMINATION)
    page = at_desk().get(act_address(request, "accept")).text
    assert f"Your request {request.reference} was found suitable" in page
    at_desk().post(act_address(request, "accept"), {"text": ""})
    assert (seen_by(request.author, request).status, Letter.objects.count()) == (states.ACCEPTED, 0)


# Asking


def test_the_ticked_findings_become_the_letter_and_their_questions_are_opened(at_desk):
    answers = {Seminar: {"outcome": "", "audience": [], "audience_text": ""}}
    request, client = a_request(SEMINAR, states.IN_EXAMINATION, answers=answers), at_desk()
    first = client.get(act_address(request, "ask"))
    points = {point.line.rule: point for point in first.context["points"]}
    assert {"SPEC-1", "SPEC-2"} <= set(points)
    assert all(point.ticked for point in points.values())
    ticked = [points["SPEC-1"].line.key, points["SPEC-2"].line.key]
    second = client.get(act_address(request, "ask"), {"compose": "1", "finding": ticked, "question": ["Q7"]})
    letter = second.context["typed"].text
    assert [line[:2] for line in letter.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3."]
    assert "Has a supervisory body commented on this?" in letter
    opened = [question.id for question in second.context["opened"]]
    assert set(opened) == {"Q7", "A3", "A5"}
    client.post(act_address(request, "ask"), {"text": letter + "\n\nThank you.", "question": opened})
    sent = Letter.objects.get()
    assert (set(sent.questions), sent.text.endswith("Thank you.")) == ({"Q7", "A3", "A5"}, True)


def test_asking_nothing_and_asking_what_does_not_belong_are_refused(at_desk):
    request, client = a_request(OPINION, states.IN_EXAMINATION), at_desk()
    assert client.get(act_address(request, "ask"), {"compose": "1", "finding": ["not-a-key"]}).context["refused"]
    answer = client.post(act_address(request, "ask"), {"text": TEXT, "question": ["A3", "'; --"]})
    assert (answer.status_code, TEXT in answer.text) == (200, True)
    assert Letter.objects.count() == 0


def test_three_points_are_asked_in_four_pages_from_the_queue(at_desk):
    answers = {Seminar: {"outcome": "", "audience": [], "audience_text": "", "taking_part": []}}
    request, client = a_request(SEMINAR, states.IN_EXAMINATION, answers=answers), at_desk()
    queue = client.get(reverse("admin:requests_request_changelist"), {"view": "open"})
    assert request.reference in queue.text
    page = dossier(client, request, view="open")
    ticked = [line.key for line in page.context["findings"] if line.level == "missing" and line.ask]
    assert f"({len(ticked)} points)" in page.text
    letter = client.get(act_address(request, "ask"), {"compose": "1", "finding": ticked, "view": "open"})
    posted = {"text": letter.context["typed"].text, "question": [question.id for question in letter.context["opened"]]}
    assert client.post(act_address(request, "ask"), posted).status_code == 302
    assert seen_by(request.author, request).status == states.QUESTION_OUT


# Declining


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"alternative": NEXT}, "Tick a finding or write the reason"),
        ({"reason": "No procedure."}, "Write what else can be done"),
        ({"reason": " ", "alternative": NEXT}, "Tick a finding or write the reason"),
        ({"finding": ["not-a-key"], "alternative": NEXT}, "Tick a finding or write the reason"),
    ],
)
def test_declining_needs_a_reason_and_a_way_out(at_desk, typed, sentence):
    request, client = a_request(OPINION, states.IN_EXAMINATION), at_desk()
    for step in ({"compose": "1"}, {"text": TEXT}):
        answer = client.post(act_address(request, "decline"), {**typed, **step})
        assert (answer.status_code, sentence in answer.text) == (200, True)
    assert seen_by(request.author, request).status == states.IN_EXAMINATION


def test_a_finding_is_reason_enough_and_stands_in_the_letter(at_desk):
    request, client = a_request(SEMINAR, states.IN_EXAMINATION, answers={Seminar: {"outcome": ""}}), at_desk()
    found = request.examination.findings.get(rule="SPEC-2")
    first = {"compose": "1", "finding": [str(found.uid)], "alternative": NEXT}
    page = client.post(act_address(request, "decline"), first)
    letter = page.context["typed"].text
    assert "The outcome hoped for from the activity is not named." in letter
    assert NEXT in letter
    client.post(act_address(request, "decline"), {**first, "compose": [], "text": letter})
    assert seen_by(request.author, request).status == states.DECLINED
    assert Letter.objects.get().text == letter


# Two at once, and what is left behind


def test_who_writes_while_a_colleague_acts_is_told_what_happened_and_keeps_his_text(at_desk):
    request = a_request(OPINION, states.IN_EXAMINATION)
    typed = typed_for(request, "accept")
    go(request, "note", by=request.author, officer=an_officer("actrav"))
    answer = at_desk().post(act_address(request, "accept"), typed)
    assert answer.status_code == 409
    assert "Actrav Test: Internal note" in answer.text
    assert TEXT in answer.text
    assert seen_by(request.author, request).status == states.IN_EXAMINATION
    version = answer.context["found"].version
    assert at_desk().post(act_address(request, "accept"), {**typed, "version": version}).status_code == 302


def test_two_officers_take_one_request_and_the_second_reads_who_was_first(at_desk):
    request = a_request(OPINION)
    assert at_desk().post(act_address(request, "take")).status_code == 302
    answer = at_desk(an_officer(email="second@example.org")).post(act_address(request, "take"))
    assert (answer.status_code, "Branch Test was first" in answer.text) == (409, True)
    assert Request.objects.get().officer == an_officer()


@pytest.mark.parametrize("version", ["", "x", "-1", "٣", "9" * 40])
def test_a_strange_version_breaks_nothing(at_desk, version):
    request = a_request(OPINION)
    answer = at_desk().post(act_address(request, "note"), {"text": TEXT, "version": version})
    assert answer.status_code in (302, 409)


def test_canary_messages_and_the_admins_log_name_the_reference_only(at_desk):
    request, client = a_request(OPINION, states.IN_EXAMINATION, title="Zebra crossing"), at_desk()
    client.post(act_address(request, "decline"), typed_for(request, "decline"))
    client.post(act_address(request, "reopen"), typed_for(request, "reopen"))
    page = dossier(client, request)
    said = [str(message) for message in page.context["messages"]]
    assert said == [f"{request.reference}: Not possible this way", f"{request.reference}: Reopened"]
    assert not LogEntry.objects.exclude(object_repr=request.reference).exists()


def test_the_pages_of_actions_are_no_reading(at_desk):
    request = a_request(OPINION, states.IN_EXAMINATION)
    at_desk().get(act_address(request, "ask"))
    assert Access.objects.count() == 0


def test_a_view_that_leads_elsewhere_is_not_followed(at_desk):
    request = a_request(OPINION)
    answer = at_desk().post(act_address(request, "take"), {"view": "//evil.example.org"})
    assert answer.headers["Location"] == reverse("admin:requests_request_change", args=[request.reference])
