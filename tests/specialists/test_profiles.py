"""Profiles at the desk: who edits them, and that a profile gives nobody a right."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Post, Specialist, User
from accounts.standing import standing_of
from tests.factories import a_person, a_specialist, a_superuser, a_unit, an_officer

pytestmark = pytest.mark.django_db
LIST, ADD = "admin:accounts_specialist_changelist", "admin:accounts_specialist_add"


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(**changes: object) -> dict:
    given = {
        "person": "yao@example.org",
        "unit": str(a_unit("YAO").pk),
        "kind": "employers",
        "duties": ["draft_laws", "meetings"],
        "languages": "fr en",
        "busy_at": "2",
        "full_at": "3",
    }
    return {**given, **changes}


@pytest.mark.parametrize("who", [an_officer, a_superuser])
def test_the_branch_and_the_technical_administrator_make_and_change_profiles(who):
    person, client = an_officer("YAO"), desk(who())
    assert client.post(reverse(ADD), typed()).status_code == 302
    made = Specialist.objects.get()
    assert (made.user, made.kind, made.duties) == (person, "employers", ["draft_laws", "meetings"])
    address = reverse("admin:accounts_specialist_change", args=[made.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, typed(languages="fr")).status_code == 302
    made.refresh_from_db()
    assert (made.languages, made.user) == ("fr", person)


@pytest.mark.parametrize(
    "changes",
    [
        {"person": "nobody@example.org"},
        {"languages": "French"},
        {"busy_at": "3"},
        {"busy_at": "0"},
        {"duties": ["flying"]},
        {"kind": "other"},
    ],
)
def test_what_cannot_be_is_refused(changes):
    an_officer("YAO")
    assert desk(an_officer()).post(reverse(ADD), typed(**changes)).status_code == 200
    assert not Specialist.objects.exists()


def test_a_profile_needs_a_place_in_the_unit_and_gives_none():
    stranger = a_person("stranger@example.org")
    answer = desk(an_officer()).post(reverse(ADD), typed(person=stranger.email))
    assert "This person has no place in this unit." in answer.text
    one = a_specialist("YAO")
    Post.objects.filter(user=one.user).delete()
    assert not standing_of(User.objects.get(pk=one.user.pk)).is_officer
    assert not Specialist.objects.current().exists()


def test_a_person_has_one_profile():
    a_specialist("YAO")
    assert "This person has a profile already." in desk(an_officer()).post(reverse(ADD), typed()).text


def test_matrix_absence_is_shown_to_branch_officers_only():
    one = a_specialist("YAO")
    Specialist.objects.update(absent_until="2031-05-17")
    address = reverse("admin:accounts_specialist_change", args=[one.pk])
    assert "2031-05-17" in desk(an_officer()).get(address).text
    technical = desk(a_superuser())
    for page in (address, reverse(LIST), reverse("admin:accounts_specialist_history", args=[one.pk])):
        answer = technical.get(page)
        assert answer.status_code == 200
        assert "absent" not in answer.text.lower()
        assert "2031" not in answer.text
    assert technical.get(reverse(LIST), {"absent_until__isnull": "0"}).status_code in (302, 400)
    for unit in ("actrav", "actemp", "YAO"):
        assert desk(an_officer(unit)).get(address).status_code == 403


def test_an_absence_that_the_branch_set_survives_a_change_by_the_technical_administrator():
    one = a_specialist("YAO")
    Specialist.objects.update(absent_until="2031-05-17")
    desk(a_superuser()).post(reverse("admin:accounts_specialist_change", args=[one.pk]), typed())
    assert str(Specialist.objects.get().absent_until) == "2031-05-17"
    assert Specialist.objects.get().kind == "employers"


def test_the_history_of_a_profile_does_not_tell_that_an_absence_was_set():
    one, branch = a_specialist("YAO"), desk(an_officer())
    branch.post(reverse("admin:accounts_specialist_change", args=[one.pk]), typed(absent_until="2031-05-17"))
    assert Specialist.objects.get().absent_until is not None
    page = desk(a_superuser()).get(reverse("admin:accounts_specialist_history", args=[one.pk])).text
    assert "bsent" not in page
