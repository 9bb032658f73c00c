"""Where a station stands on the dotted map. The land in templates/public/_land.html is drawn by the same projection."""

from dataclasses import dataclass

from standards.models import Station

# Equal steps of longitude and latitude. The frame of the land: 950 × 410 units, its top at 20.
WIDTH, HEIGHT, TOP = 950, 410, 20
PER_DEGREE_EAST = WIDTH / 360
PER_DEGREE_NORTH, EQUATOR = 2.994, 252

TO_THE_LEFT = frozenset({"CAI", "DKR", "LIM", "SJO", "SCL", "BUD"})  # where names would cover one another
RAISED = {"DKR": "-.1em", "BEY": "0", "POS": "1em", "CAI": "1em"}


@dataclass(frozen=True)
class Pin:
    """A station on the map: per cent from the left and the top; on which side its name stands, and how high."""

    station: Station
    x: str
    y: str
    anchor: str
    dx: str
    dy: str


def pin(station: Station) -> Pin:
    """The place of a station, as SVG reads it in every language."""
    x = (station.longitude + 180) * PER_DEGREE_EAST / WIDTH
    y = (EQUATOR - station.latitude * PER_DEGREE_NORTH - TOP) / HEIGHT
    left = station.pk in TO_THE_LEFT
    return Pin(
        station,
        f"{x:.2%}",
        f"{y:.2%}",
        "end" if left else "start",
        "-11" if left else "11",
        RAISED.get(station.pk, ".35em"),
    )
