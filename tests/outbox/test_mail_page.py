"""In the try-out each signed-in person reads the mail to his own address, and nobody else's."""

import pytest
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.urls import reverse

from outbox.folder import FolderBackend, mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mails(db):
    FolderBackend().send_messages(
        [
            EmailMessage("First for A", "See https://portal.example.org/x\n<b>text</b>", to=["a@example.org"]),
            EmailMessage("For B", "secret of B", to=["b@example.org"]),
            EmailMessage("For both", "secret of both", to=["a@example.org", "b@example.org"]),
            EmailMessage("Second for A", "é – text", to=["a@example.org"]),
        ]
    )


@pytest.fixture
def as_a(client):
    client.force_login(get_user_model().objects.create_user("a@example.org", name="A (fictional)"))
    return client


def test_mail_is_read_newest_first_and_by_its_one_recipient_only():
    assert [mail.subject for mail in mails_to("a@example.org")] == ["Second for A", "First for A"]
    assert [mail.text for mail in mails_to("B@example.org")] == ["secret of B"]
    assert mails_to("example.org") == []


def test_a_mail_appears_whole_under_a_name_that_tells_nothing(mail_folder):
    names = [file.name for file in mail_folder.iterdir()]
    assert len(names) == 4
    assert all(name.endswith(".eml") and len(name) == 36 for name in names)


def test_the_mail_page_shows_a_person_only_the_mail_to_the_own_address(as_a, settings):
    settings.SHOW_MAIL_PAGE = True
    text = as_a.get(reverse("try_out_mail")).text
    assert text.index("Second for A") < text.index("First for A")
    assert "é – text" in text
    assert "secret of" not in text


def test_the_mail_page_makes_links_and_shows_markup_as_text(as_a, settings):
    settings.SHOW_MAIL_PAGE = True
    text = as_a.get(reverse("try_out_mail")).text
    assert '<a href="https://portal.example.org/x"' in text
    assert "&lt;b&gt;text&lt;/b&gt;" in text


def test_who_is_not_signed_in_is_sent_to_the_log_in(client, settings):
    settings.SHOW_MAIL_PAGE = True
    answer = client.get(reverse("try_out_mail"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse(settings.LOGIN_URL))


def test_outside_the_try_out_the_mail_page_does_not_exist(as_a, settings):
    settings.SHOW_MAIL_PAGE = False
    assert as_a.get(reverse("try_out_mail")).status_code == 404
