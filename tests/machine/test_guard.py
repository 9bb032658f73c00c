"""What production refuses to start with."""

import os
import subprocess
import sys

import pytest
from celery.signals import beat_init, worker_init
from django.conf import settings
from django.db import connection

from accounts.samples import PEOPLE
from ta_portal import guard
from tests.factories import a_person

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
SAFE = {"production": True, "debug": False, "keys": [KEY], "hosts": ["portal.example.org"]}


def test_safe_settings_start():
    assert guard.faults_of_settings(**SAFE) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"debug": True}, "DEBUG"),
        ({"keys": [""]}, "SECRET_KEY"),
        ({"keys": [KEY[:49]]}, "SECRET_KEY"),
        ({"keys": ["ab" * 40]}, "SECRET_KEY"),
        ({"keys": [f"django-insecure-{KEY}"]}, "SECRET_KEY"),
        ({"keys": [KEY, "old-and-short"]}, "SECRET_KEY"),
        ({"hosts": []}, "ALLOWED_HOSTS"),
        ({"hosts": ["portal.example.org", "*"]}, "ALLOWED_HOSTS"),
    ],
)
def test_production_names_each_fault_and_the_try_out_minds_none(change, named):
    (sentence,) = guard.faults_of_settings(**{**SAFE, **change})
    assert sentence.startswith(named)
    assert guard.faults_of_settings(**{**SAFE, **change, "production": False}) == []


@pytest.fixture
def production(settings):
    """Settings as on a production machine, on this test's database."""
    settings.PRODUCTION = True
    settings.SECRET_KEY = KEY
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    return settings


@pytest.mark.django_db
def test_production_starts_with_people_of_its_own(production):
    a_person(email="somebody@example.com")
    guard.refuse_unsafe_production()


@pytest.mark.django_db
@pytest.mark.parametrize("email", [PEOPLE[0].email, PEOPLE[-1].email.upper()])
def test_production_refuses_the_sample_cast(production, email):
    a_person(email=email)
    with pytest.raises(guard.UnsafeProduction, match="sample cast"):
        guard.refuse_unsafe_production()
    assert [fault.id for fault in guard.check_data(databases=["default"])] == ["ta_portal.E002"]


@pytest.mark.django_db
def test_a_sample_person_who_cannot_sign_in_does_not_keep_production_from_starting(production):
    a_person(email=PEOPLE[0].email, is_active=False)
    guard.refuse_unsafe_production()


@pytest.mark.django_db
def test_the_try_out_starts_with_its_cast():
    a_person(email=PEOPLE[0].email)
    guard.refuse_unsafe_production()


@pytest.mark.django_db
@pytest.mark.parametrize("start", [worker_init, beat_init])
def test_worker_and_beat_refuse_what_the_web_process_refuses(production, start):
    production.DEBUG = True
    with pytest.raises(SystemExit, match="DEBUG"):
        start.send(sender=None)


def test_every_person_of_the_cast_has_an_address_that_production_knows():
    assert all(person.email.endswith(guard.SAMPLE_DOMAIN) for person in PEOPLE)


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True)
def test_no_connection_is_open_when_workers_are_forked_from_the_application():
    held = connection.settings_dict
    url = f"postgres://{held['USER']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    told = {"DATABASE_URL": url, "REDIS_URL": "", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "portal.example.org"}
    asked = "import ta_portal.wsgi; from django.db import connection; print(connection.connection)"
    environment = {**os.environ, **told, "PORTAL_URL": "https://portal.example.org"}
    environment["DJANGO_SETTINGS_MODULE"] = "ta_portal.settings"
    done = subprocess.run([sys.executable, "-c", asked], env=environment, cwd=settings.BASE_DIR, capture_output=True)
    assert done.stdout.decode().strip() == "None", done.stderr.decode()
