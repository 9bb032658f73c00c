"""The registry of rules is full for whoever looks, and costs no translation at import."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from requests_app.rules.registry import RULES

LOOK = "from requests_app.rules.{} import *; from requests_app.rules.registry import RULES; print(len(RULES))"


@pytest.mark.parametrize("module", ["registry", "sentences", "finding"])
def test_importing_any_part_registers_all_rules_before_django_is_set_up(module: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-c", LOOK.format(module)]
    found = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert (found.stdout.strip(), found.stderr) == (str(len(RULES)), "")
