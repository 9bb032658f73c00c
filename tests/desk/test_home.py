"""The desk's home: what waits for this officer, counted from what he may know of; registers for everybody else."""

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app import states
from requests_app.kinds import OPINION
from tests.factories import a_request, a_superuser, an_employer, an_officer

HOME = "admin:index"
OWN_QUERIES = 3
FRAME_QUERIES = 4  # session, person, memberships, posts


def tiles(page) -> dict[str, int]:
    """The numbers of the home by view."""
    return {tile.slug: tile.number for tile in page.context["home"]["tiles"]}


def test_home_shows_my_requests_what_is_new_and_the_numbers_of_the_views(at_desk):
    mine = a_request(OPINION, states.QUESTION_OUT, officer=an_officer(), title="Zebra")
    new = a_request(OPINION, title="Giraffe")
    page = at_desk().get(reverse(HOME))
    assert tiles(page) == {
        "to-examine": 1,
        "mine": 1,
        "waiting": 1,
        "in-preparation": 0,
        "open": 2,
        "closed": 0,
        "drafts": 0,
        "all": 2,
    }
    for words in ("Zebra", "Giraffe", mine.reference, new.reference, "?view=waiting"):
        assert words in page.text


def test_matrix_the_numbers_count_only_what_this_officer_may_know_of(at_desk):
    a_request(OPINION, by=an_employer(), title="Zebra")
    assert tiles(at_desk("branch").get(reverse(HOME)))["all"] == 1
    assert tiles(at_desk("actemp").get(reverse(HOME)))["all"] == 1
    informed = at_desk("actrav").get(reverse(HOME))
    assert tiles(informed)["all"] == 1
    assert "Zebra" not in informed.text
    a_request(OPINION)
    assert tiles(at_desk("actemp").get(reverse(HOME)))["all"] == 1


def test_matrix_a_technical_administrator_finds_registers_and_no_numbers(at_desk):
    a_request(OPINION)
    page = at_desk(a_superuser()).get(reverse(HOME))
    assert 'class="tiles"' not in page.text
    assert reverse("admin:accounts_user_changelist") in page.text
    assert "requests/request" not in page.text


def test_home_costs_three_queries_of_its_own(at_desk):
    for _number in range(3):
        a_request(OPINION)
    client = at_desk()
    client.get(reverse(HOME))
    cache.clear()
    with CaptureQueriesContext(connection) as counted:
        client.get(reverse(HOME))
    assert len(counted) <= OWN_QUERIES + FRAME_QUERIES
