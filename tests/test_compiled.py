"""A statement that is made once: it gives what the query gives, to each caller his own, and keeps nobody's id."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from base import compiled as module
from base.compiled import MOMENT, compiled, made_up_id
from requests_app.models import Request
from tests.factories import a_draft, a_member, a_union, organization_of

pytestmark = pytest.mark.django_db
ORGANIZATION = made_up_id(0)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(module, "_kept", {})


def of(organization, since=MOMENT, **how):
    """References of an organization's requests that are saved since then."""
    real = {ORGANIZATION: organization.pk, MOMENT: since}
    [made] = compiled("of", lambda: [query()], real)
    return {row["reference"] for row in made.rows(real, **how)}


def query():
    rows = Request.objects.filter(organization=ORGANIZATION, saved_at__gte=MOMENT, title__icontains="100%")
    return rows.values("reference")


@pytest.mark.parametrize("prepared", [True, False])
def test_each_gets_what_is_asked_with_his_values(prepared):
    union, employers = a_union(), a_member("employers")
    mine, theirs = (a_draft(by=one, filled=False, title="100% of it") for one in (union, employers))
    a_draft(by=union, filled=False, title="100 of it")
    with override_settings(PREPARED_STATEMENTS=prepared):
        for _again in range(2):
            assert of(organization_of(union)) == {mine.reference}
            assert of(organization_of(employers)) == {theirs.reference}
        assert of(organization_of(union), planned_anew=True) == {mine.reference}
        assert of(organization_of(union), since=timezone.now() + timedelta(days=1)) == set()


def test_objects_come_with_what_was_joined_to_them(django_assert_num_queries):
    draft = a_draft(by=a_union(), filled=False)

    def joined():
        return [Request.objects.filter(reference="<reference>").with_sections().select_related("organization")]

    [made] = compiled("one", joined, ["<reference>"])
    [found] = made.rows({"<reference>": draft.reference})
    assert (found, found.created_at, found.raw) == (draft, draft.created_at, {})
    with django_assert_num_queries(0):
        assert found.organization.name
        assert found.sections()


def test_what_can_find_nothing_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [made.rows({}) for made in compiled("none", lambda: [Request.objects.none()], [])] == [[]]


@pytest.mark.parametrize(
    "baked",
    [{"author": made_up_id(9)}, {"saved_at__gte": timezone.now()}, {"form_key": made_up_id(8)}],
)
def test_an_id_or_a_moment_never_stays_in_a_statement(baked):
    with pytest.raises(ValueError, match="would stay"):
        compiled("baked", lambda: [Request.objects.filter(organization=ORGANIZATION, **baked)], [ORGANIZATION])


def test_those_kept_do_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    organization = organization_of(a_union())
    for number in range(8):
        [made] = compiled(number, lambda: [query()], [ORGANIZATION, MOMENT])
        assert made.rows({ORGANIZATION: organization.pk, MOMENT: MOMENT}) == []
    assert len(module._kept) <= 3
    assert of(organization) == set()


@pytest.mark.django_db(transaction=True)
def test_threads_share_a_statement_each_over_its_own_connection():
    union = a_union()
    draft, organization, found = a_draft(by=union, filled=False, title="100%"), organization_of(union), []

    def work():
        found.append(of(organization))
        connection.close()

    of(organization)
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [{draft.reference}] * 4
