"""The try-out's own data and a real worker process beside the test."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings
from django.core.management import call_command

from outbox.queueing import doorbell
from ta_portal.celery import app as portal
from tests.processes import surroundings
from tests.story.waiting import Lines, until

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def tryout(transactional_db) -> None:
    """Reference data, units and sample people, as `run` loads them; an empty mail folder."""
    shutil.rmtree(settings.MAIL_DIR, ignore_errors=True)
    for command in ("load_reference", "sync_units", "load_samples"):
        call_command(command, verbosity=0)


@contextmanager
def worker_process(redis_url: str = settings.REDIS_URL) -> Iterator[Lines]:
    """A worker with its clock, on the test's database and broker; ended on leaving."""
    command = [sys.executable, "-m", "celery", "--app=ta_portal", "worker", "--beat", "--pool=threads"]
    command += ["--concurrency=2", "--without-gossip", "--without-mingle", "--loglevel=info"]
    process = subprocess.Popen(  # noqa: S603 - our own program
        command,
        cwd=ROOT,
        env=surroundings(redis_url),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # the clock is a child of the worker and ends with its group
    )
    lines = Lines(process)
    try:
        lines.wait_for(" ready.")
        yield lines
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        lines.close()


@pytest.fixture
def worker(tryout) -> Iterator[Lines]:
    """A real worker."""
    with worker_process() as lines:
        yield lines


@pytest.fixture
def start_worker(tryout) -> Callable[..., object]:
    """Starts a worker later, or on another broker."""
    return worker_process


class OwnRedis:
    """A Redis of the test's own, which can be stopped."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port, self.folder, self.url = port, folder, f"redis://127.0.0.1:{port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [
            "redis-server",
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - a test's own server
        until(lambda: redis_answers(self.port), "Redis answers")

    def stop(self) -> None:
        """Kill it."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


def redis_answers(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    """The web side of this test rings at a Redis of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    redis = OwnRedis(port, tmp_path)
    redis.start()
    ringing = Celery("web of this test")
    ringing.config_from_object("django.conf:settings", namespace="CELERY")
    ringing.conf.broker_url = redis.url
    ringing.set_current()
    doorbell.quiet_until = 0.0
    try:
        yield redis
    finally:
        ringing.close()
        portal.set_current()
        redis.stop()
