"""The two commands a newcomer is given are the ones that CI runs and that the code knows."""

import re
from pathlib import Path

from ta_portal.bootstrap import LOCKS

ROOT = Path(__file__).resolve().parents[2]
COMMAND = re.compile(r"python3 manage\.py (\w+)")


def test_the_readme_gives_the_two_commands():
    assert set(LOCKS) <= set(COMMAND.findall((ROOT / "README.md").read_text()))


def test_ci_runs_the_readmes_test_command():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert "env -u CI python3 manage.py test" in lines
    assert "    python3 manage.py test" in (ROOT / "README.md").read_text().splitlines()
