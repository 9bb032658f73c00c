"""What somebody writes to get an account: words that only the Branch, the Bureau of the group and the account
administrator find, and no mail, notice or log."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.utils import timezone

from accounts import joining
from accounts.models import JoinRequest
from outbox import delivery
from outbox.folder import parse
from outbox.models import Notice
from tests.walls.canaries import Canaries
from tests.walls.cast import Cast, build
from tests.walls.crawl import addresses, crawl
from tests.walls.test_canary import Heard

WORDS = ("name", "function", "organization_name", "proof")
UNCONCERNED = ("anonymous", "other union", "ministry", "actemp", "specialist")
CONCERNED = ("branch", "actrav", "superuser")


@pytest.fixture(scope="module")
def written(kept: Callable, tmp_path_factory) -> Iterator[tuple[Cast, Canaries, str]]:
    """The cast, the words, and what the logs heard."""

    def gather() -> tuple[Cast, Canaries, str]:
        cache.clear()
        cast, words, heard = build(), Canaries(), Heard()
        JoinRequest.objects.get().steps.all().delete()
        JoinRequest.objects.all().delete()
        logging.getLogger().addHandler(heard)
        typed = {name: words.new(name) for name in WORDS} | {"country_code": "CM", "kind": "workers"}
        cast.client("anonymous").post("/en/account/join/", typed | {"address": "canary@example.org"})
        joining.confirm_as_new(JoinRequest.objects.get(), "a quite long password")
        cast.named["joinrequest"] = JoinRequest.objects.get().pk
        desk = cast.client("actrav")
        address = f"/admin/accounts/joinrequest/{cast.named['joinrequest']}/act/agree/"
        desk.post(address, {"text": words.new("agreed")})
        logging.getLogger().removeHandler(heard)
        return cast, words, "\n".join(heard.lines)

    with kept(gather) as found:
        yield found


def pages_of(cast: Cast) -> list[str]:
    every = addresses(cast, cast.sent.request.reference, cast.draft.request.reference, "decoy")
    return [page for page in every if "account" in page or "organizations" in page]


@pytest.mark.django_db
@pytest.mark.parametrize("role", UNCONCERNED)
def test_no_word_is_found_by_who_is_not_concerned(written, role):
    cast, words, _logs = written
    found = {page: words.found_in(text) for page, text in crawl(cast, role, pages_of(cast)).items()}
    assert {page: places for page, places in found.items() if places} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("role", CONCERNED)
def test_every_word_is_found_by_whom_it_concerns(written, role):
    cast, words, _logs = written
    seen = set().union(*(words.found_in(text) for text in crawl(cast, role, pages_of(cast)).values()))
    assert seen == {*WORDS, "agreed"}


@pytest.mark.django_db
def test_no_mail_notice_log_or_history_holds_a_word(written, settings, tmp_path):
    _cast, words, logs = written
    settings.MAIL_DIR, settings.DELIVERY_EMAIL_BACKEND = tmp_path, "outbox.folder.FolderBackend"
    delivery.sweep(timezone.now() + timedelta(minutes=1))
    mails = list(tmp_path.glob("*.eml"))
    assert mails
    for file in mails:
        mail = parse(file)
        assert words.found_in(f"{mail['Subject']} {mail.get_content()}") == set()
    rows = repr([*Notice.objects.values(), *LogEntry.objects.values()])
    assert words.found_in(rows) == words.found_in(logs) == set()
