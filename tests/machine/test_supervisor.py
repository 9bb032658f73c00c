"""The supervisor, driving trivial programs in a process of its own, as `run` does."""

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ta_portal.supervisor import LONGEST_DELAY, delay_after

ROOT = Path(__file__).resolve().parents[2]
# Each program announces itself in the same pipe as the supervisor, in one write, then waits for ever.
WAITS = "import os, signal; os.write(1, f'{name} {{os.getpid()}}\\n'.encode()); signal.pause()"
# One that does not end when asked, and has a child of its own.
STUBBORN = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = os.fork()
if child: os.write(1, f'{name} {{os.getpid()}}\\ngrandchild {{child}}\\n'.encode())
while True: signal.pause()
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
SUPERVISES = """
import os, sys
from ta_portal import supervisor
supervisor.PATIENCE = 0.5
say = lambda sentence: os.write(1, f"{sentence}\\n".encode())
pairs = zip(sys.argv[1::2], sys.argv[2::2])
programs = [supervisor.Program(name, [sys.executable, "-c", code]) for name, code in pairs]
supervisor.Supervisor(programs, say=say).run()
say("Stopped.")
"""


class Session:
    """A running supervisor and what it printed."""

    def __init__(self, programs: dict[str, str]) -> None:
        arguments = [text for name, code in programs.items() for text in (name, code.format(name=name))]
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISES, *arguments], cwd=ROOT, stdout=subprocess.PIPE, bufsize=0
        )
        self.handles: list[int] = []
        self.unread = ""  # programs start together, so their lines come in any order

    def pid_of(self, name: str) -> int:
        """Read on until the program `name` announces itself."""
        return int(self.line(rf"{name} (\d+)"))

    def handle_of(self, name: str) -> int:
        """A pidfd of the program `name`, which names this process even when its number is used again."""
        self.handles.append(os.pidfd_open(self.pid_of(name)))
        return self.handles[-1]

    def line(self, pattern: str) -> str:
        """Take the next line that matches `pattern` out of what was printed; the text of its group."""
        while not (found := re.search(rf"^{pattern}\n", self.unread, re.MULTILINE)):
            assert self.read(), f"ended before it printed {pattern!r}; it printed {self.unread!r}"
        self.unread = self.unread[: found.start()] + self.unread[found.end() :]
        return found[1]

    def read(self) -> bool:
        """Read what has come; whether there may be more. Fails where nothing comes for a long time."""
        assert self.process.stdout
        assert select.select([self.process.stdout], [], [], 20)[0], f"nothing comes after {self.unread!r}"
        text = self.process.stdout.read(4096).decode()
        self.unread += text
        return bool(text)

    def wait_for_the_end(self) -> int:
        """The supervisor's exit code, once everybody who holds the pipe has ended."""
        while self.read():
            continue
        return self.process.wait()


@pytest.fixture
def supervise() -> Iterator[Callable[[dict[str, str]], Session]]:
    """Start supervisors, and leave nothing of them behind whatever the test did."""
    sessions: list[Session] = []

    def start(programs: dict[str, str]) -> Session:
        sessions.append(Session(programs))
        return sessions[-1]

    yield start
    for session in sessions:
        session.process.kill()
        session.process.wait()
        for handle in session.handles:
            assert ended(handle)
            os.close(handle)
        assert session.process.stdout
        session.process.stdout.close()


def ended(handle: int) -> bool:
    """Whether the process behind a pidfd ends; it is given ten seconds, and none is used when it is gone."""
    return bool(select.select([handle], [], [], 10)[0])


def test_what_is_killed_is_started_again(supervise):
    session = supervise({"web": WAITS, "worker": WAITS})
    first = session.pid_of("web")
    session.pid_of("worker")
    os.kill(first, signal.SIGKILL)
    assert session.line(r"web ended \((.+)\) and is started again\.") == "signal 9"
    assert session.pid_of("web") != first


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_and_a_closed_terminal_leave_no_process(supervise, number):
    session = supervise({"web": WAITS, "worker": WAITS})
    children = [session.handle_of("web"), session.handle_of("worker")]
    session.process.send_signal(number)
    assert session.wait_for_the_end() == 0
    assert all(ended(child) for child in children)


def test_a_program_that_does_not_end_is_killed_with_its_children(supervise):
    session = supervise({"web": STUBBORN})
    children = [session.handle_of("web"), session.handle_of("grandchild")]
    session.process.send_signal(signal.SIGTERM)
    assert session.wait_for_the_end() == 0
    assert all(ended(child) for child in children)


def test_a_killed_supervisor_leaves_no_process(supervise):
    session = supervise({"web": WAITS, "worker": WAITS})
    children = [session.handle_of("web"), session.handle_of("worker")]
    session.process.kill()
    assert all(ended(child) for child in children)


def test_what_keeps_dying_is_started_ever_more_slowly_up_to_a_limit():
    delays = [delay_after(deaths) for deaths in range(1, 30)]
    assert delays[0] == 0.5
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_DELAY
