"""A letter of the Office to both: who reads it, who is told, and when it is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from outbox import delivery
from outbox.folder import parse
from outbox.models import Notice
from requests_app import states
from requests_app.models import Letter, People, Request, Situation
from requests_app.refusals import NotNow, NotPermitted
from requests_app.services import cosigning, filing, triage
from tests.api.calls import caller_for
from tests.desk.conftest import act_address
from tests.factories import a_member, a_request, an_officer, go, organization_of
from tests.filing.browser import Shown, flaws
from tests.filing.conftest import at_the_browser
from tests.joint.conftest import OTHERS, signed, signing

pytestmark = pytest.mark.django_db
TO_BOTH = "A letter that both of you read."
TO_ONE = "A letter to the union alone."


@pytest.fixture
def joint(union: User, employer: User) -> Request:
    """A request in examination that the employers' organization has signed."""
    request = a_request(by=union, status=states.IN_EXAMINATION, answers=OTHERS)
    signed(request, union, employer)
    return request


def ask(request: Request, text: str, *, both: bool) -> Letter:
    """The Office asks Q1 with this letter."""
    triage.ask(request, text, ["Q1"], by=an_officer(), both=both)
    return request.letters.get(text=text)


def answer(request: Request, by: User, happening: str = "") -> None:
    """The union answers, with another answer to Q1 where one is given."""
    letter = filing.open_question(request)
    assert letter is not None
    changes = {Situation: ({"happening": happening}, {})} if happening else {}
    filing.answer(request, letter, "Our answer.", changes, by=by)


def reads(user: User, request: Request) -> bool | None:
    """Whether this person finds the letter to both on the page where one signs; None when there is no page."""
    page = at_the_browser(user).get(signing(request))
    return TO_BOTH in Shown(page).text if page.status_code == 200 else None


def told() -> list[str]:
    return sorted(Notice.objects.filter(kind="request.co_letter").values_list("address", flat=True))


@pytest.mark.parametrize("action", ["ask", "accept", "decline", "no_means", "give"])
def test_an_officer_addresses_each_kind_of_letter_to_both_by_a_tick(
    union: User, employer: User, joint: Request, action: str
) -> None:
    for step in ("accept", "prepare") if action == "give" else ():
        go(joint, step, by=union)
    officer, name = at_the_browser(an_officer()), organization_of(employer).name
    typed = {"text": TO_BOTH, "both": "yes"}
    if action == "decline":
        typed |= {"reason": "No.", "alternative": "Another kind of help."}
    opened = letter_page(officer, joint, action, typed)
    ticks = [node for node in Shown(opened).all("input", name="both") if node.get("checked") is None]
    assert len(ticks) == 1 and f"the organizations that signed {name}" in Shown(opened).text
    assert officer.post(act_address(joint, action), {**typed, "question": "Q1"}).status_code == 302
    assert [one.name for one in joint.letters.get(text=TO_BOTH).also_to.all()] == [name]
    assert told() == [employer.email]
    assert reads(employer, joint) is True
    for page in ("requests:detail", "requests:letters", "requests:copy_html", "admin:requests_request_change"):
        reader = officer if page.startswith("admin:") else at_the_browser(union)
        shown = reader.get(reverse(page, args=[joint.reference]))
        assert f"Also addressed to {name}" in Shown(shown).text, page
        assert page.startswith("admin:") or flaws(shown) == []


def letter_page(officer: Client, request: Request, action: str, typed: dict[str, str]) -> HttpResponse:
    """The page on which the letter is written, after the first step where there is one; nothing is ticked on it."""
    address = act_address(request, action)
    if action == "decline":
        return officer.post(address, {"reason": typed["reason"], "alternative": typed["alternative"], "compose": "1"})
    return officer.get(address, {"compose": "1", "question": "Q1"} if action == "ask" else {})


def test_no_other_letter_is_read_by_who_signed(union: User, employer: User, joint: Request) -> None:
    ask(joint, TO_ONE, both=False)
    filing.write(joint, "The union writes.", by=union)
    answer(joint, union)
    ask(joint, TO_BOTH, both=True)
    page = at_the_browser(employer).get(signing(joint))
    text = Shown(page).text
    assert flaws(page) == [] and TO_BOTH in text
    assert not [other for other in (TO_ONE, "The union writes.", "Our answer.") if other in text]
    assert told() == [employer.email]


def test_without_a_tick_nobody_else_is_addressed(employer: User, joint: Request) -> None:
    assert not ask(joint, TO_BOTH, both=False).also_to.exists()
    assert reads(employer, joint) is False and told() == []


def test_readers_of_the_organization_and_other_organizations_find_nothing(employer: User, joint: Request) -> None:
    ask(joint, TO_BOTH, both=True)
    colleague = a_member("employers", role="administrator", email="head@example.org")
    reader = a_member("employers", role="reader", email="reader@example.org")
    stranger = a_member("government", email="ministry@example.org")
    assert [reads(one, joint) for one in (employer, colleague, reader, stranger)] == [True, True, None, None]


def test_who_signs_later_reads_what_comes_later(union: User, joint: Request) -> None:
    ask(joint, TO_BOTH, both=True)
    ministry = a_member("government", email="ministry@example.org")
    cosigning.invite(joint, ministry.email, by=union)
    row = joint.cosignatures.current().get(user=ministry)
    assert reads(ministry, joint) is False
    cosigning.sign(joint, row.uid, by=ministry, declared=True)
    assert reads(ministry, joint) is False
    answer(joint, union)
    later = "A later letter to all three."
    ask(joint, later, both=True)
    assert later in Shown(at_the_browser(ministry).get(signing(joint))).text


def test_who_signed_does_not_read_who_else_did(union: User, employer: User, joint: Request) -> None:
    ministry = a_member("government", email="ministry@example.org")
    signed(joint, union, ministry)
    ask(joint, TO_BOTH, both=True)
    text = Shown(at_the_browser(employer).get(signing(joint))).text
    assert TO_BOTH in text and organization_of(ministry).name not in text and "Also addressed" not in text


def withdraw(request: Request, union: User, employer: User) -> None:
    cosigning.withdraw_signature(request, request.cosignatures.signed().get().uid, by=employer)


def change(request: Request, union: User, employer: User) -> None:
    answer(request, union, "It is now another matter, and a more serious one.")


def only_the_office(request: Request, union: User, employer: User) -> None:
    People.objects.filter(request=request).update(may_know="only_office")
    change(request, union, employer)


def withdraw_all(request: Request, union: User, employer: User) -> None:
    filing.withdraw(request, "", by=union)


ENDS: dict[Callable[[Request, User, User], None], bool | None] = {
    withdraw: None,
    change: False,  # asked again: there is a page, without the letter
    only_the_office: None,
    withdraw_all: None,
}


@pytest.mark.parametrize("end", ENDS)
def test_once_the_signature_has_ended_nothing_is_read_and_no_mail_leaves(
    union: User, employer: User, joint: Request, end: Callable, settings, tmp_path
) -> None:
    settings.MAIL_DIR = tmp_path
    ask(joint, TO_BOTH, both=True)
    assert reads(employer, joint) is True
    Notice.objects.exclude(kind="request.co_letter").delete()
    end(joint, union, employer)
    assert reads(employer, joint) is ENDS[end]
    Notice.objects.exclude(kind="request.co_letter").delete()
    delivery.sweep(timezone.now() + timedelta(minutes=1))
    assert Notice.objects.get().state == "dropped" and list(tmp_path.glob("*.eml")) == []


def test_who_signs_anew_reads_the_letter_again(union: User, employer: User, joint: Request) -> None:
    ask(joint, TO_BOTH, both=True)
    change(joint, union, employer)
    assert reads(employer, joint) is False
    cosigning.sign(joint, joint.cosignatures.waiting().get().uid, by=employer, declared=True)
    assert reads(employer, joint) is True


def test_the_mail_carries_a_reference_and_a_link_in_the_language_of_its_reader(
    employer: User, joint: Request, settings, tmp_path
) -> None:
    settings.MAIL_DIR = tmp_path
    User.objects.filter(pk=employer.pk).update(language="fr")
    ask(joint, TO_BOTH, both=True)
    Notice.objects.exclude(kind="request.co_letter").delete()
    delivery.sweep(timezone.now() + timedelta(minutes=1))
    mail = parse(*tmp_path.glob("*.eml"))
    text = f"{mail['Subject']}\n{mail.get_content()}"
    assert mail["Subject"] == f"{joint.reference}\u202f: une lettre pour vous aussi"
    assert f"/fr/requests/{joint.reference}/" in text
    assert not [word for word in (TO_BOTH, joint.title, organization_of(joint.author).name) if word in text]


def test_while_only_the_office_may_know_it_is_refused_and_the_text_is_kept(
    union: User, employer: User, joint: Request
) -> None:
    People.objects.filter(request=joint).update(may_know="only_office")
    with pytest.raises(NotPermitted, match="only the Office may know"):
        ask(joint, TO_BOTH, both=True)
    officer = at_the_browser(an_officer())
    opened = officer.get(act_address(joint, "accept"))
    assert 'name="both"' not in opened.text and "The letter can go to the requester alone" in opened.text
    refused = officer.post(act_address(joint, "accept"), {"text": TO_BOTH, "both": "yes"})
    assert refused.status_code == 403 and TO_BOTH in refused.text
    assert not joint.letters.exists() and told() == [] and reads(employer, joint) is False
    assert officer.post(act_address(joint, "accept"), {"text": TO_BOTH}).status_code == 302


def test_where_no_signature_holds_nothing_is_offered_and_a_tick_is_refused(
    union: User, employer: User, joint: Request
) -> None:
    withdraw(joint, union, employer)
    officer = at_the_browser(an_officer())
    assert 'name="both"' not in officer.get(act_address(joint, "accept")).text
    with pytest.raises(NotNow, match="No other organization’s signature holds"):
        ask(joint, TO_BOTH, both=True)
    refused = officer.post(act_address(joint, "accept"), {"text": TO_BOTH, "both": "yes"})
    assert refused.status_code == 409 and TO_BOTH in refused.text
    assert not joint.letters.exists()


def test_a_tick_needs_a_text(joint: Request) -> None:
    officer = at_the_browser(an_officer())
    page = officer.post(act_address(joint, "accept"), {"text": " ", "both": "yes"})
    assert page.status_code == 200 and "Write a text" in page.text
    assert Shown(page).all("input", name="both")[0].get("checked") is not None


@pytest.mark.parametrize("act", ["ask", "accept", "decline", "no_means"])
def test_by_api_too_a_letter_goes_to_both_only_where_that_is_said(joint, union, employer, act):
    office, at = caller_for(an_officer()), f"requests/{joint.reference}/"
    done = office.post(f"{at}{act}/", {"text": TO_BOTH, "to_signers": True})
    assert done.status_code == 200, done.content
    assert reads(employer, joint) is True and told()
    for caller in (office, caller_for(union)):
        [letter] = caller.get(f"{at}letters/").json()["results"]
        assert letter["also_to"] == [organization_of(employer).name]


def test_by_api_a_letter_goes_to_the_requester_alone_unless_it_is_said(joint, employer):
    office, at = caller_for(an_officer()), f"requests/{joint.reference}/"
    assert office.post(f"{at}ask/", {"text": TO_ONE}).status_code == 200
    assert office.get(f"{at}letters/").json()["results"][0]["also_to"] == [] and told() == []


def test_by_api_a_letter_to_signers_is_refused_where_nobody_signed(union):
    request = a_request(by=union, status=states.IN_EXAMINATION, answers=OTHERS)
    refused = caller_for(an_officer()).post(
        f"requests/{request.reference}/decline/", {"text": TO_BOTH, "to_signers": True}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "not-now")
    assert not Letter.objects.exists()
