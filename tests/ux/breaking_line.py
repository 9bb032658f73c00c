"""A line between the browser and the portal that a test can cut: what was on its way is gone, for both sides."""

import socket
from contextlib import suppress
from threading import Thread
from urllib.parse import urlsplit

PIECE = 16 * 1024


class BreakingLine:
    """Carries every connection to the portal until it is cut, and again once it is mended."""

    def __init__(self, portal: str) -> None:
        self.portal = (urlsplit(portal).hostname, urlsplit(portal).port)
        self.ends: list[socket.socket] = []
        self.is_cut = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        Thread(target=self._answer, daemon=True).start()

    def cut(self) -> None:
        """From now on nothing passes, in either direction."""
        self.is_cut = True
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """New connections pass again."""
        self.is_cut = False

    def close(self) -> None:
        """For good."""
        self.cut()
        self.listener.close()

    def _answer(self) -> None:
        with suppress(OSError):  # it was closed
            while True:
                browser, _where = self.listener.accept()
                if self.is_cut:
                    browser.close()
                    continue
                portal = socket.create_connection(self.portal)
                self.ends += [browser, portal]
                for source, target in ((browser, portal), (portal, browser)):
                    Thread(target=self._carry, args=[source, target], daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                target.sendall(piece)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)
