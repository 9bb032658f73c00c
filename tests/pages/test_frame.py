"""What the frame shows to whom."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Post, Unit, User
from tests.pages.markup import Page, faults

pytestmark = pytest.mark.django_db


def menu_of(user: User) -> set[str]:
    """Where the pages of `user` lead to."""
    client = Client()
    client.force_login(user)
    response = client.get(reverse("help"))
    assert faults(response) == []
    return set(Page(response).links)


@pytest.fixture
def constituent() -> User:
    return User.objects.create(email="a@example.net", name="Ana <b>Ruiz</b> (fictional)")


def test_a_constituent_finds_requests_account_and_the_way_out_but_no_desk(constituent: User) -> None:
    links = menu_of(constituent)
    assert {reverse("requests:list"), reverse("account"), reverse("account_logout")} <= links
    assert reverse("account_login") not in links
    assert reverse("admin:index") not in links


def test_an_officer_finds_the_desk_until_the_post_ends(constituent: User) -> None:
    unit = Unit.objects.get_or_create(kind="actrav", defaults={"address": "actrav@example.net"})[0]
    post = Post.objects.create(user=constituent, unit=unit)
    assert reverse("admin:index") in menu_of(constituent)
    post.until = post.since
    post.save()
    assert reverse("admin:index") not in menu_of(constituent)


def test_signing_out_by_the_button_of_the_frame_is_a_post(constituent: User) -> None:
    client = Client()
    client.force_login(constituent)
    forms = [attrs for tag, attrs in Page(client.get(reverse("help"))).tags if tag == "form"]
    assert {"method": "post", "action": reverse("account_logout")} in forms
    assert client.get(reverse("account_logout")).status_code == 405
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_a_name_is_shown_as_it_is_written_and_never_as_markup(constituent: User) -> None:
    client = Client()
    client.force_login(constituent)
    assert "Ana &lt;b&gt;Ruiz&lt;/b&gt;" in client.get(reverse("help")).content.decode()


@pytest.mark.parametrize(
    "html",
    [
        '<!doctype html><html lang="en" dir="ltr"><title>A</title><h1>A</h1><h3>B</h3>',
        '<!doctype html><html lang="en" dir="ltr"><title>A</title><h1>A</h1><h1>B</h1>',
        '<!doctype html><html lang="en" dir="ltr"><title>A</title><h1 style="color:red">A</h1>',
        '<!doctype html><html lang="en" dir="ltr"><title>A</title><h1>A</h1><p><div></div></p>',
        '<!doctype html><html lang="en" dir="ltr"><title>A</title><h1>A</h1><img src="//cdn.example/x.png">',
        "<!doctype html><html><title>A</title><h1>A</h1>",
    ],
)
def test_the_check_of_markup_sees_each_fault(html: str) -> None:
    class Response:
        content = html.encode()

    assert faults(Response) != []
