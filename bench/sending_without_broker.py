"""How long sending a request takes with Redis running, frozen and stopped, in one interleaved run.

    python bench/sending_without_broker.py [ROUNDS]

Needs redis-server on the path. Makes a database and a Redis of its own in a temporary folder and removes them.
"""

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.mkdtemp(prefix="ta-portal-bench-"))
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    PORT = free.getsockname()[1]

sys.path.insert(0, str(ROOT))
os.environ.update(
    DJANGO_SETTINGS_MODULE="ta_portal.settings",
    VAR_DIR=str(FOLDER),
    REDIS_URL=f"redis://127.0.0.1:{PORT}/0",
    LOG_LEVEL="ERROR",
)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from accounts.models import Organization, User  # noqa: E402
from outbox.queueing import doorbell  # noqa: E402
from requests_app.models import People, Request, Situation  # noqa: E402
from requests_app.services import filing  # noqa: E402


def redis() -> subprocess.Popen[bytes]:
    """A Redis of our own that answers."""
    command = ["redis-server", "--port", str(PORT), "--bind", "127.0.0.1", "--save", "", "--dir", str(FOLDER)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while True:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", PORT)) == 0:
                return process
        time.sleep(0.01)


def a_draft(union: User, organization: Organization) -> Request:
    """A draft that can be sent."""
    draft = filing.create_draft(
        by=union, organization=organization, kind="visit", country="CM", title="A request to measure", key=uuid.uuid4()
    )
    answers = {
        Situation: {"happening": "Something that takes more than thirty characters."},
        People: {"email": "a@example.org", "may_know": "only_office"},
    }
    for section, given in answers.items():
        filing.save_answers(draft.section(section), given, {}, by=union)
    return draft


def one_sending(draft: Request, union: User) -> float:
    """Milliseconds of one sending; the doorbell forgets that the last ring failed, which is the worst case."""
    doorbell.quiet_until = 0.0
    begin = time.perf_counter()
    filing.send(draft, by=union, declared=True)
    return (time.perf_counter() - begin) * 1000


def main(rounds: int) -> None:
    for command in ("migrate", "load_reference", "load_samples"):
        call_command(command, verbosity=0)
    union = User.objects.get(email="workers@example.org")
    organization = Organization.objects.get(memberships__user=union)
    times: dict[str, list[float]] = {"running": [], "frozen": [], "stopped": []}
    for _round in range(rounds):
        drafts = [a_draft(union, organization) for _mode in times]
        server = redis()
        one_sending(a_draft(union, organization), union)  # connects
        times["running"].append(one_sending(drafts[0], union))
        server.send_signal(signal.SIGSTOP)
        times["frozen"].append(one_sending(drafts[1], union))
        server.kill()
        server.wait()
        times["stopped"].append(one_sending(drafts[2], union))
    usual = statistics.median(times["running"])
    print(f"{'Redis':10} {'median ms':>10} {'longest ms':>11} {'ratio':>7}")
    for mode, taken in times.items():
        middle = statistics.median(taken)
        print(f"{mode:10} {middle:10.0f} {max(taken):11.0f} {middle / usual:7.2f}")


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
