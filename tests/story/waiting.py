"""Waiting for what another process does: for a line that it prints, or for a fact in the database."""

import subprocess
import time
from collections.abc import Callable
from threading import Condition, Thread

PATIENCE = 60.0  # seconds until a test gives up; nothing waits longer than it has to
PAUSE = 0.05


class Lines:
    """The lines that a process prints, as they come."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self.lines, self.changed = process, list[str](), Condition()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(line)
                self.changed.notify_all()

    def wait_for(self, text: str) -> None:
        """Until a line holds `text`."""
        with self.changed:
            if not self.changed.wait_for(lambda: any(text in line for line in self.lines), PATIENCE):
                raise AssertionError(f"no line with {text!r} in:\n{self.text}")

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def close(self) -> None:
        """After the process has ended: read the rest and close the pipe."""
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


def until(fact: Callable[[], object], what: str) -> None:
    """Ask for `fact` until it is true."""
    end = time.monotonic() + PATIENCE
    while not fact():
        if time.monotonic() > end:
            raise AssertionError(f"still not: {what}")
        time.sleep(PAUSE)
