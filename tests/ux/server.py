"""The portal's own application behind a real port, in threads of the test's process."""

from threading import Thread

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import QuietWSGIRequestHandler


class Server:
    """Answers until it is stopped. Each thread closes its own connection to the database."""

    def __init__(self) -> None:
        self.http = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
        self.http.set_app(WSGIHandler())
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()
