"""The dossier: one page, the summary for who is informed, 404 for who may not know, and one line of the access log."""

import re

import pytest
from django.urls import reverse

from requests_app import states
from requests_app.kinds import OPINION, SEMINAR, VISIT
from requests_app.models import Access, Conventions, Funding, People, Seminar, Situation
from tests.desk.conftest import dossier, queue
from tests.factories import (
    COMPLETE,
    a_draft,
    a_request,
    a_superuser,
    a_union,
    an_employer,
    an_officer,
    go,
    organization_of,
    seen_by,
)

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
LONG = "Two files were refused in March. " * 30


def test_the_page_shows_answers_gaps_findings_routing_and_history(at_desk):
    request = a_request(
        SEMINAR,
        states.IN_EXAMINATION,
        title="Zebra crossing of unions",
        answers={Seminar: {"outcome": ""}, Funding: {"costs": ["lodging"], "lodging_people": 25}},
    )
    go(request, "note", by=request.author)
    page = dossier(at_desk(), request, view="mine").text
    for words in (
        "Zebra crossing of unions",
        "Union of Test Workers (fictional)",
        "25 union officers of three regions",  # an answer
        "no answer",  # a gap
        "The outcome hoped for from the activity is not named.",  # a finding
        "SPEC-2",
        "Only the Office, until we agree",  # P3
        "Specialists in Yaoundé",
        "reads in full",
        "ILO guide",  # the ground on which a unit was told
        "An internal note.",
        "Taken up for examination",
        "Ada Example (fictional)",  # a contact
    ):
        assert words in page


def test_danger_and_who_may_know_stand_on_top(at_desk):
    told = {Situation: {"urgent": "danger", "urgent_text": "Two leaders were arrested."}}
    page = dossier(at_desk(), a_request(OPINION, answers=told)).text
    first_answer = page.index("What is happening?")
    assert page.index("Two leaders were arrested.") < first_answer
    assert page.index("Only the Office, until we agree") < first_answer
    assert 'class="urgent"' not in dossier(at_desk(), a_request(OPINION)).text


def test_a_long_text_is_there_in_full_and_folded(at_desk):
    page = dossier(at_desk(), a_request(OPINION, answers={Situation: {"happening": LONG.strip()}})).text
    assert LONG.strip() in page
    assert page.index("<details>") < page.index(LONG.strip())


def test_what_was_typed_is_shown_and_never_run(at_desk):
    evil = "<script>alert(1)</script> and more words to be long enough"
    page = dossier(at_desk(), a_request(OPINION, title=evil, answers={Situation: {"happening": evil}})).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_matrix_who_is_informed_reads_the_summary_and_nothing_is_logged(at_desk):
    by = an_employer()
    request = a_request(OPINION, states.IN_EXAMINATION, by=by, title="Zebra crossing")
    page = dossier(at_desk("actrav"), request, view="all")
    assert page.status_code == 200
    for shown in (request.reference, "Cameroon", "Being examined", "Employers&#x27; organization"):
        assert shown in page.text
    for hidden in ("Zebra", organization_of(by).name, "Ada", "Branch Test", "Taken up", "SPEC", "/note/"):
        assert hidden not in page.text
    assert Access.objects.count() == 0


@pytest.mark.parametrize("who", ["actemp", "superuser", "nobody"])
def test_matrix_an_unknown_and_a_hidden_request_answer_alike(at_desk, client, who):
    request = a_request(OPINION)
    browser = {"actemp": lambda: at_desk("actemp"), "superuser": lambda: at_desk(a_superuser())}.get(
        who, lambda: client
    )()
    answers = []
    for reference in (request.reference, "FA-0000-0000"):
        answer = browser.get(reverse("admin:requests_request_change", args=[reference]))
        page = TOKEN.sub("", answer.content.decode()).replace(reference, "")
        answers.append((answer.status_code, page))
    assert answers[0] == answers[1]
    assert answers[0][0] == (302 if who == "nobody" else 404)


def test_a_constituent_does_not_come_to_the_desk(at_desk):
    request = a_request(OPINION)
    answer = dossier(at_desk(request.author), request)
    assert answer.status_code == 302
    assert request.reference not in answer.headers["Location"] or "next" in answer.headers["Location"]


@pytest.mark.parametrize("unit", ["branch", "actrav", "YAO"])
def test_each_reading_in_full_is_recorded_once(at_desk, unit):
    request, officer = a_request(OPINION), an_officer(unit)
    client = at_desk(officer)
    dossier(client, request)
    assert list(Access.objects.values_list("request__reference", "user")) == [(request.reference, officer.pk)]
    dossier(client, request)
    assert Access.objects.count() == 2
    queue(client)
    assert Access.objects.count() == 2


def test_a_mistyped_reference_leads_to_the_same_dossier(at_desk):
    request = a_request(OPINION)
    address = reverse("admin:requests_request_change", args=[request.reference.lower()])
    assert at_desk().get(address).status_code == 200


def test_other_requests_of_the_country_are_those_that_this_officer_reads(at_desk):
    request = a_request(OPINION)
    hidden, read = a_request(VISIT, by=an_employer(), title="Zebra"), a_request(VISIT, title="Giraffe")
    a_draft(VISIT, title="Okapi", by=a_union())
    branch, actrav = dossier(at_desk("branch"), request).text, dossier(at_desk("actrav"), request).text
    assert hidden.reference in branch
    assert read.reference in actrav
    assert hidden.reference not in actrav
    assert "Okapi" not in branch


def test_previous_and_next_keep_the_view(at_desk):
    first, second, third = (a_request(OPINION, waiting_days=days) for days in (9, 5, 2))
    a_request(OPINION, states.IN_EXAMINATION, waiting_days=4)
    page = dossier(at_desk(), second, view="to-examine")
    assert (
        page.context["before"] == reverse("admin:requests_request_change", args=[first.reference]) + "?view=to-examine"
    )
    assert (
        page.context["after"] == reverse("admin:requests_request_change", args=[third.reference]) + "?view=to-examine"
    )
    assert dossier(at_desk(), third, view="to-examine").context["after"] == ""


def test_the_bar_offers_what_may_be_done_now_and_no_more(at_desk):
    request = a_request(OPINION)
    offered = [button.slug for button in dossier(at_desk(), request).context["buttons"]]
    assert offered == ["take", "assign", "note"]
    go(request, "take", by=request.author)
    offered = [button.slug for button in dossier(at_desk(), request).context["buttons"]]
    assert offered == ["ask", "accept", "decline", "no_means", "assign", "note"]
    assert [button.slug for button in dossier(at_desk("YAO"), request).context["buttons"]] == ["note"]


def test_a_shown_draft_is_read_by_the_branch_and_nothing_can_be_done(at_desk):
    draft = a_draft(OPINION)
    assert dossier(at_desk(), draft).status_code == 404
    type(draft).objects.filter(pk=draft.pk).update(shown_to_office_at=draft.created_at)
    page = dossier(at_desk(), draft, view="all")
    assert (page.status_code, page.context["buttons"]) == (200, [])
    assert dossier(at_desk("actrav"), draft).status_code == 404


def test_a_question_that_the_facts_rule_out_is_no_gap(at_desk):
    request = a_request(OPINION, answers={Conventions: {"ratification": ""}})
    assert "Is ratification being prepared?" not in dossier(at_desk(), request).text


def test_no_primary_key_stands_on_the_page(at_desk):
    request = a_request(SEMINAR, states.QUESTION_OUT)
    page = dossier(at_desk(), request, view="open").text
    for row in (request.organization, request.author, request.country):
        if row.pk != "CM":
            assert str(row.pk) not in page
    assert f"/{request.pk}/" not in page


def test_the_page_is_not_written_to(at_desk):
    request = a_request(OPINION)
    address = reverse("admin:requests_request_change", args=[request.reference])
    assert at_desk().post(address, {"status": "closed", "title": "x"}).status_code == 405
    assert seen_by(request.author, request).status == states.SENT
    assert COMPLETE[People]["email"] in at_desk().get(address).text
