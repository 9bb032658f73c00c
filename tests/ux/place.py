"""A page in a state that somebody can look at."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

# A form goes off as it stands.
SENT = "document.querySelector('main form').requestSubmit()"


@dataclass(frozen=True)
class Place:
    """An English address, what is looked at there, and who looks (a role of the cast).

    `form`: the script that sends the page's form, where the state is the answer to that. `status`: the answer that is
    meant. `reads`: what the browser asks for, where it is not the crawl's language. `world`: what has to be so while
    the page is opened.
    """

    name: str
    path: str
    role: str
    form: str = ""
    status: int = 200
    reads: str = ""
    world: Callable[[], AbstractContextManager[None]] = nullcontext

    def address(self, language: str) -> str:
        """Its address in this language; at the desk the account's language decides."""
        return self.path.replace("/en/", f"/{language}/", 1) if self.path.startswith("/en/") else self.path
