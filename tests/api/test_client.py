"""A client that openapi-python-client makes from the description: complete, and with names that people can read."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from requests_app import states
from requests_app.models import Request, Seminar, Situation
from tests.api.calls import key_for
from tests.factories import a_union, an_officer

KIT = Path(settings.BASE_DIR, "docs", "api")


def command() -> list[str]:
    """The command with which client.md makes the client."""
    [line] = re.findall(r"^    (openapi-python-client generate .*)$", (KIT / "client.md").read_text(), re.MULTILINE)
    return shlex.split(line)[1:]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client, made as client.md says; without the formatters, and without a warning."""
    made = tmp_path_factory.mktemp("client")
    shutil.copy(KIT / "openapi.yaml", made)
    (made / "config.yaml").write_text("post_hooks: []\n")
    subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *command(), "--config", "config.yaml", "--fail-on-warning"],
        cwd=made,
        check=True,
    )
    return made


def test_its_names_say_what_they_mean(folder):
    names = {path.stem for path in (folder / "portal" / "models").iterdir()}
    assert {"new_request", "whole_request", "request_page", "sections", "situation_section", "problem"} <= names
    assert {"situation_issues", "seminar_issues"} <= names, "each question its own"
    made_up = [
        name for name in names if re.search(r"type_?\d|_enum$|_request_request$|^patched|additional_property", name)
    ]
    assert made_up == [], "give the shape a title, or the choices a name in ENUM_NAME_OVERRIDES"
    unnamed = [path.name for path in (folder / "portal" / "models").iterdir() if "VALUE_0" in path.read_text()]
    assert unnamed == []


def test_its_types_hold(folder):
    """The client with every address and shape, the example, and the story that is told below."""
    scripts = [KIT / "client_example.py", Path(__file__).with_name("client_story.py")]
    check = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", "types", "--config-file=", "-p", "portal"]
    packages = subprocess.run(check, cwd=folder, capture_output=True, text=True)
    assert packages.returncode == 0, packages.stdout
    told = subprocess.run([*check[:-2], *scripts], cwd=folder, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout


@pytest.fixture
def portal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The client can be imported, until the test is over."""
    monkeypatch.syspath_prepend(folder)
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "portal" or name.endswith("client_story")]:
        del sys.modules[name]


@pytest.fixture
def address(live_server: Any, settings: Any, tmp_path: Path) -> str:
    """A running portal."""
    settings.DOCUMENTS_ROOT = tmp_path
    return str(live_server.url)


@pytest.mark.django_db(transaction=True)
def test_it_lives_through_a_whole_request(address, portal):
    pytest.register_assert_rewrite("tests.api.client_story")
    story = import_module("tests.api.client_story")
    people = (a_union(), an_officer(), a_union("Another union"))
    union, officer, foreign = (
        story.AuthenticatedClient(address, token=key_for(person), raise_on_unexpected_status=True) for person in people
    )
    with union, officer, foreign:
        story.the_story(union, officer, foreign)
    request = Request.objects.get(status=states.CLOSED)
    assert request.section(Seminar).people == "27"
    assert Request.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_example_does_what_it_says(address, folder):
    surroundings = {**os.environ, "PORTAL": address, "KEY": key_for(a_union()), "PYTHONPATH": str(folder)}
    done = subprocess.run([sys.executable, KIT / "client_example.py"], env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    [draft] = Request.objects.all()
    assert draft.section(Situation).happening == "Offices of three unions were closed in March."
    assert f"{draft.reference} draft" in done.stdout
    assert "missing: " in done.stdout
