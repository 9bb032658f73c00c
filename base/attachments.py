"""Handing out a private file: as an attachment that no browser opens in the portal's name, kept by no cache."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.http import Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header

logger = logging.getLogger(__name__)

PIECE: Final = 64 * 1024
HEADERS: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Keeps it from being compressed on the way: its length stays known, so that a slow line shows how far it is.
    "Content-Encoding": "identity",
}


def attachment(path: Path, name: str, media_type: str) -> StreamingHttpResponse:
    """The file at `path` under the name `name` (RFC 6266). Raises Http404 where its bytes are gone."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        logger.error("a file that somebody asked for is not in the store")
        raise Http404 from None
    own = {"Content-Disposition": content_disposition_header(True, name), "Content-Length": str(size)}
    return StreamingHttpResponse(_pieces(path), content_type=media_type, headers={**HEADERS, **own})


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as content:
        while piece := content.read(PIECE):
            yield piece
