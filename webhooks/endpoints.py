"""The addresses of an organization: adding, giving another secret, trying, ending. By its administrators alone."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organization, User
from accounts.standing import standing_of
from base.refusals import Refused
from webhooks import signing
from webhooks.models import OVERLAP, State, WebhookDelivery, WebhookEndpoint
from webhooks.queueing import owe_test
from webhooks.sealing import SecretLost, seal, unseal
from webhooks.sending import check

MOST: Final = 5  # addresses of an organization at a time
MOST_TESTS: Final = 5  # test events that wait at one address


class WebhookRefused(Refused):
    """An address is not added, changed or tried."""


class NotAdministrator(WebhookRefused):
    """Whoever asks does not look after the organization's addresses."""


class ThereAlready(WebhookRefused):
    """The address is one of the organization's already."""


def add(organization: Organization, url: str, description: str, *, by: User) -> tuple[WebhookEndpoint, str]:
    """Add an address; the row, and its secret, which nobody can read again.

    Raises WebhookRefused or AddressRefused.
    """
    return add_checked(organization, check(url), description, by=by)  # asks the network, so before anything is locked


def add_checked(organization: Organization, url: str, description: str, *, by: User) -> tuple[WebhookEndpoint, str]:
    """Add an address that was looked up (`sending.check`). Raises WebhookRefused."""
    secret = signing.new_secret()
    with transaction.atomic():
        _locked(organization.pk, by)
        active = WebhookEndpoint.objects.active().filter(organization=organization)
        if active.filter(url=url).exists():
            raise ThereAlready(_("This address is there already."))
        if active.count() >= MOST:
            raise WebhookRefused(_("End an address that you no longer need: there can be %(most)s.") % {"most": MOST})
        endpoint = WebhookEndpoint.objects.create(
            organization=organization, url=url, description=description, made_by=by, secret=seal(secret)
        )
    return endpoint, signing.written(secret)


def rotate(endpoint: WebhookEndpoint, *, by: User) -> tuple[WebhookEndpoint, str]:
    """Give an address another secret; the former one signs too for a day. Raises WebhookRefused."""
    secret = signing.new_secret()
    with transaction.atomic():
        endpoint = _active(endpoint, by)
        endpoint.former_secret, endpoint.former_until = endpoint.secret, timezone.now() + OVERLAP
        endpoint.secret = seal(secret)
        endpoint.save(update_fields=["secret", "former_secret", "former_until"])
    return endpoint, signing.written(secret)


@transaction.atomic
def describe(endpoint: WebhookEndpoint, description: str, *, by: User) -> WebhookEndpoint:
    """Say what an address is. Raises WebhookRefused."""
    endpoint = _active(endpoint, by)
    endpoint.description = description
    endpoint.save(update_fields=["description"])
    return endpoint


@transaction.atomic
def test(endpoint: WebhookEndpoint, *, by: User) -> WebhookDelivery:
    """Owe an address a test event. Raises WebhookRefused."""
    endpoint = _active(endpoint, by)
    waiting = endpoint.deliveries.filter(reference="", state__in=(State.QUEUED, State.CLAIMED))
    if waiting.count() >= MOST_TESTS:
        raise WebhookRefused(_("Some test events are still on their way. Wait for them first."))
    return owe_test(endpoint)


@transaction.atomic
def end(endpoint: WebhookEndpoint, *, by: User) -> None:
    """End an address from now on; what is owed to it is dropped. Raises WebhookRefused."""
    endpoint = _active(endpoint, by)
    endpoint.ended_at, endpoint.ended_by, endpoint.ended_because = timezone.now(), by, WebhookEndpoint.Ended.BY_PERSON
    endpoint.save(update_fields=["ended_at", "ended_by", "ended_because"])
    _drop(endpoint.pk)


@transaction.atomic
def end_gone(endpoint: UUID) -> None:
    """End an address whose receiver says that it is gone."""
    WebhookEndpoint.objects.active().filter(pk=endpoint).update(
        ended_at=timezone.now(), ended_because=WebhookEndpoint.Ended.GONE
    )
    _drop(endpoint)


def tidy() -> None:
    """Forget secrets whose time is over, and seal the others with the portal's key of now."""
    WebhookEndpoint.objects.filter(former_until__lte=timezone.now()).update(former_secret="", former_until=None)
    for endpoint in WebhookEndpoint.objects.active():
        try:
            again = seal(unseal(endpoint.secret))
        except SecretLost:
            continue  # its deliveries tell
        WebhookEndpoint.objects.filter(pk=endpoint.pk, secret=endpoint.secret).update(secret=again)


def _drop(endpoint: UUID) -> None:
    WebhookDelivery.objects.filter(endpoint=endpoint, state=State.QUEUED).update(state=State.DROPPED)


def _active(endpoint: WebhookEndpoint, by: User) -> WebhookEndpoint:
    """The address as it is now, locked. Raises WebhookRefused when it has ended, or `by` does not look after it."""
    _locked(endpoint.organization_id, by)
    found = WebhookEndpoint.objects.select_for_update(of=("self",)).active().filter(pk=endpoint.pk).first()
    if found is None:
        raise WebhookRefused(_("This address has ended."))
    return found


def _locked(organization: UUID, by: User) -> None:
    """Lock the organization's row, so that what is counted stays so. WebhookRefused unless `by` administers it."""
    if organization not in standing_of(by).administrator_of:
        raise NotAdministrator(_("Only the administrator of the organization does this."))
    Organization.objects.select_for_update(of=("self",)).get(pk=organization)
