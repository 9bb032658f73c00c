"""Published assistance as an activity file of IATI 2.03, for those who gather what organizations report.

It says what the public pages say and no more: country, kind of help, year, and the text to which the requester agreed.
What the standard asks for beyond that is the same in every activity: nothing follows from the request behind it.
"""

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Final
from uuid import UUID
from xml.etree import ElementTree as xml

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.kinds import NOT_SURE
from requests_app.models import Publication
from requests_app.published import word_of

VERSION: Final = "2.03"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# Codes of the standard's lists.
MULTILATERAL: Final = "40"
ACCOUNTABLE: Final = "2"
GENERAL: Final = "1"
CLOSED: Final = "4"  # the activity is over; whether the Office still waits for its results is not public
ACTUAL_START: Final = "2"
ACTUAL_END: Final = "4"
DAC: Final = "1"
LABOUR_RIGHTS: Final = "16070"  # its text names freedom of association and collective bargaining
# What no XML can hold although a text of ours can.
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def activities(today: date) -> bytes:
    """The file as of today, nothing where nothing is published: the standard knows no empty file. One query."""
    root = xml.Element("iati-activities", version=VERSION)
    rows = Publication.objects.public().select_related("country")
    rows = rows.only("uid", "country", "kind", "year", "text", "language")
    for row in sorted(rows, key=lambda row: (-row.year, row.country_id, identifier(row.uid))):
        root.append(activity(row, today))
    return xml.tostring(root, encoding="utf-8", xml_declaration=True) if len(root) else b""


def identifier(publication: UUID) -> str:
    """The activity's name: the organization's, and one that leads to nothing of the portal's own.

    Another text on the same request has another name: that two texts are about one request is nobody's business.
    """
    return f"{settings.IATI['identifier']}-FOA-{sha256(publication.bytes).hexdigest()[:16].upper()}"


def activity(row: Publication, today: date) -> xml.Element:
    """One published row. The order of the parts is the standard's."""
    made = xml.Element("iati-activity", {LANG: settings.LANGUAGE_CODE})
    organization = {"type": MULTILATERAL, "ref": settings.IATI["identifier"]}
    name = {settings.LANGUAGE_CODE: settings.IATI["name"]}
    _add(made, "iati-identifier").text = identifier(row.uid)
    _say(_add(made, "reporting-org", organization), name)
    _say(_add(made, "title"), _titles(row))
    _say(_add(made, "description", {"type": GENERAL}), {row.language: row.text})
    _say(_add(made, "participating-org", {**organization, "role": ACCOUNTABLE}), name)
    _add(made, "activity-status", {"code": CLOSED})
    _year(made, ACTUAL_START, date(row.year, 1, 1))
    if row.year < today.year:  # an actual date lies in the past
        _year(made, ACTUAL_END, date(row.year, 12, 31))
    _add(made, "recipient-country", {"code": row.country_id, "percentage": "100"})
    _add(made, "sector", {"vocabulary": DAC, "code": LABOUR_RIGHTS, "percentage": "100"})
    return made


def _titles(row: Publication) -> dict[str, str]:
    """Kind, country and year in every language of the portal."""
    found = {}
    for language, _own_name in settings.LANGUAGES:
        with translation.override(language):
            kind = "" if row.kind == NOT_SURE else word_of(row.kind)
            place = f"{row.country.name}, {row.year}"
            found[language] = " – ".join(str(part) for part in (_("Technical assistance"), kind, place) if part)
    return found


def _year(above: xml.Element, kind: str, day: date) -> None:
    """A date of which the year alone is public; the standard has a day, and words for how much of it is meant."""
    made = _add(above, "activity-date", {"type": kind, "iso-date": day.isoformat()})
    _say(made, {settings.LANGUAGE_CODE: str(day.year)})


def _say(above: xml.Element, texts: Mapping[str, str]) -> None:
    """A text by language."""
    for language, text in texts.items():
        _add(above, "narrative", {LANG: language}).text = _NOT_IN_XML.sub("", text)


def _add(above: xml.Element, name: str, held: Mapping[str, str] | None = None) -> xml.Element:
    return xml.SubElement(above, name, dict(held or {}))
