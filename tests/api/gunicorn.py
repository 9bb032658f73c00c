"""The server that production runs, on the test's database, for what only a real line and a real process can show."""

import os
import signal
import socket
import subprocess
import sys

from django.conf import settings

from tests.processes import surroundings
from tests.story.waiting import Lines, until


class Gunicorn:
    """Two workers behind one open port. The port belongs to the test: while no server runs, calls wait in its queue."""

    def __init__(self) -> None:
        self.door = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.port = self.door.getsockname()[1]
        self.process: subprocess.Popen[str] | None = None
        self.lines: Lines | None = None
        self.told_before = 0

    def start(self) -> None:
        """Start the server."""
        said = ["--workers=2", "--threads=4", "--no-control-socket", "--log-level=warning"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "ta_portal.wsgi", f"--bind=fd://{self.door.fileno()}", *said],
            cwd=settings.BASE_DIR,
            env=surroundings(),
            pass_fds=[self.door.fileno()],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines, self.told_before = Lines(self.process), 0

    def kill(self) -> None:
        """SIGKILL for all of it at once."""
        if self.process is None or self.lines is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.lines.close()
        self.process = None

    def stop(self) -> None:
        """Kill it, and close the port."""
        self.kill()
        self.door.close()

    def forget(self) -> None:
        """What was told so far does not count any more."""
        self.told_before += len(self.told)

    @property
    def told(self) -> str:
        """What it has told since."""
        return self.lines.text[self.told_before :] if self.lines else ""

    def wait_for(self, text: str) -> None:
        """Until it has told this since the last `forget`."""
        until(lambda: text in self.told, f"{text!r} in what the server told")
