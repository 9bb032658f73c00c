"""What every address of the API has in common."""

from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.etags import with_etag
from api.languages import asked_for
from api.once import once
from api.problems import Problem


class Resource(APIView):
    """JSON in the caller's language; an ETag on all that is read; refusals as problems.

    `parameters` are the names that the address takes after “?”; another one is refused, so that a filter that was
    mistyped never answers with everything.
    """

    parameters: frozenset[str] = frozenset()
    reads_only = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Language, who calls, scope, number of calls, parameters."""
        translation.activate(asked_for(request.headers.get("Accept-Language", "")))
        super().initial(request, *args, **kwargs)
        media_type = (request.content_type or "").partition(";")[0].strip().lower()
        reads = request.method in ("POST", "PUT", "PATCH") and has_body(request)
        if reads and media_type not in {parser.media_type for parser in self.parser_classes}:
            raise Problem("unsupported-media-type")
        if unknown := sorted(set(request.query_params) - self.parameters):
            raise Problem("wrong-parameter", _("Unknown: %(names)s") % {"names": ", ".join(unknown)[:200]})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """The answer with its language, and with its ETag once it is rendered."""
        done: Any = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(done, ["Accept-Language", "Authorization", "Cookie"])
        done.headers.setdefault("Content-Language", translation.get_language() or "en")
        if isinstance(done, Response):
            done.add_post_render_callback(with_etag(request))
        return done

    def once(
        self, work: Callable[[], Response], *, about: str = "", content: str | None = None, secret: bool = False
    ) -> Any:
        """`work`, done once for the Idempotency-Key of this call."""
        return once(self.request, work, about=about, content=content, secret=secret)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """The methods of the address, and nothing of what is behind it."""
        return Response(status=204)


def has_body(request: Request) -> bool:
    """Whether anything is sent beside the address and the headers."""
    return request.META.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in request.META
