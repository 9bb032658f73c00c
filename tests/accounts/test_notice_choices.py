"""What one is told by mail: at once, in one mail a day, not at all; questions and decisions always."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts import notice_choices
from accounts.models import DigestLine
from accounts.organizations import admit
from outbox import delivery
from outbox.models import Notice, State
from requests_app.states import QUESTION_OUT
from tests import factories as make
from tests.pages.markup import faults

pytestmark = pytest.mark.django_db
PAGE = "account_notices"
EVENING = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def carried_out(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def kinds_to(user) -> list[str]:
    return sorted(Notice.objects.filter(recipient=user).values_list("kind", flat=True))


def test_the_page_shows_what_is_chosen_and_keeps_what_can_be(client):
    user = make.a_union()
    client.force_login(user)
    page = client.get(reverse(PAGE))
    assert faults(page) == []
    wanted = {"received": "none", "joined": "daily", "question": "none", "given": "never", "nothing": "none"}
    client.post(reverse(PAGE), wanted)
    now = notice_choices.chosen(user)
    assert (now["received"], now["joined"], now["question"], now["given"]) == ("none", "daily", "now", "now")
    client.post(reverse(PAGE), {"received": "now"})
    assert notice_choices.chosen(user)["received"] == "now"


def test_who_wants_no_mail_gets_none_and_a_colleague_still_does():
    user = make.a_union()
    colleague = make.a_member(email="second@example.org")
    notice_choices.choose(user, {"received": "none"})
    make.a_request(by=user)
    assert kinds_to(user) == []
    assert kinds_to(colleague) == ["request.received"]


def test_a_question_comes_whatever_a_row_says():
    user = make.a_union()
    notice_choices.NoticeChoice.objects.create(user=user, event="question", how="none")
    make.a_request(status=QUESTION_OUT, by=user)
    assert "request.question" in kinds_to(user)


def test_the_mail_of_the_day_tells_everything_once_with_references_and_links_only(mailoutbox):
    user = make.a_union()
    notice_choices.choose(user, {"received": "daily", "question": "daily"})
    with time_machine.travel(EVENING, tick=False):
        request = make.a_request(status=QUESTION_OUT, by=user)
        other = make.a_request(by=user)
        assert kinds_to(user) == []
        assert notice_choices.owe_digests(timezone.now()) == 0
    morning = EVENING + timedelta(hours=11)
    with time_machine.travel(morning, tick=False):
        assert [notice_choices.owe_digests(timezone.now()) for _run in range(2)] == [1, 0]
        delivery.sweep(timezone.now() + timedelta(minutes=1))
    mail = next(mail for mail in mailoutbox if mail.to == [user.email])
    assert mail.body.count(request.reference) == 4  # two events, each with its link
    assert f"/requests/{other.reference}/" in mail.body
    assert make.TITLE not in mail.body
    assert make.organization_of(user).name not in mail.body


def test_what_comes_later_waits_for_the_next_day():
    user = make.a_union()
    notice_choices.choose(user, {"received": "daily"})
    for hours in (0, 24):
        with time_machine.travel(EVENING + timedelta(hours=hours), tick=False):
            make.a_request(by=user)
            notice_choices.owe_digests(timezone.now())
    with time_machine.travel(EVENING + timedelta(hours=35), tick=False):
        assert notice_choices.owe_digests(timezone.now()) == 1
    assert kinds_to(user) == ["account.digest"] * 2


def test_a_former_member_reads_nothing_in_the_mail_of_the_day(mailoutbox):
    user = make.a_union()
    notice_choices.choose(user, {"received": "daily"})
    with time_machine.travel(EVENING, tick=False):
        make.a_request(by=user)
    with time_machine.travel(EVENING + timedelta(hours=11), tick=False):
        notice_choices.owe_digests(timezone.now())
        user.memberships.update(until=timezone.now())
        delivery.sweep(timezone.now() + timedelta(minutes=1))
    assert [mail for mail in mailoutbox if mail.to == [user.email]] == []


def test_lines_that_were_told_are_forgotten_after_a_week():
    user = make.a_union()
    DigestLine.objects.create(user=user, kind="received", about="FA", day=(timezone.now() - timedelta(days=9)).date())
    notice_choices.owe_digests(timezone.now())
    assert not DigestLine.objects.exists()


def test_an_administrator_can_turn_off_the_word_of_new_members():
    boss = make.a_member(role="administrator")
    notice_choices.choose(boss, {"joined": "none"})
    admit(user=make.a_person("new@example.org"), organization=make.organization_of(boss), role="reader", by=boss)
    assert kinds_to(boss) == []


def test_a_banner_says_on_every_page_that_mail_does_not_arrive_until_one_does(client):
    user = make.a_union()
    client.force_login(user)
    sentence = "could not be delivered"
    facts = {"kind": "request.received", "address": user.email, "language": "en"}
    earlier = timezone.now() - timedelta(minutes=2)
    Notice.objects.create(**facts, cause="1", state=State.PARKED, created_at=earlier)
    for page in ("home", "account", "requests:list", "help"):
        answer = client.get(reverse(page))
        assert sentence in answer.content.decode(), page
        assert faults(answer) == []
    Notice.objects.create(**facts, cause="2", state=State.SENT, sent_at=timezone.now())
    assert sentence not in client.get(reverse("home")).content.decode()
    client.force_login(make.a_person("other@example.org"))
    assert sentence not in client.get(reverse("home")).content.decode()
