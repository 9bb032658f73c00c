"""`manage.py run`: the whole portal on one machine, in one terminal."""

import fcntl
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ta_portal import guard, tryout
from ta_portal.supervisor import Program, Supervisor

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Prepare, start web, worker and beat, and keep them running until Ctrl-C."""

    help = "Starts the portal: web, worker and beat, on this machine alone. PORT sets the port (8000)."
    requires_system_checks = []  # the web process refuses by itself; a second start takes seconds

    def handle(self, *args: Any, **options: Any) -> None:
        port = chosen_port()
        address = os.environ.get("PORTAL_URL", f"http://{HOST}:{port}")
        with only_one_portal(Path(settings.VAR_DIR), address):
            refuse_taken(port)
            try:
                self.say("Preparing ...")
                guard.refuse_unsafe_settings()
                tryout.prepare()
                guard.refuse_unsafe_production()
            except guard.UnsafeProduction as refusal:
                sys.exit(str(refusal))
            except KeyboardInterrupt:
                sys.exit("Stopped before the portal was ready.")
            Supervisor(
                programs(port),
                say=self.say,
                environment={"LOG_LEVEL": "WARNING", **os.environ, "PORTAL_URL": address},
                all_ready=lambda: self.announce(address),
            ).run()
        self.say("Stopped.")

    def say(self, sentence: str) -> None:
        """Print at once, also into a pipe."""
        self.stdout.write(sentence)
        self.stdout.flush()

    def announce(self, address: str) -> None:
        """Tell where the portal is and who can sign in."""
        log_ins = tryout.sample_log_ins()
        people = ["Sample people, all fictional:", *log_ins, ""] if log_ins else []
        self.say("\n".join(["", f"The portal runs at {address}/", "", *people, "Ctrl-C stops it."]))


def chosen_port() -> int:
    """The port named by PORT. Ends the process when that is no port."""
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT is {text}; it has to be a number from 1 to 65535.")
    return int(text)


@contextmanager
def only_one_portal(folder: Path, address: str) -> Iterator[None]:
    """Hold the folder's lock; the kernel frees it however this process ends. Ends the process when it is held."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "run.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            sys.exit(f"The portal already runs: {lock.read().strip()}. Stop it with Ctrl-C first.")
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {address}/")
        lock.flush()
        yield


def refuse_taken(port: int) -> None:
    """End the process when another program listens on `port`."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError:
            sys.exit(f"Port {port} is taken by another program. Choose another: PORT={port + 1} python3 manage.py run")


def answers(port: int) -> bool:
    """Whether something accepts connections on `port`."""
    with socket.socket() as attempt:
        attempt.settimeout(0.5)
        return attempt.connect_ex((HOST, port)) == 0


def programs(port: int) -> list[Program]:
    """Web first, so that the first page comes early; worker and beat once it answers.

    The try-out's worker has threads: one process less to keep, and it stops at once. Gunicorn warns of every HEAD,
    and Celery of every start as root, as in a container: neither is news here.
    """
    root = str(settings.BASE_DIR)
    web = ["-m", "gunicorn", "ta_portal.wsgi", f"--chdir={root}", f"--bind={HOST}:{port}", "--workers=1", "--threads=8"]
    web += ["--graceful-timeout=5", "--no-control-socket", "--log-level=error"]
    celery = ["-W", "ignore:You're running the worker", "-m", "celery", "--app=ta_portal", "--quiet", "--workdir", root]
    worker = ["worker", "--pool=threads", "--concurrency=2", "--without-gossip", "--without-mingle"]
    return [
        Program("web", [sys.executable, *web], ready=lambda: answers(port)),
        Program("worker", [sys.executable, *celery, *worker, "--without-heartbeat", "--loglevel=warning"]),
        Program("beat", [sys.executable, *celery, "beat", "--loglevel=warning", "--pidfile="]),
    ]
