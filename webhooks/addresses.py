"""Where a webhook may go: which URLs can be written, and which machines of the internet may be called.

The same functions are asked when an address is saved and before each delivery (CWE-918, server-side request forgery).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from base.refusals import Refused

LIMIT: Final = 500

# IANA's registries of special purpose addresses. Own lists: Python's differ from version to version.
_NOT_PUBLIC_4: Final = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_PUBLIC_6: Final = IPv6Network("2000::/3")
_NOT_PUBLIC_6: Final = tuple(IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "3fff::/20"))
_SIX_TO_FOUR: Final = IPv6Network("2002::/16")
_NAT64: Final = IPv6Network("64:ff9b::/96")

# A name of the internet: two labels or more, the last of which begins with a letter, as no written number does.
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME: Final = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z]){_LABEL}", re.ASCII)
_UNSEEN: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\]|\s")

_IN_FULL: Final = _("Write the address in full, for example https://example.org/hooks")
_NO_PASSWORD: Final = _("Leave the name and the password out of the address: what we send is signed.")
_A_NAME: Final = _("Write the name of a machine on the internet, for example hooks.example.org")
LEADS_NOWHERE: Final = _("This name leads nowhere now. Look at its spelling, or try again later.")
_NOT_INSIDE: Final = _("This address leads into a private network. Write one that can be reached from the internet.")


class AddressRefused(Refused):
    """Nothing is sent there."""


@dataclass(frozen=True)
class Target:
    """A URL that may be written: its parts, and whether the settings make it one of this machine's own."""

    secure: bool
    host: str
    port: int
    path: str
    local: bool

    @property
    def authority(self) -> str:
        """Host and, unless it is the usual one, port."""
        return self.host if self.port == (443 if self.secure else 80) else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL as it is stored."""
        return f"{'https' if self.secure else 'http'}://{self.authority}{self.path}"


def is_public(address: str) -> bool:
    """Whether an IP address is one machine of the public internet.

    Not: private, loopback, link-local, shared, multicast, reserved, unspecified, documentation; nor one of these inside
    an IPv6 address (mapped, 6to4, NAT64). Raises ValueError for what is no IP address.
    """
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_PUBLIC_4)
    if found.scope_id:
        return False
    inside = _inside(found)
    if inside is not None:
        return is_public(str(inside))
    return found in _PUBLIC_6 and not any(found in network for network in _NOT_PUBLIC_6)


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address to which an IPv6 address is translated."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    return address.ipv4_mapped


def target_of(url: str) -> Target:
    """The parts of a URL. Raises AddressRefused for any that nothing is sent to.

    WEBHOOK_LOCAL_HOSTS names hosts of this machine: there plain HTTP, any port and an IP address are allowed.
    """
    if not url or len(url) > LIMIT or _UNSEEN.search(url):
        raise AddressRefused(_IN_FULL)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressRefused(_IN_FULL) from None
    if "@" in parts.netloc:
        raise AddressRefused(_NO_PASSWORD)
    if "[" in parts.netloc or not host or parts.scheme not in ("http", "https") or "#" in url:
        raise AddressRefused(_IN_FULL)
    secure, local = parts.scheme == "https", host in settings.WEBHOOK_LOCAL_HOSTS
    port = (443 if secure else 80) if port is None else port
    if not local:
        host = _name(host)
        _check_way(secure, port)
    path = iri_to_uri((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    target = Target(secure, host, port, path, local)
    if len(target.url) > LIMIT:
        raise AddressRefused(_IN_FULL)
    return target


def _check_way(secure: bool, port: int) -> None:
    if not secure:
        raise AddressRefused(_("Write an address that begins with https://"))
    if port not in settings.WEBHOOK_PORTS:
        ports = ", ".join(str(one) for one in sorted(settings.WEBHOOK_PORTS))
        raise AddressRefused(_("Leave the port out, or use one of these: %(ports)s") % {"ports": ports})


def _name(host: str) -> str:
    """A host in the letters of the network (xn--…); numbers, however they are written, are no names."""
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise AddressRefused(_A_NAME) from None
    if len(name) > 253 or not _NAME.fullmatch(name):
        raise AddressRefused(_A_NAME)
    return name


def choose(target: Target, found: Iterable[str]) -> str:
    """The address to connect to, of all that the name of the target stands for.

    Raises AddressRefused when there is none, or when one of them may not be called: no honest name leads both ways.
    """
    found = list(found)
    allowed = _is_loopback if target.local else is_public
    if not found:
        raise AddressRefused(LEADS_NOWHERE)
    if not all(allowed(address) for address in found):
        raise AddressRefused(_NOT_INSIDE)
    return found[0]


def _is_loopback(address: str) -> bool:
    return ip_address(address).is_loopback
