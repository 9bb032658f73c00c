"""A receiver of the portal's webhooks: checks the signature, drops what came before, and tells what to fetch.

    pip install standardwebhooks
    WEBHOOK_SECRET=whsec_… python webhook_receiver.py 9000

Behind a proxy that speaks https. A real one would keep the ids it has seen, and fetch from a queue of its own.
"""

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

LONGEST = 10_000  # bytes; ours have about 200
webhook = Webhook(os.environ["WEBHOOK_SECRET"])
seen: set[str] = set()
versions: dict[str, int] = {}


def handle(event: dict) -> None:
    """What your system does with an event. Events may come late and in any order: an older version changes nothing."""
    about = event["data"]
    if about["reference"] is None:
        say(f"{event['type']}: it works")
    elif about["version"] > versions.get(about["reference"], 0):
        versions[about["reference"]] = about["version"]
        say(f"{event['type']}: fetch /api/v1/requests/{about['reference']}/")


class Receiver(BaseHTTPRequestHandler):
    """Answers within five seconds: 204 for what it has, 400 for what the portal has not signed."""

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), LONGEST))
        try:
            event = webhook.verify(body, dict(self.headers))  # the bytes as they came, not parsed and written anew
        except (WebhookVerificationError, ValueError):
            self.answer(400)
            return
        if self.headers["webhook-id"] not in seen:  # the same id at every attempt
            handle(event)
            seen.add(self.headers["webhook-id"])
        self.answer(204)

    def answer(self, status: int) -> None:
        """A status and nothing else: the portal reads no more."""
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """No line for each call."""


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
    say(f"listening at {server.server_address[1]}")
    server.serve_forever()
