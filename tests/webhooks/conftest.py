"""A receiver on this machine, an organization that names it, and a broker in a folder."""

from collections.abc import Callable, Iterator

import pytest

from accounts.models import User
from tests.factories import a_member, organization_of
from tests.outbox.conftest import broker, closed_port, dead_broker  # noqa: F401  (the same broker as for mail)
from tests.webhooks.receiver import Receiver, a_receiver
from webhooks import endpoints
from webhooks.models import WebhookEndpoint


@pytest.fixture(autouse=True)
def this_machine(settings) -> None:
    """The only place where this machine may be called."""
    settings.WEBHOOK_LOCAL_HOSTS = frozenset({"127.0.0.1"})


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as receiver:
        yield receiver


@pytest.fixture
def administrator(db) -> User:
    return a_member(role="administrator", email="administrator@example.org")


@pytest.fixture
def named(administrator: User, receiver: Receiver) -> Callable[..., tuple[WebhookEndpoint, str]]:
    """Name an address, that of the receiver unless said otherwise: the row and its secret."""

    def name(url: str = "", by: User = administrator) -> tuple[WebhookEndpoint, str]:
        return endpoints.add(organization_of(by), url or receiver.url, "Case system", by=by)

    return name


@pytest.fixture
def endpoint(named) -> WebhookEndpoint:
    return named()[0]


@pytest.fixture
def free_port() -> int:
    """A port of this machine at which nobody listens yet."""
    return closed_port()
