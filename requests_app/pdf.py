"""A page as a PDF, where the extra `pdf` (WeasyPrint) is installed. It fetches nothing but the portal's own styles."""

import logging
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

try:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcherResponse
except (ImportError, OSError):  # not installed, or without the system's libraries
    HTML = None

logger = logging.getLogger(__name__)
HERE: Final = "http://portal.invalid/"


def is_available() -> bool:
    """Whether PDFs can be made here."""
    return HTML is not None


def made_of(html: str) -> bytes | None:
    """The page as a PDF; None where none can be made, and the reader is led to the page itself."""
    if HTML is None:
        return None
    try:
        return bytes(HTML(string=html, base_url=HERE, url_fetcher=_fetch).write_pdf())
    except Exception as error:  # whatever the printer stumbles over, the page can still be read
        logger.error("pdf: %s", type(error).__name__)
        return None


def _fetch(url: str, *_more: object, **_others: object) -> Any:
    return URLFetcherResponse(url, own_styles(url), {"Content-Type": "text/css"})


def own_styles(url: str) -> bytes:
    """A file of the portal's own styles. ValueError for every other address."""
    path = urlsplit(url).path
    prefix = "/" + settings.STATIC_URL.strip("/") + "/"
    if not (url.startswith(HERE) and path.startswith(prefix) and path.endswith(".css")):
        raise ValueError("not one of our styles")
    name = path.removeprefix(prefix)
    found = finders.find(name)
    if isinstance(found, str):
        with open(found, "rb") as file:
            return file.read()
    with staticfiles_storage.open(name) as file:
        return bytes(file.read())
