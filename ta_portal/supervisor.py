"""Keeps a few programs running until it is told to stop, and leaves none behind.

Each child leads a process group of its own, so Ctrl-C in the terminal reaches the supervisor alone, which stops the
children in order. Start children from the main thread: the kernel ends them when the thread that forked them ends.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

PATIENCE = 10.0  # seconds a program has to end by itself before it is killed
LONGEST_DELAY = 30.0  # seconds between two starts of a program that keeps dying
SETTLED = 30.0  # seconds after which a program counts as running again
TICK = 0.1  # seconds between two looks at the children
PR_SET_PDEATHSIG = 1  # linux/prctl.h
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Program:
    """What to run. `ready` tells when the next program may start; without it, at once."""

    name: str
    command: Sequence[str]
    ready: Callable[[], bool] = lambda: True


@dataclass
class Child:
    """A program and the process it runs as, if any."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    next_start: float = 0.0
    was_ready: bool = field(default=False)


def delay_after(deaths: int) -> float:
    """Seconds to wait before starting again what died `deaths` times in a row: 0.5, 1, 2, … LONGEST_DELAY."""
    return float(min(LONGEST_DELAY, 0.25 * 2 ** min(deaths, 10)))


class Supervisor:
    """Starts programs in order, starts again what dies, stops all on SIGINT, SIGTERM or SIGHUP."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        say: Callable[[str], object],
        environment: Mapping[str, str] | None = None,
        all_ready: Callable[[], object] = lambda: None,
    ) -> None:
        self.children = [Child(program) for program in programs]
        self.say = say
        self.environment = environment
        self.all_ready = all_ready
        self.stopping = False

    def run(self) -> None:
        """Return after a signal, when no child is left."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        announced = False
        try:
            while not self.stopping:
                if self.tend() and not announced:
                    announced = True
                    self.all_ready()
                time.sleep(TICK)
        finally:
            self.stop()

    def ask_to_stop(self, _number: int, _frame: object) -> None:
        """Handle a signal: end the loop at its next turn."""
        self.stopping = True

    def tend(self) -> bool:
        """Look at each program once; whether all are ready. A program waits for those before it at its first start."""
        for child in self.children:
            self.bury(child)
            if child.process is None and time.monotonic() >= child.next_start:
                self.start(child)
            if not child.was_ready:
                child.was_ready = child.process is not None and child.program.ready()
            if not child.was_ready:
                return False
        return True

    def start(self, child: Child) -> None:
        """Start the program in a group of its own."""
        supervisor = os.getpid()
        child.started = time.monotonic()
        child.process = subprocess.Popen(
            child.program.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: die_with(supervisor),
        )

    def bury(self, child: Child) -> None:
        """Notice that the program died, clear what it left, and set the time of its next start."""
        if child.process is None or child.process.poll() is None:
            return
        code = child.process.returncode
        kill_group(child.process.pid)
        lived = time.monotonic() - child.started
        child.process = None
        child.deaths = 1 if lived > SETTLED else child.deaths + 1
        child.next_start = time.monotonic() + delay_after(child.deaths)
        self.say(f"{child.program.name} ended ({reason(code)}) and is started again.")

    def stop(self) -> None:
        """Ask every program to end, the last started first; kill what has not ended after PATIENCE."""
        self.say("Stopping ...")
        running = [child.process for child in reversed(self.children) if child.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
            kill_group(process.pid)
            process.wait()


def reason(code: int) -> str:
    """Say how a process ended."""
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def kill_group(leader: int) -> None:
    """Kill whatever is left of the group of `leader`."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def die_with(supervisor: int) -> None:
    """In the child: ask the kernel for a SIGTERM when the supervisor dies, even by kill -9. Linux only."""
    if LIBC is None:
        return
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != supervisor:
        os._exit(1)
