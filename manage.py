#!/usr/bin/env python3
"""The one door: `run` and `test` set up everything they need, every other command uses what is there."""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit("This portal needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

from ta_portal import bootstrap

if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in bootstrap.LOCKS:
        bootstrap.enter_environment(command, sys.argv[1:])
    bootstrap.enter_what_is_there(sys.argv[1:])
    if command == "test":
        bootstrap.become_pytest(sys.argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ta_portal.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
