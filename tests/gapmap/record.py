"""Supervisory items as a test needs them."""

from typing import Any

from requests_app.models import LinkKind, Request, SupervisoryLink
from requests_app.services import links
from standards.models import Instrument
from supervisory.models import ItemInstrument, Referral, SupervisoryItem
from tests.factories import a_country, an_officer, seen_by


def an_instrument(code: str = "C087") -> Instrument:
    """An instrument of this code."""
    facts = {"number": int(code[1:]), "title_en": f"Title of {code}", "year_adopted": 1948, "session": 31}
    more = {"kind": "convention", "subject": "x", "freedom_of_association": True}
    return Instrument.objects.get_or_create(code=code, defaults={**facts, **more})[0]


def an_item(number: str = "3134", country: str = "CM", *, about: tuple[str, ...] = ("C087",), **fields: Any) -> Any:
    """A case of the Committee on Freedom of Association, or what `fields` say."""
    given = {"body": "cfa_case", "report_date": "2019", **fields}
    item = SupervisoryItem.objects.create(number=number, country=a_country(country, country), **given)
    for code in about:
        ItemInstrument.objects.create(item=item, instrument=an_instrument(code))
    return item


def a_referral(number: str = "3134", country: str = "CM", way: str = "suggested", **fields: Any) -> SupervisoryItem:
    """An item that points to assistance."""
    item = an_item(number, country, **fields)
    Referral.objects.create(item=item, way=way)
    return item


def link(request: Request, item: SupervisoryItem, kind: LinkKind = LinkKind.ASKED) -> SupervisoryLink:
    """An officer of the Branch links them."""
    officer = an_officer()
    return links.add(seen_by(officer, request), item, kind, by=officer)
