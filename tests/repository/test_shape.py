"""The repository's own shape: no missing migration, one direction of imports, no address of a machine or a registry."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
# Written so that this file does not find itself.
REGISTRIES = [r"p[y]pi\.org", r"p[y]thonhosted\.org", r"registry\.n[p]m", r"deb\.d[e]bian"]
FORBIDDEN = re.compile("|".join([*REGISTRIES, "/r[o]ot/", "/w[o]rk/"]))


def tracked_files() -> list[Path]:
    """What git would commit. Without git, as in a copy of the sources, there is nothing to look at."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in found.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """The text of a file; nothing for one that is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_address_of_a_registry_or_a_machine_is_in_the_repository():
    found = [f"{path.relative_to(ROOT)}: {hit}" for path in tracked_files() for hit in FORBIDDEN.findall(text_of(path))]
    assert found == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_imports_run_one_way():
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def production(**changes: str) -> dict[str, str]:
    """The environment of a production machine that lacks nothing."""
    safe = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "ta_portal.settings",
        "DATABASE_URL": "postgres://portal@127.0.0.1:1/portal",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": "k3" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "ALLOWED_HOSTS": "portal.example.org",
        "PORTAL_URL": "https://portal.example.org",
    }
    return {**safe, **changes}


def check_deploy(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_settings_of_production_pass_djangos_own_check():
    done = check_deploy(production())
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2}, "SECRET_KEY is missing"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is open"),
    ],
)
def test_production_does_not_start_with(change, named):
    door = [sys.executable, "-c", "import ta_portal.wsgi"]
    done = subprocess.run(door, cwd=ROOT, env=production(**change), capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert named in done.stderr
