"""A request full of words that stand nowhere else: nobody finds one who is not concerned, nor that anything is there.

The same crawl is made before and after: what differs for somebody who is not concerned is a leak, whatever it says.
"""

import base64
import json
import logging
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.test import TestCase
from django.utils import timezone

from accounts.models import Session
from base.references import new_reference
from outbox import delivery
from outbox.folder import parse
from outbox.models import Notice
from requests_app.models import Event, Request
from tests.factories import PASSWORD
from tests.walls.canaries import Canaries, a_draft_with_canaries, a_union_with_canaries, add_document, live
from tests.walls.cast import UNCONCERNED, Cast, build
from tests.walls.crawl import Answers, addresses, asked, crawl, outside, stored
from tests.walls.pages import browser
from tests.walls.principals import World
from tests.walls.told import Told, a_word

pytestmark = pytest.mark.thorough
# Whose crawl takes every page; the others differ from them only outside the desk.
THOROUGH = ("anonymous", "ministry", "actemp", "superuser", "branch")
CONCERNED = ("reader", "branch", "actrav", "specialist")
ACCOUNTS = ("organization.", "member.")


class Heard(logging.Handler):
    """Everything that any logger says, at every level that the settings leave open."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@dataclass
class Evidence:
    """What was seen before and after the request, and everything else that it left behind."""

    cast: Cast
    words: Canaries
    reference: str
    draft: str
    before: dict[str, Answers] = field(default_factory=dict)
    after: dict[str, Answers] = field(default_factory=dict)
    tables: list[dict[str, str]] = field(default_factory=list)
    logs: str = ""
    queue: str = ""
    mails: list[Path] = field(default_factory=list)
    cached: str = ""


def gather(folder: Path) -> Evidence:
    """The whole story: a crawl of everybody, the life of a request, the mails, the crawl again."""
    words, world, heard = Canaries(), World(), Heard()
    world.author = a_union_with_canaries(words, world.union)
    nothing = Told(Request(reference=new_reference()), {}), Told(Request(reference=new_reference()), {})
    found = build(sent=lambda by: nothing[0], draft=lambda by: nothing[1], world=world)
    evidence = Evidence(found, words, nothing[0].request.reference, nothing[1].request.reference)
    pages = list(addresses(found, evidence.reference, evidence.draft, "decoy"))
    logging.getLogger().addHandler(heard)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        browser(None).post("/en/account/sign-in/", {"login": world.author.email, "password": PASSWORD})
        for role in UNCONCERNED:
            evidence.before[role] = crawl(found, role, pages if role in THOROUGH else outside(pages))
        messages = set(settings.QUEUE_DIR.glob("messages/*"))
        with TestCase.captureOnCommitCallbacks(execute=True):
            file_it(evidence, found, world)
        evidence.queue = "".join(map(message, set(settings.QUEUE_DIR.glob("messages/*")) - messages))
        settings_of_mail = settings.MAIL_DIR
        settings.MAIL_DIR = folder
        delivery.sweep(timezone.now() + timedelta(minutes=1))
        settings.MAIL_DIR = settings_of_mail
        evidence.mails = list(folder.glob("*.eml"))
        evidence.tables.append(stored())
        for role in (*UNCONCERNED, *CONCERNED):
            evidence.after[role] = crawl(found, role, pages if role in THOROUGH else outside(pages))
        evidence.tables.append(stored())
    finally:
        logging.getLogger().setLevel(level)
        logging.getLogger().removeHandler(heard)
    evidence.logs = "\n".join(heard.lines)
    evidence.cached = in_redis() if settings.REDIS_URL else repr(list(map(kept_in_memory, cache._cache.items())))
    return evidence


def file_it(evidence: Evidence, cast: Cast, world: World) -> None:
    """Write, send, and everything that follows."""
    words, union, desk = evidence.words, cast.client("writer"), cast.client("branch")
    request = a_draft_with_canaries(words, by=world.author, union=union, said="sent", reference=evidence.reference)
    add_document(request, words, union=union, said="sent")
    request.documents.update(uid=cast.named["document"])
    draft = a_draft_with_canaries(words, by=world.author, union=union, said="draft", reference=evidence.draft)
    add_document(draft, words, union=union, said="draft")
    live(request, words, union=union, desk=desk)


def kept_in_memory(row: tuple[str, bytes]) -> tuple[str, object]:
    """A key of the cache of this process, and what it holds."""
    return row[0], pickle.loads(row[1])  # noqa: S301  (our own)


def in_redis() -> str:
    """Everything that Redis holds: the cache, and the messages with their bodies in clear."""
    with redis.from_url(settings.REDIS_URL) as server:
        reads = {b"string": server.get, b"hash": server.hgetall, b"set": server.smembers}
        reads |= {b"list": lambda key: server.lrange(key, 0, -1), b"zset": lambda key: server.zrange(key, 0, -1)}
        held = {key: reads[server.type(key)](key) for key in server.scan_iter()}
    bodies = [base64.b64decode(json.loads(text)["body"]) for text in held.get(b"celery", [])]
    return repr((held, bodies))


def message(file: Path) -> str:
    """A message of the broker's folder, its body in clear."""
    text = file.read_text()
    return text + base64.b64decode(json.loads(text)["body"]).decode()


@pytest.fixture(scope="module")
def evidence(kept: Callable, tmp_path_factory) -> Iterator[Evidence]:
    cache.clear()
    with kept(lambda: gather(tmp_path_factory.mktemp("mail"))) as found:
        yield found


def hits(evidence: Evidence, role: str, *, allowed: tuple[str, ...] = ()) -> dict[str, set[str]]:
    """The pages on which this person found words, and which."""
    found = {page: evidence.words.found_in(text, allowed=allowed) for page, text in evidence.after[role].items()}
    return {page: places for page, places in found.items() if places}


def test_the_words_are_there_for_those_whom_they_concern(evidence):
    found = set().union(*hits(evidence, "branch").values())
    sent = {place for place in evidence.words.words if place.startswith("sent.")}
    # The answer to the letter replaced what was written first.
    replaced = {"sent.typed", "sent.situation.happening"}
    of_other_kinds = ("sent.draft-law", "sent.provision", "sent.direct-contacts", "sent.visit", "sent.help-imagined")
    unread = {place for place in sent if place.startswith(of_other_kinds)}
    assert sent - replaced - unread <= found
    assert {
        "note",
        "letter.question",
        "letter.answer",
        "letter.letter",
        "letter.decision",
        "letter.given",
        "answered",
        "result",
    } <= found
    assert len(evidence.words.words) > 150


@pytest.mark.parametrize("role", UNCONCERNED)
def test_no_word_is_found_by_who_is_not_concerned(evidence, role):
    allowed = ACCOUNTS if role == "superuser" else ()
    assert hits(evidence, role, allowed=allowed) == {}


@pytest.mark.parametrize("role", CONCERNED)
def test_nobody_but_its_author_finds_a_word_of_the_draft(evidence, role):
    others = tuple({place.split(".")[0] for place in evidence.words.words} - {"draft"})
    assert hits(evidence, role, allowed=others) == {}


@pytest.mark.parametrize("role", UNCONCERNED)
def test_the_twin_world_without_the_request_answers_the_same(evidence, role):
    before, after = evidence.before[role], evidence.after[role]
    assert {page for page in before if before[page] != after[page]} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["ministry", "actemp", "other specialist", "superuser"])
@pytest.mark.parametrize("place", ["sent.title", "sent.people.email"])
def test_a_search_for_a_word_that_exists_answers_like_one_for_a_word_that_does_not(evidence, role, place):
    word, other = evidence.words.words[place], a_word()
    for one, two in zip(asked(evidence.reference, word), asked(evidence.reference, other), strict=True):
        if word in one and (one.startswith("/en/") or role != "ministry"):
            texts = crawl(evidence.cast, role, [one])[one], crawl(evidence.cast, role, [two])[two]
            assert texts[0].replace(word, "*") == texts[1].replace(other, "*"), one


def test_looking_changes_nothing_but_the_record_of_looks(evidence):
    before, after = evidence.tables
    assert {table for table in before if before[table] != after[table]} == set()


def test_mails_carry_a_reference_and_a_link(evidence):
    assert len(evidence.mails) > 8
    for file in evidence.mails:
        mail = parse(file)
        text = file.read_text() + "\n".join(str(value) for value in mail.values()) + str(mail.get_content())
        to = {place for place, word in evidence.words.words.items() if word in str(mail["To"])}
        assert evidence.words.found_in(text) == to, file.read_text()
        assert str(mail.get_content()).count(evidence.reference) >= 1
        assert len(mail["To"].addresses) == 1 and mail["Cc"] is None and mail["Bcc"] is None


def test_mail_goes_to_those_who_know_of_the_request(evidence):
    known = [evidence.cast.people[role].email for role in ("writer",)]
    units = {"officer@example.org", "actrav@example.org", "specialist@example.org"}
    to = {str(parse(file)["To"]) for file in evidence.mails}
    assert to == {*known, *units}


@pytest.mark.django_db
def test_notices_carry_a_reference_and_their_address(evidence):
    for row in Notice.objects.values():
        address = row.pop("address")
        assert evidence.words.found_in(repr(row)) == set()
        assert evidence.words.found_in(address) <= {"member.email"}


@pytest.mark.django_db
def test_events_hold_no_typed_word(evidence):
    assert evidence.words.found_in(repr(list(Event.objects.values()))) == set()


@pytest.mark.django_db
def test_what_others_leave_behind_holds_no_word(evidence):
    entries = repr(list(LogEntry.objects.values()))
    opened = [row.get_decoded() for row in Session.objects.all()]
    own = str(evidence.cast.people["writer"].pk)
    sessions = repr([session for session in opened if session["_auth_user_id"] != own])
    assert own in repr(opened)
    assert evidence.words.found_in(entries) == set()
    assert evidence.words.found_in(sessions) == set()


def test_the_cache_holds_no_word(evidence):
    assert evidence.words.found_in(evidence.cached) == set()


def test_the_broker_is_told_ids(evidence):
    assert settings.REDIS_URL or "outbox.deliver" in evidence.queue
    assert evidence.words.found_in(evidence.queue) == set()
    assert evidence.reference not in evidence.queue


@pytest.mark.needs_redis
def test_redis_holds_no_word(evidence):
    assert "outbox.deliver" in evidence.cached
    assert evidence.words.found_in(evidence.cached) == set()
    assert evidence.reference not in evidence.cached


def test_logs_hold_no_word(evidence):
    assert "ta_portal.access" in evidence.logs
    assert evidence.words.found_in(evidence.logs) == set()
    assert evidence.reference not in evidence.logs


@pytest.mark.django_db
def test_a_page_that_breaks_tells_no_word_to_its_reader_and_none_to_the_logs(evidence, monkeypatch):
    heard = Heard()
    logging.getLogger().addHandler(heard)
    word = evidence.words.words["sent.title"]

    def broken(*_args, **_more):
        raise ValueError(f"cannot read {word}")

    monkeypatch.setattr("requests_app.views.detail.gather", broken)
    client = browser(evidence.cast.people["writer"], raise_request_exception=False)
    answer = client.get(f"/en/requests/{evidence.reference}/answers/")
    logging.getLogger().removeHandler(heard)
    assert answer.status_code == 500
    assert evidence.words.found_in(answer.content.decode()) == set()
    assert "ValueError" in "\n".join(heard.lines)
    assert evidence.words.found_in("\n".join(heard.lines)) == set()
