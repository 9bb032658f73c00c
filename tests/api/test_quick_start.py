"""The quick start as it is printed: every command runs, in the order of the page, and does what the page says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from requests_app import states
from requests_app.models import Request, Seminar
from tests.processes import surroundings

KIT = Path(settings.BASE_DIR, "docs", "api")
PRINTED = "http://127.0.0.1:8000"


def commands(page: str) -> str:
    """The commands of a page: its indented lines."""
    lines = re.findall(r"^    (.*)$", (KIT / page).read_text(encoding="utf-8"), re.MULTILINE)
    return "\n".join(lines)


@pytest.fixture
def tryout(transactional_db: None) -> None:
    """The sample people of the try-out."""
    for command in ("load_reference", "sync_units", "load_samples"):
        call_command(command, verbosity=0)


@pytest.mark.skipif(not shutil.which("curl"), reason="the quick start is told with curl")
@pytest.mark.skipif(sys.platform == "win32", reason="the quick start is told in a shell")
def test_the_quick_start_runs_as_it_is_printed(tryout: None, live_server: Any, tmp_path: Path) -> None:
    quick_start, exchange = commands("README.md"), commands("exchange.md")
    assert PRINTED in quick_start
    script = "\n".join(["set -e", quick_start.replace(PRINTED, live_server.url), f"cd '{tmp_path}'", exchange])
    around = {**surroundings(), "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    done = subprocess.run(["sh", "-c", script], cwd=settings.BASE_DIR, env=around, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    refused = re.findall(r'"detail":"([^"]*)"', done.stdout)
    assert refused == ["No assistance is published at present."], done.stdout
    assert "fa_" not in done.stdout + done.stderr

    [request] = Request.objects.all()
    assert request.status == states.GIVEN
    assert request.section(Seminar).people == "40"
    assert [letter.kind for letter in request.letters.order_by("sent_at")][:2] == ["question", "answer"]
    assert [document.name for document in request.documents_there] == ["section.png"]
    assert request.publications.get().agreed_at is not None
    assert "# end: 0 rows" in done.stdout
