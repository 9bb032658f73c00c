"""Words of the desk that are easily left in English."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from supervisory.models import ImportRun
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    """A technical administrator who reads Spanish."""
    person = make.a_superuser()
    User.objects.filter(pk=person.pk).update(language="es")
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    return client


def test_a_yes_and_a_no_are_said_in_the_readers_language(desk: Client) -> None:
    make.the_office()
    for page in ("admin:standards_station_changelist", "admin:accounts_user_changelist"):
        said = set(re.findall(r'icon-(?:yes|no|unknown)\.svg" alt="([^"]*)"', desk.get(reverse(page)).text))
        assert said and said <= {"Sí", "No"}


def test_what_an_import_holds_is_said_in_words(desk: Client) -> None:
    ImportRun.objects.create(file="a.csv", shape="comments", state="done", at=timezone.now())
    assert ">Comentarios<" in desk.get(reverse("admin:supervisory_importrun_changelist")).text
