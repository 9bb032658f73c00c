"""The whole story of a request with the generated client alone: every value that goes out or comes in has its type.

Imported by test_client.py once the client is made.
"""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from portal import AuthenticatedClient
from portal.api.requests import (
    accept,
    add_document,
    answer,
    ask,
    ask_to_publish,
    close,
    consent,
    create_request,
    give,
    list_documents,
    list_events,
    list_findings,
    list_letters,
    list_requests,
    note,
    prepare,
    preview,
    publish,
    read_document,
    read_publication,
    read_request,
    send,
    take,
    withdraw,
    write_letter,
)
from portal.api.sections import (
    change_section_conventions,
    change_section_funding,
    change_section_labour_relations,
    change_section_people,
    change_section_political_will,
    change_section_seminar,
    change_section_situation,
    read_section_conventions,
    read_section_funding,
    read_section_labour_relations,
    read_section_people,
    read_section_political_will,
    read_section_seminar,
    read_section_situation,
)
from portal.models import (
    Agreed,
    Answer,
    Asked,
    ConventionsCommented,
    ConventionsInstruments,
    ConventionsRatification,
    ConventionsSection,
    Document,
    DocumentList,
    Event,
    EventPage,
    Findings,
    FundingCosts,
    FundingSection,
    KindOfHelp,
    KindOfLetter,
    LabourRelationsParties,
    LabourRelationsSection,
    Letter,
    LetterPage,
    LevelOfFinding,
    MaybeDecision,
    NewRequest,
    PeopleLanguage,
    PeopleMayKnow,
    PeopleSection,
    PoliticalWillSection,
    PoliticalWillSigns,
    PoliticalWillWanted,
    Preview,
    Problem,
    Publication,
    RequestLine,
    RequestPage,
    Sections,
    SeminarAudience,
    SeminarForm,
    SeminarIssues,
    SeminarLanguages,
    SeminarPurpose,
    SeminarSection,
    SeminarTakingPart,
    Send,
    Sight,
    SituationAffected,
    SituationIssues,
    SituationSection,
    SituationUrgent,
    StateOfDocument,
    StateOfPublication,
    Status,
    ToPublish,
    Upload,
    WholeRequest,
    Written,
)
from portal.types import File, Response

T = TypeVar("T")
PDF = b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * 20 + b"%%EOF\n"
ANSWERS = Sections(
    situation=SituationSection(
        happening="Registration of three unions was refused in the health sector since January.",
        affected=[SituationAffected.UNION_MEMBERS],
        issues=[SituationIssues.FORMING],
        urgent=SituationUrgent.NO,
    ),
    conventions=ConventionsSection(
        instruments=[ConventionsInstruments.C087],
        ratification=ConventionsRatification.DISCUSSED,
        commented=ConventionsCommented.NO,
    ),
    political_will=PoliticalWillSection(
        wanted=PoliticalWillWanted.PARTLY,
        signs=[PoliticalWillSigns.STATEMENT, PoliticalWillSigns.TALKS],
        described="The minister said so in public, and both sides met twice this year.",
        objections="Nobody that we know of.",
    ),
    labour_relations=LabourRelationsSection(
        improved="Both sides would meet again in the joint committee.",
        settled="The three files would be looked at again by the registrar.",
        parties=LabourRelationsParties.ALL,
    ),
    seminar=SeminarSection(
        form=SeminarForm.SEMINAR,
        purpose=SeminarPurpose.PRINCIPLES,
        audience=[SeminarAudience.WORKERS],
        audience_text="25 union officers of three regions",
        people="25",
        outcome="Every participant can file for registration without help.",
        issues=[SeminarIssues.FORMING],
        languages=[SeminarLanguages.FR],
        taking_part=[SeminarTakingPart.WORKERS],
    ),
    funding=FundingSection(costs=[FundingCosts.TIME_ONLY]),
    people=PeopleSection(
        name="Ada Example (fictional)",
        function="Secretary",
        email="ada@example.org",
        language=PeopleLanguage.EN,
        may_know=PeopleMayKnow.OTHERS,
    ),
)


def once() -> str:
    """The name of an act."""
    return uuid.uuid4().hex


def got(kind: type[T], parsed: object) -> T:
    """What was answered, which is of this type."""
    assert isinstance(parsed, kind), parsed
    return parsed


def etag(read: Response[object]) -> str:
    """The version that was read."""
    assert read.status_code == 200
    return read.headers["ETag"]


def the_story(union: AuthenticatedClient, officer: AuthenticatedClient, foreign: AuthenticatedClient) -> None:
    """A request from draft to closed, as three keys live it."""
    began = datetime.now(UTC)
    reference = a_draft(union)
    fill(union, reference)
    look_first(union, reference)
    with_a_document(union, reference)

    unknown = got(Problem, read_request.sync(reference, client=officer))
    assert (unknown.status, unknown.code) == (404, "not-found")
    sent = got(WholeRequest, send.sync(reference, client=union, body=Send(declared=True), idempotency_key=once()))
    assert sent.status is Status.SENT
    assert sent.sent_at is not None and sent.sent_at > began
    assert {"withdraw", "write"} <= set(sent.allowed_actions)

    asked_and_answered(union, officer, reference, began)
    not_for_others(foreign, reference)
    decided(union, officer, reference)
    told(union, officer, reference)
    taken_back(union, began)


def a_draft(union: AuthenticatedClient) -> str:
    """A draft, asked for twice and made once."""
    act = once()
    new = NewRequest(kind=KindOfHelp.SEMINAR, country="CM", title="Registration of unions")
    first, again = (create_request.sync_detailed(client=union, body=new, idempotency_key=act) for _ in range(2))
    made = got(WholeRequest, first.parsed)
    assert (made.status, made.kind, made.sight) == (Status.DRAFT, KindOfHelp.SEMINAR, Sight.FULL)
    assert got(WholeRequest, again.parsed) == made
    assert (first.headers.get("Idempotency-Replayed"), again.headers.get("Idempotency-Replayed")) == (None, "true")
    other = NewRequest(kind=KindOfHelp.VISIT, country="CM")
    refused = got(Problem, create_request.sync(client=union, body=other, idempotency_key=act))
    assert (refused.status, refused.code) == (422, "idempotency-key-reused")
    return made.reference


def fill(union: AuthenticatedClient, reference: str) -> None:
    """Every section, each under the version that was read."""
    at = etag(read_section_situation.sync_detailed(reference, client=union))
    situation = got(SituationSection, ANSWERS.situation)
    changed = change_section_situation.sync_detailed(reference, client=union, body=situation, if_match=at)
    assert got(SituationSection, changed.parsed).urgent is SituationUrgent.NO
    stale = got(Problem, change_section_situation.sync(reference, client=union, body=situation, if_match=at))
    assert (stale.status, stale.code) == (412, "changed-meanwhile")
    wrong = SituationSection(since="2999-01")
    refused = change_section_situation.sync(reference, client=union, body=wrong, if_match=changed.headers["ETag"])
    assert [(one.field, one.code) for one in got(Problem, refused).errors] == [("since", "future")]

    at = etag(read_section_conventions.sync_detailed(reference, client=union))
    conventions = got(ConventionsSection, ANSWERS.conventions)
    conventions_now = change_section_conventions.sync(reference, client=union, body=conventions, if_match=at)
    assert got(ConventionsSection, conventions_now).instruments == [ConventionsInstruments.C087]

    at = etag(read_section_political_will.sync_detailed(reference, client=union))
    will = got(PoliticalWillSection, ANSWERS.political_will)
    will_now = change_section_political_will.sync(reference, client=union, body=will, if_match=at)
    assert got(PoliticalWillSection, will_now).wanted is PoliticalWillWanted.PARTLY

    at = etag(read_section_labour_relations.sync_detailed(reference, client=union))
    relations = got(LabourRelationsSection, ANSWERS.labour_relations)
    relations_now = change_section_labour_relations.sync(reference, client=union, body=relations, if_match=at)
    assert got(LabourRelationsSection, relations_now).parties is LabourRelationsParties.ALL

    at = etag(read_section_seminar.sync_detailed(reference, client=union))
    seminar = got(SeminarSection, ANSWERS.seminar)
    seminar_now = change_section_seminar.sync(reference, client=union, body=seminar, if_match=at)
    assert got(SeminarSection, seminar_now).languages == [SeminarLanguages.FR]

    at = etag(read_section_funding.sync_detailed(reference, client=union))
    funding = got(FundingSection, ANSWERS.funding)
    funding_now = change_section_funding.sync(reference, client=union, body=funding, if_match=at)
    assert got(FundingSection, funding_now).costs == [FundingCosts.TIME_ONLY]

    at = etag(read_section_people.sync_detailed(reference, client=union))
    people = got(PeopleSection, ANSWERS.people)
    people_now = change_section_people.sync(reference, client=union, body=people, if_match=at)
    assert got(PeopleSection, people_now).may_know is PeopleMayKnow.OTHERS


def look_first(union: AuthenticatedClient, reference: str) -> None:
    """What the rules find in the draft is what they find in its answers when nothing is stored."""
    found = got(Findings, list_findings.sync(reference, client=union))
    assert found.examined_at is None
    assert {one.level for one in found.results} <= set(LevelOfFinding)
    draft = got(WholeRequest, read_request.sync(reference, client=union))
    assert got(SeminarSection, draft.sections.seminar).form is SeminarForm.SEMINAR
    imagined = Preview(kind=KindOfHelp.SEMINAR, country="CM", sections=draft.sections)
    same = got(Findings, preview.sync(client=union, body=imagined))
    assert [one.rule for one in same.results] == [one.rule for one in found.results]
    bare = got(Findings, preview.sync(client=union, body=Preview(kind=KindOfHelp.SEMINAR, country="CM")))
    assert LevelOfFinding.MISSING in {one.level for one in bare.results}


def with_a_document(union: AuthenticatedClient, reference: str) -> None:
    """A file goes out as it came in."""
    file = File(payload=BytesIO(PDF), file_name="statutes.pdf", mime_type="application/pdf")
    added = add_document.sync(reference, client=union, body=Upload(file=file), idempotency_key=once())
    document = got(Document, added)
    assert (document.name, document.size, document.state) == ("statutes.pdf", len(PDF), StateOfDocument.READY)
    assert got(DocumentList, list_documents.sync(reference, client=union)).results == [document]
    read = got(File, read_document.sync(reference, document.id, client=union))
    assert read.payload.read() == PDF


def asked_and_answered(
    union: AuthenticatedClient, officer: AuthenticatedClient, reference: str, began: datetime
) -> None:
    """The officer finds it, takes it, asks; the requester sees that it moved, and answers."""
    [waiting] = got(RequestPage, list_requests.sync(client=officer, status="sent")).results
    assert (waiting.reference, waiting.sight) == (reference, Sight.FULL)
    whole = got(WholeRequest, read_request.sync(reference, client=officer))
    assert got(SituationSection, whole.sections.situation).issues == [SituationIssues.FORMING]
    assert got(Findings, list_findings.sync(reference, client=officer)).examined_at is not None
    taken = got(WholeRequest, take.sync(reference, client=officer, idempotency_key=once()))
    assert taken.status is Status.IN_EXAMINATION
    question = Asked(text="How many people, and who speaks for them?", questions=["A4"])
    asked = got(WholeRequest, ask.sync(reference, client=officer, body=question, idempotency_key=once()))
    assert asked.status is Status.QUESTION_OUT

    [moved] = got(RequestPage, list_requests.sync(client=union, changed_since=began)).results
    assert (moved.status, "answer" in moved.allowed_actions) == (Status.QUESTION_OUT, True)
    letter = letters(union, reference)[-1]
    assert (letter.kind, letter.from_office, letter.questions) == (KindOfLetter.QUESTION, True, ["A4"])
    given = Answer(letter=letter.id, text="Two more came.", answers=Sections(seminar=SeminarSection(people="27")))
    answered = got(WholeRequest, answer.sync(reference, client=union, body=given, idempotency_key=once()))
    assert answered.status is Status.IN_EXAMINATION
    assert got(SeminarSection, answered.sections.seminar).people == "27"
    assert letters(union, reference)[-1].answers == letter.id
    more = Written(text="The hall has been found.")
    wrote = got(Letter, write_letter.sync(reference, client=union, body=more, idempotency_key=once()))
    assert (wrote.kind, wrote.from_office) == (KindOfLetter.LETTER, False)


def not_for_others(foreign: AuthenticatedClient, reference: str) -> None:
    """Another organization's key meets the answer of a reference that was never given out."""
    answers = [
        got(Problem, read_request.sync(reference, client=foreign)),
        got(Problem, list_letters.sync(reference, client=foreign)),
        got(Problem, list_documents.sync(reference, client=foreign)),
        got(Problem, read_section_situation.sync(reference, client=foreign)),
        got(Problem, withdraw.sync(reference, client=foreign, idempotency_key=once())),
        got(Problem, read_request.sync("FA-0000-0000", client=foreign)),
    ]
    assert {(one.status, one.code, one.detail) for one in answers} == {(404, "not-found", answers[0].detail)}
    assert got(RequestPage, list_requests.sync(client=foreign)).results == []


def decided(union: AuthenticatedClient, officer: AuthenticatedClient, reference: str) -> None:
    """The officer's last steps; those of the requester are over, and are refused as such."""
    aside = Written(text="Between officers.")
    got(WholeRequest, note.sync(reference, client=officer, body=aside, idempotency_key=once()))
    may_not = got(Problem, accept.sync(reference, client=union, idempotency_key=once()))
    assert (may_not.status, may_not.code) == (403, "not-permitted")
    good = MaybeDecision(text="The request was found suitable.")
    accepted = got(WholeRequest, accept.sync(reference, client=officer, body=good, idempotency_key=once()))
    prepared = got(WholeRequest, prepare.sync(reference, client=officer, idempotency_key=once()))
    done = MaybeDecision(text="The seminar took place.")
    given = got(WholeRequest, give.sync(reference, client=officer, body=done, idempotency_key=once()))
    published(union, officer, reference)
    closed = got(WholeRequest, close.sync(reference, client=officer, idempotency_key=once()))
    assert [accepted.status, prepared.status] == [Status.ACCEPTED, Status.IN_PREPARATION]
    assert [given.status, closed.status] == [Status.GIVEN, Status.CLOSED]
    too_late = got(Problem, withdraw.sync(reference, client=union, idempotency_key=once()))
    assert (too_late.status, too_late.code) == (409, "not-now")


def published(union: AuthenticatedClient, officer: AuthenticatedClient, reference: str) -> None:
    """A text, the requester's word on this very text, and its publication."""
    text = ToPublish(text="A seminar on the registration of unions in the health sector.")
    got(WholeRequest, ask_to_publish.sync(reference, client=officer, body=text, idempotency_key=once()))
    asked = got(Publication, read_publication.sync(reference, client=union))
    assert (asked.state, asked.agreed_at) == (StateOfPublication.ASKED, None)
    too_early = got(Problem, publish.sync(reference, client=officer, idempotency_key=once()))
    assert too_early.status == 409
    agreed = Agreed(publication=asked.id)
    got(WholeRequest, consent.sync(reference, client=union, body=agreed, idempotency_key=once()))
    got(WholeRequest, publish.sync(reference, client=officer, idempotency_key=once()))
    public = got(Publication, read_publication.sync(reference, client=union))
    assert (public.id, public.state, public.kind) == (asked.id, StateOfPublication.PUBLISHED, KindOfHelp.SEMINAR)


def told(union: AuthenticatedClient, officer: AuthenticatedClient, reference: str) -> None:
    """What each reads of it afterwards, a page at a time."""
    steps = [event.action for event in events(union, reference)]
    asked = ["send", "take", "ask", "answer", "write"]
    done = ["accept", "prepare", "give", "ask_to_publish", "consent", "publish", "close"]
    assert steps == [*asked, *done]
    assert [event.action for event in events(officer, reference)] == [*asked, "note", *done]
    kinds = [letter.kind for letter in letters(union, reference)]
    assert kinds == [
        KindOfLetter.QUESTION,
        KindOfLetter.ANSWER,
        KindOfLetter.LETTER,
        KindOfLetter.DECISION,
        KindOfLetter.DECISION,
    ]


def taken_back(union: AuthenticatedClient, began: datetime) -> None:
    """What was withdrawn is among what has changed."""
    reference = a_draft(union)
    fill(union, reference)
    got(WholeRequest, send.sync(reference, client=union, body=Send(declared=True), idempotency_key=once()))
    before = datetime.now(UTC)
    gone = got(WholeRequest, withdraw.sync(reference, client=union, idempotency_key=once()))
    assert gone.status is Status.WITHDRAWN
    moved = got(RequestPage, list_requests.sync(client=union, changed_since=before))
    assert [(one.reference, one.status) for one in moved.results] == [(reference, Status.WITHDRAWN)]
    assert [one.status for one in everything(union, began)] == [Status.WITHDRAWN, Status.CLOSED]


def everything(union: AuthenticatedClient, since: datetime) -> Iterator[RequestLine]:
    """What has moved, one row a page."""
    page = got(RequestPage, list_requests.sync(client=union, changed_since=since, limit=1))
    yield from page.results
    while page.next_ is not None:
        at = cursor(page.next_)
        page = got(RequestPage, list_requests.sync(client=union, changed_since=since, limit=1, cursor=at))
        yield from page.results


def events(client: AuthenticatedClient, reference: str) -> Iterator[Event]:
    """The steps, four a page."""
    page = got(EventPage, list_events.sync(reference, client=client, limit=4))
    yield from page.results
    while page.next_ is not None:
        page = got(EventPage, list_events.sync(reference, client=client, limit=4, cursor=cursor(page.next_)))
        yield from page.results


def letters(client: AuthenticatedClient, reference: str) -> list[Letter]:
    """The letters."""
    return got(LetterPage, list_letters.sync(reference, client=client)).results


def cursor(following: str) -> str:
    """The cursor in the address of the next page."""
    return parse_qs(urlsplit(following).query)["cursor"][0]
