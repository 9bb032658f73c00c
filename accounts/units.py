"""The Office's units: the three that are always there, and one for each station of the reference data."""

from dataclasses import dataclass, field

from django.conf import settings

from accounts.models import Unit
from standards.models import Station

# The units at headquarters. Stations come from data.
UNITS = (Unit.Kind.BRANCH, Unit.Kind.ACTRAV, Unit.Kind.ACTEMP)

# Where the try-out sends a unit's notices; production reads UNIT_ADDRESSES ("branch=...,YAO=...").
SAMPLE_ADDRESSES = {
    "branch": "officer@example.org",
    "actrav": "actrav@example.org",
    "actemp": "actemp@example.org",
    "YAO": "specialist@example.org",
}


@dataclass
class Synced:
    """What a run found: how many units there are, how many are new, and whose notices would go nowhere."""

    units: int = 0
    made: int = 0
    without_address: list[str] = field(default_factory=list)


def sync_units() -> Synced:
    """Makes a unit for each of UNITS and for each station that is not headquarters, and sets the addresses known.

    Running it again changes nothing. An address that no setting names is left as it is.
    """
    synced = Synced()
    for kind in UNITS:
        _sync(synced, kind, None, str(kind))
    for station in Station.objects.filter(is_headquarters=False).order_by("code"):
        _sync(synced, Unit.Kind.STATION, station, station.code)
    return synced


def _sync(synced: Synced, kind: str, station: Station | None, key: str) -> None:
    unit, made = Unit.objects.get_or_create(kind=kind, station=station)
    address = _address(key)
    if address and unit.address != address:
        unit.address = address
        unit.save(update_fields=["address"])
    synced.units += 1
    synced.made += made
    if not unit.address:
        synced.without_address.append(key)


def _address(key: str) -> str:
    """The address set for a unit ("branch", or a station's code); empty when nobody named one in production."""
    named = settings.UNIT_ADDRESSES.get(key, "")
    if named or settings.PRODUCTION:
        return str(named)
    return SAMPLE_ADDRESSES.get(key, f"station-{key.lower()}@example.org")
