"""Joint filing: asking another organization, its answer, what it reads, and what a change of the request ends."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Organization, User
from outbox import delivery
from outbox.models import Notice
from requests_app import states
from requests_app.models import CoSignature, Event, People, PoliticalWill, Request, Situation
from requests_app.refusals import Incomplete, NotPermitted
from requests_app.services import cosigning, filing
from tests.documents.files import a_document, a_pdf
from tests.factories import (
    a_draft,
    a_member,
    a_ministry,
    a_request,
    an_officer,
    an_organization,
    go,
    organization_of,
    seen_by,
)
from tests.filing.browser import Shown, fill, flaws, follow
from tests.filing.conftest import at_the_browser
from tests.joint.conftest import OTHERS, asked, page, signed, signing
from tests.languages.switching import switch

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.filter(kind__startswith="request.co_").values_list("kind", "address"))


def test_an_organization_is_asked_signs_reads_what_it_signed_and_withdraws(
    union: User, employer: User, draft: Request
) -> None:
    filer, other = at_the_browser(union), at_the_browser(employer)
    answer = follow(filer, fill(filer, page(draft), {"address": "Employer@Example.org"}))
    assert flaws(answer) == [] and "employer@example.org" in Shown(answer).text
    assert told() == [("request.co_invited", employer.email)]
    listed = other.get(reverse("requests:list"))
    assert flaws(listed) == [] and draft.title in Shown(listed).text
    before = other.get(signing(draft))
    happening = draft.section(Situation).happening
    assert flaws(before) == []
    assert draft.title in Shown(before).text and happening not in Shown(before).text
    row = draft.cosignatures.get()
    unticked = other.post(signing(draft), {"row": row.uid, "sign": "yes"})
    assert unticked.status_code == 200 and flaws(unticked) == []
    assert "Tick that your organization signs" in Shown(unticked).text
    after = follow(other, other.post(signing(draft), {"row": row.uid, "sign": "yes", "declared": "yes"}))
    assert flaws(after) == [] and happening in Shown(after).text
    assert organization_of(employer).name in Shown(filer.get(page(draft))).text
    gone = follow(other, other.post(signing(draft), {"row": row.uid, "withdraw": "yes"}))
    assert draft.reference not in Shown(gone).text
    assert other.get(signing(draft)).status_code == 404
    assert told()[1:] == [("request.co_signed", union.email), ("request.co_withdrawn", union.email)]
    assert not Event.objects.filter(request=draft).exists()


def nobody() -> str:
    return "nobody@example.org"


def reader() -> str:
    return a_member("employers", role="reader", email="reader@example.org").email


def colleague() -> str:
    return a_member(email="colleague@example.org").email


def unverified() -> str:
    return a_member(name="Union not verified", verified=False, email="unverified@example.org").email


def left() -> str:
    person = a_member("employers", email="left@example.org")
    Membership.objects.filter(user=person).update(until=timezone.now())
    return person.email


def closed() -> str:
    person = a_member("employers", email="closed@example.org")
    User.objects.filter(pk=person.pk).update(is_active=False)
    return person.email


def of_two() -> str:
    person = a_member("employers", email="two@example.org")
    ministry: Organization = an_organization("government")
    Membership.objects.create(user=person, organization=ministry, role="writer")
    return person.email


def officer() -> str:
    return an_officer("actemp").email


@pytest.mark.parametrize("whose", [nobody, reader, colleague, unverified, left, closed, of_two, officer])
def test_the_page_is_the_same_whether_or_not_the_address_is_known(
    union: User, employer: User, draft: Request, whose: Callable[[], str]
) -> None:
    unknown, other = whose(), a_draft(by=union, answers=OTHERS)
    filer = at_the_browser(union)
    both = ((draft, unknown), (other, employer.email))
    for request, address in both:
        answer = follow(filer, filer.post(page(request), {"address": address}))
        assert "If the address belongs to somebody who writes" in Shown(answer).text
    now = timezone.now()  # a minute may have passed between the two
    Request.objects.update(saved_at=now)
    CoSignature.objects.update(since=now, expires_at=now + timedelta(days=30))
    texts = []
    for request, address in both:
        shown = Shown(filer.get(page(request))).text
        texts.append(shown.replace(address, "ADDRESS").replace(request.reference, "REFERENCE"))
    assert texts[0] == texts[1]
    assert told() == [("request.co_invited", employer.email)]
    assert draft.cosignatures.get().organization is None


def test_a_second_address_of_the_same_organization_looks_like_the_first(
    union: User, employer: User, draft: Request
) -> None:
    second = a_member("employers", email="second@example.org")
    asked(draft, union, employer)
    cosigning.invite(draft, second.email, by=union)
    cosigning.invite(draft, second.email, by=union)
    assert draft.cosignatures.count() == 2 and len(told()) == 1


def test_while_only_the_office_may_know_nobody_is_asked(union: User, employer: User) -> None:
    draft = a_draft(by=union, answers={People: {"may_know": "only_office"}})
    with pytest.raises(Incomplete, match="only the Office may know"):
        cosigning.invite(draft, employer.email, by=union)
    assert not draft.cosignatures.exists() and told() == []
    shown = at_the_browser(union).get(page(draft))
    assert flaws(shown) == [] and "You said that only the Office may know" in Shown(shown).text


@pytest.mark.parametrize("typed", ["", "no address", "a" * 250 + "@example.org"])
def test_what_is_no_address_is_refused_and_kept_to_be_corrected(union: User, draft: Request, typed: str) -> None:
    answer = at_the_browser(union).post(page(draft), {"address": typed})
    assert answer.status_code == 200 and flaws(answer) == []
    assert "Write an e-mail address, for example name@example.org" in Shown(answer).text
    assert not draft.cosignatures.exists()


def test_an_invitation_ends_when_it_is_taken_back_or_its_time_is_over(
    union: User, employer: User, draft: Request
) -> None:
    filer, other = at_the_browser(union), at_the_browser(employer)
    row = asked(draft, union, employer)
    follow(filer, filer.post(page(draft), {"take_back": str(row.uid)}))
    assert other.get(signing(draft)).status_code == 404
    row = asked(draft, union, employer)
    CoSignature.objects.filter(pk=row.pk).update(expires_at=timezone.now())
    assert other.get(signing(draft)).status_code == 404
    assert "expired" in Shown(filer.get(page(draft))).text
    again = asked(draft, union, employer)
    assert again.pk != row.pk and other.get(signing(draft)).status_code == 200


def test_nobody_signs_for_an_organization_for_which_he_does_not_write(
    union: User, employer: User, draft: Request
) -> None:
    row, ministry = asked(draft, union, employer), a_ministry()
    with pytest.raises(Request.DoesNotExist):
        cosigning.sign(draft, row.uid, by=ministry, declared=True)
    cosigning.invite(draft, ministry.email, by=union)
    with pytest.raises(NotPermitted):
        cosigning.sign(draft, row.uid, by=ministry, declared=True)
    with pytest.raises(NotPermitted):
        cosigning.sign(draft, row.uid, by=union, declared=True)


def change(request: Request, section: type, name: str, value: str, by: User) -> None:
    filing.save_answers(seen_by(by, request).section(section), {name: value}, {}, by=by)


def test_a_change_of_an_answer_ends_the_signature_and_asks_again(union: User, employer: User, draft: Request) -> None:
    signed(draft, union, employer)
    change(draft, Situation, "happening", "Something else has happened since, and it is serious.", union)
    first, second = draft.cosignatures.all()
    assert (first.state, second.state, second.organization) == ("void", "invited", first.organization)
    assert ("request.co_again", employer.email) in told()
    assert Request.objects.visible_to(employer).get().sight.snapshot is False


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [(People, "name", "Somebody Else"), (People, "email", "other@example.org"), (PoliticalWill, "objections", "None.")],
)
def test_contacts_and_what_only_officers_read_are_no_part_of_what_is_signed(
    union: User, employer: User, draft: Request, section: type, name: str, value: str
) -> None:
    row = signed(draft, union, employer)
    change(draft, section, name, value, union)
    assert draft.cosignatures.get().state == "signed"
    assert name not in row.snapshot["answers"][section.slug]


def test_saving_the_same_again_ends_nothing(union: User, employer: User, draft: Request) -> None:
    signed(draft, union, employer)
    for part in seen_by(union, draft).answered():
        filing.save_answers(part, part.answers(), {}, by=union)
    assert draft.cosignatures.get().state == "signed"


def test_a_change_to_only_the_office_ends_the_signature_and_asks_nobody(
    union: User, employer: User, draft: Request
) -> None:
    signed(draft, union, employer)
    change(draft, People, "may_know", "only_office", union)
    assert draft.cosignatures.get().state == "void"
    assert not Request.objects.visible_to(employer).exists()
    assert ("request.co_again", employer.email) not in told()


def test_an_answer_to_the_office_that_changes_what_was_signed_ends_the_signature(union: User, employer: User) -> None:
    request = a_request(by=union, status=states.QUESTION_OUT, answers=OTHERS)
    signed(request, union, employer)
    letter = filing.open_question(request)
    assert letter is not None
    letter.questions = ["Q1"]
    letter.save()
    changed = {Situation: ({"happening": "It is now another matter, and a more serious one."}, {})}
    filing.answer(seen_by(union, request), letter, "See above.", changed, by=union)
    assert [row.state for row in request.cosignatures.all()] == ["void", "invited"]
    actions = list(Event.objects.filter(request=request).values_list("action", flat=True))[-4:]
    assert actions == ["co_invited", "co_signed", "co_voided", "answer"]


def test_who_signed_reads_the_documents_that_are_ticked_and_no_other(
    union: User, employer: User, draft: Request
) -> None:
    shared, kept = (a_document(draft, union, f"{name}.pdf", a_pdf(name)) for name in ("shared", "kept"))
    filer, other = at_the_browser(union), at_the_browser(employer)
    follow(filer, filer.post(page(draft), {"share": "yes", "document": [str(shared.uid)]}))
    signed(draft, union, employer)
    text = Shown(other.get(signing(draft))).text
    assert "shared.pdf" in text and "kept.pdf" not in text

    def handed_out(uid: uuid.UUID) -> int:
        return other.get(reverse("requests:co_document", args=[draft.reference, uid])).status_code

    assert (handed_out(shared.uid), handed_out(kept.uid)) == (200, 404)
    assert other.get(reverse("requests:document", args=[draft.reference, shared.uid])).status_code == 404
    cosigning.share_documents(draft, [str(kept.uid)], by=union)
    assert handed_out(kept.uid) == 404
    assert [row.state for row in draft.cosignatures.all()] == ["void", "invited"]


@pytest.mark.parametrize("status", [states.SENT, states.GIVEN, states.CLOSED, states.DECLINED])
def test_who_signed_reads_what_it_signed_and_the_public_status_whatever_becomes_of_it(
    union: User, employer: User, status: str
) -> None:
    draft = a_draft(by=union, answers=OTHERS)
    signed(draft, union, employer)
    for action in (
        "send",
        *{
            states.SENT: (),
            states.GIVEN: ("take", "accept", "prepare", "give"),
            states.CLOSED: ("take", "accept", "prepare", "give", "close"),
            states.DECLINED: ("take", "decline"),
        }[status],
    ):
        go(draft, action, by=union)
    shown = at_the_browser(employer).get(signing(draft))
    assert flaws(shown) == []
    found = Request.objects.get(pk=draft.pk)
    assert str(found.public_word) in Shown(shown).text
    assert found.section(Situation).happening in Shown(shown).text


PAGES = ("answers", "letters", "documents", "copy_html", "copy_pdf", "sent_html", "check", "preview", "withdraw")
PAGES += ("share", "co_signers", "start_again", "result", "as_requester", "delete", "show_to_office")


@pytest.mark.parametrize("has_signed", [False, True])
def test_no_page_of_the_filing_organization_opens_to_another_one(union: User, employer: User, has_signed: bool) -> None:
    request = a_request(by=union, answers=OTHERS)
    (signed if has_signed else asked)(request, union, employer)
    other: Client = at_the_browser(employer)
    for name in PAGES:
        address = reverse(f"requests:{name}", args=[request.reference])
        assert {other.get(address).status_code, other.post(address).status_code} <= {404, 405}, name
    section = reverse("requests:section", args=[request.reference, "situation"])
    assert other.get(section).status_code == 404
    detail = other.get(reverse("requests:detail", args=[request.reference]))
    assert detail["Location"] == signing(request)


def test_the_withdrawal_of_the_request_ends_it_for_everybody(union: User, employer: User) -> None:
    request = a_request(by=union, answers=OTHERS)
    signed(request, union, employer)
    filing.withdraw(request, "", by=union)
    assert request.cosignatures.get().state == "withdrawn"
    assert at_the_browser(employer).get(signing(request)).status_code == 404


def test_a_deleted_draft_takes_its_invitations_with_it(union: User, employer: User, draft: Request) -> None:
    signed(draft, union, employer)
    filing.delete_draft(draft, by=union)
    assert not CoSignature.objects.exists()
    assert at_the_browser(employer).get(signing(draft)).status_code == 404


def test_the_mails_carry_a_reference_and_a_link_and_reach_who_may_know(
    union: User, employer: User, draft: Request, settings, tmp_path
) -> None:
    settings.MAIL_DIR = tmp_path
    row = asked(draft, union, employer)
    a_member(email="colleague@example.org")
    cosigning.decline(draft, row.uid, by=employer)
    assert told() == [("request.co_declined", union.email), ("request.co_invited", employer.email)]
    delivery.sweep(timezone.now() + timedelta(minutes=1))
    mails = [file.read_text() for file in tmp_path.glob("*.eml")]
    # The invitation was declined before its mail left: who declined is told nothing any more.
    assert [draft.reference in mail and draft.title not in mail for mail in mails] == [True]


def test_officers_and_the_copy_say_who_signed(union: User, employer: User) -> None:
    request = a_request(by=union, answers=OTHERS)
    signed(request, union, employer)
    name = organization_of(employer).name
    officer = at_the_browser(an_officer())
    assert name in Shown(officer.get(reverse("admin:requests_request_change", args=[request.reference]))).text
    for page_name in ("detail", "copy_html"):
        shown = at_the_browser(union).get(reverse(f"requests:{page_name}", args=[request.reference]))
        assert flaws(shown) == [] and name in Shown(shown).text


def test_switching_the_language_keeps_the_address_and_asks_nobody(union: User, employer: User, draft: Request) -> None:
    shown = Shown(switch(at_the_browser(union), page(draft), "fr", address=employer.email))
    assert shown.filled(shown.by_id["answers"])["address"] == [employer.email]
    assert (shown.summary, shown.at_fields, draft.cosignatures.count(), told()) == ([], [], 0, [])
