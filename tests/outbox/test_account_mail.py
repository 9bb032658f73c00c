"""Password resets and the like take the same way; their words are gone once they are sent."""

import pytest
from django.core.mail import EmailMessage, send_mail

from outbox.delivery import deliver
from outbox.folder import mails_to
from outbox.kinds import register
from outbox.models import ACCOUNT, Notice, State


@pytest.fixture(autouse=True)
def by_the_outbox(settings):
    # pytest-django puts a backend of its own here.
    settings.EMAIL_BACKEND = "outbox.backend.OutboxBackend"


def reset(to: list[str]) -> None:
    send_mail("Reset your password", "Open this link: canary-token", None, to)


def test_an_account_mail_is_one_notice_for_each_recipient(db):
    EmailMessage("Subject", "Text", to=["a@example.org"], bcc=["b@example.org"]).send()
    found = Notice.objects.values_list("kind", "address", "subject", "body")
    assert sorted(found) == [(ACCOUNT, f"{who}@example.org", "Subject", "Text") for who in "ab"]


def test_an_account_mail_is_delivered_and_then_blanked(db):
    reset(["a@example.org"])
    notice = Notice.objects.get()
    deliver(notice.pk)
    notice.refresh_from_db()
    [mail] = mails_to("a@example.org")
    assert (mail.subject, mail.text) == ("Reset your password", "Open this link: canary-token")
    assert (notice.state, notice.subject, notice.body) == (State.SENT, "", "")


def test_the_same_account_mail_twice_is_two_mails(db):
    reset(["a@example.org"])
    reset(["a@example.org"])
    assert Notice.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_account_mail_outside_a_transaction_is_stored_and_rung(broker):
    reset(["a@example.org"])
    assert broker.rung() == [("outbox.deliver", [str(Notice.objects.get().pk)])]


def test_canary_the_broker_never_sees_an_account_mails_words(db, broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        reset(["a@example.org"])
    [text] = broker.texts()
    assert not any(canary in text for canary in ("canary-token", "a@example.org", "Reset"))


def test_a_kind_is_composed_by_one_function_only():
    with pytest.raises(ValueError, match="twice"):
        register(ACCOUNT, lambda notice: None)
