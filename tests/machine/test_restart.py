"""Every process of a running portal is killed at once; the next start finds sessions, drafts and owed notices again."""

import email.policy
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest
from django.conf import settings
from django.http import HttpResponse

from accounts.samples import PASSWORD
from tests.filing.browser import Shown
from tests.story.waiting import Lines, until

pytestmark = [
    pytest.mark.only_sqlite,  # the try-out brings its own database, whatever the tests run on
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and names processes by descriptors"),
]
UNION, EMPLOYERS, MINISTRY = (f"{name}@example.org" for name in ("workers", "employers", "government"))
TEXT = "Three unions were refused in March.\n« Trois syndicats » – 三"
NOT_OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "PORTAL_URL", "ALLOWED_HOSTS", "DEBUG")


class Portal:
    """`manage.py run` in a folder of its own, which stays when its processes are gone."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.address = folder, f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[str] | None = None
        self.lines: Lines | None = None

    def start(self) -> None:
        """Start it and wait until it says where it runs."""
        bare = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run"],
            cwd=settings.BASE_DIR,
            env={**bare, "VAR_DIR": str(self.folder), "PORT": str(self.port), "TA_PORTAL_BOOTSTRAP": "0"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines = Lines(self.process)
        self.lines.wait_for(f"The portal runs at {self.address}/")

    def programs(self) -> dict[str, int]:
        """Web, worker and beat, and the group of processes that each leads."""
        assert self.process is not None
        found = {}
        for child in children_of(self.process.pid):
            words = Path(f"/proc/{child}/cmdline").read_text().split("\0")
            found[next(word for word in ("gunicorn", "worker", "beat") if word in words)] = child
        return found

    def freeze_worker(self) -> None:
        """From now on what is owed stays owed."""
        os.kill(self.programs()["worker"], signal.SIGSTOP)

    def thaw_worker(self) -> None:
        """Let it go on."""
        os.kill(self.programs()["worker"], signal.SIGCONT)

    def lose_messages(self) -> None:
        """The broker forgets what it holds."""
        for file in (self.folder / "queue" / "messages").iterdir():
            file.unlink(missing_ok=True)

    def kill(self) -> None:
        """SIGKILL for every process, none of which can say good-bye or start another again."""
        if self.process is None or self.lines is None:
            return
        self.process.send_signal(signal.SIGSTOP)  # it would start again what dies
        leaders = children_of(self.process.pid)
        everybody = [*leaders, *(child for leader in leaders for child in children_of(leader))]
        handles = [os.pidfd_open(pid) for pid in everybody]
        for leader in leaders:
            os.killpg(leader, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        for handle in handles:
            assert select.select([handle], [], [], 10)[0], "a process is left"
            os.close(handle)
        self.lines.close()
        self.process = self.lines = None

    def mails_to(self, address: str) -> list[str]:
        """The texts of the mails that left for this address."""
        files = (self.folder / "mail").glob("*.eml")
        mails = [message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
        return [mail.get_content() for mail in mails if mail["To"] == address]


def children_of(parent: int) -> list[int]:
    """The processes that this one has started and that are there."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            stat = (entry / "stat").read_text() if entry.name.isdecimal() else ""
        except OSError:
            continue  # it has ended meanwhile
        state_and_parent = stat.rpartition(")")[2].split()[:2]
        if state_and_parent[1:] == [str(parent)] and state_and_parent[0] != "Z":
            found.append(int(entry.name))
    return found


class Visitor:
    """A browser without scripts, over HTTP."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        self.here = ""

    def open(self, path: str, data: dict[str, object] | None = None) -> Shown:
        """The page to which this address, or this form, leads."""
        body = urlencode(data, doseq=True).encode() if data is not None else None
        with self.opener.open(urljoin(self.portal.address, path), body, timeout=60) as answer:
            self.here = answer.url.removeprefix(self.portal.address)
            return Shown(HttpResponse(answer.read()))

    def fill(self, path: str, **typed: object) -> Shown:
        """Fill in the first form of the page and press its button."""
        shown = self.open(path)
        token = next(node for node in shown.form().iter("input") if node.get("name") == "csrfmiddlewaretoken")
        return self.open(path, {**shown.filled(), "csrfmiddlewaretoken": token.get("value"), **typed})


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    running = Portal(tmp_path)
    running.start()
    try:
        yield running
    finally:
        running.kill()


def test_sessions_drafts_and_owed_notices_survive_the_death_of_every_process(portal: Portal) -> None:
    union = Visitor(portal)
    union.fill("/en/account/sign-in/", login=UNION, password=PASSWORD)
    union.fill("/en/requests/new/", kind="visit", country="CM", title="Registration of unions")
    draft = union.here
    union.fill(f"{draft}situation/", happening=TEXT, since="not a date yet")
    portal.freeze_worker()
    shown = union.fill(f"{draft}co-signers/", address=EMPLOYERS)
    assert EMPLOYERS in shown.text
    assert portal.mails_to(EMPLOYERS) == []

    portal.kill()
    portal.start()

    filled = union.open(f"{draft}situation/").filled()
    assert union.here == f"{draft}situation/", "the session is over"
    assert filled["happening"] == [TEXT]
    assert filled["since"] == ["not a date yet"]
    until(lambda: portal.mails_to(EMPLOYERS), "the notice that was owed")
    # Another one, whose ring the broker loses, is found by the sweep alone, which takes what waits longer first:
    # whatever would bring the first mail twice has then had its turn.
    portal.freeze_worker()
    union.fill(f"{draft}co-signers/", address=MINISTRY)
    portal.lose_messages()
    portal.thaw_worker()
    until(lambda: portal.mails_to(MINISTRY), "the notice that only the sweep finds")
    [mail] = portal.mails_to(EMPLOYERS)
    assert draft.strip("/").rpartition("/")[2] in mail
