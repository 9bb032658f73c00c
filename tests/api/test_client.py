"""A client that openapi-python-client makes from the description: complete, and with names that people can read."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

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
    made_up = [name for name in names if re.search(r"type_?\d|_enum$|_request_request$|additional_property", name)]
    assert made_up == [], "give the shape a title, or the choices a name in ENUM_NAME_OVERRIDES"
    unnamed = [path.name for path in (folder / "portal" / "models").iterdir() if "VALUE_0" in path.read_text()]
    assert unnamed == []
