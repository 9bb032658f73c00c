"""What docs/api says to integrators: the receiver of the documentation takes real deliveries and nothing else."""

import http.client
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from accounts.models import User
from requests_app.services.outgoing import TYPES
from requests_app.timeline import WORDS
from tests.factories import a_request
from tests.story.waiting import Lines
from tests.webhooks.test_sending import PATIENCE
from webhooks import endpoints
from webhooks.delivery import replay, sweep
from webhooks.models import State, WebhookDelivery

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api"
pytestmark = pytest.mark.django_db
ALL = WebhookDelivery.objects


def test_the_library_of_the_standard_verifies_what_is_sent_and_sees_what_was_changed(named, receiver, administrator):
    endpoint, former = named()
    _endpoint, new = endpoints.rotate(endpoint, by=administrator)
    endpoints.test(endpoint, by=administrator)
    sweep()
    [got] = receiver.got
    for secret in (former, new):
        assert Webhook(secret).verify(got.body, got.headers)["type"] == "webhook.test"
    for body, headers in (
        (got.body.replace(b"webhook.test", b"request.sent"), got.headers),
        (got.body, {**got.headers, "webhook-id": "msg_another"}),
        (got.body, {**got.headers, "webhook-timestamp": str(int(got.headers["webhook-timestamp"]) + 1)}),
        (got.body, {**got.headers, "webhook-timestamp": str(int(got.headers["webhook-timestamp"]) - 600)}),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(new).verify(body, headers)


def test_the_secret_of_another_address_verifies_nothing(named, receiver, administrator):
    endpoint, _secret = named()
    _other, others = named(f"{receiver.url}/2")
    endpoints.test(endpoint, by=administrator)
    sweep()
    with pytest.raises(WebhookVerificationError):
        Webhook(others).verify(receiver.got[0].body, receiver.got[0].headers)


@contextmanager
def documented(secret: str, port: int) -> Iterator[Lines]:
    """The receiver of the documentation, as an integrator starts it."""
    command = [sys.executable, DOCS / "webhook_receiver.py", str(port)]
    environment = {"PATH": os.environ["PATH"], "WEBHOOK_SECRET": secret}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    lines = Lines(process)
    try:
        lines.wait_for("listening")
        yield lines
    finally:
        process.kill()
        process.wait()
        lines.close()


def posted(port: int, headers: dict[str, str], body: bytes) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.request("POST", "/", body, headers)
    status = line.getresponse().status
    line.close()
    return status


def test_the_documented_receiver_takes_each_event_once_and_refuses_what_is_not_signed(
    named: Callable, administrator: User, receiver, free_port: int
) -> None:
    endpoint, secret = named(f"http://127.0.0.1:{free_port}/")
    with documented(secret, free_port) as lines:
        endpoints.test(endpoint, by=administrator)
        request = a_request(status="in_examination", by=administrator)
        sweep()
        lines.wait_for("request.taken")
        assert replay(ALL.all()) == 3
        sweep()
        assert posted(free_port, {}, b"{}") == 400
        assert posted(free_port, {"webhook-id": "x", "webhook-timestamp": "1", "webhook-signature": "v1"}, b"{}") == 400
    fetch = f"fetch /api/v1/requests/{request.reference}/"
    assert sorted(lines.text.splitlines()[1:]) == [
        f"request.sent: {fetch}",
        f"request.taken: {fetch}",
        "webhook.test: it works",
    ]
    assert set(ALL.values_list("state", "last_status")) == {(State.DELIVERED, 204)}


def test_the_page_for_integrators_names_every_type_with_its_words() -> None:
    text = (DOCS / "webhooks.md").read_text()
    for action, kind in TYPES.items():
        assert f"| `{kind}` | {WORDS[action]} |\n" in text
    assert text.count("| `request.") == len(TYPES)
