"""The sections of a request, each with its own version: the unit of change."""

from typing import Any, cast

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request as Call
from rest_framework.response import Response

from api.description import described
from api.etags import check_match
from api.problems import Problem
from api.views import Resource
from requests_app import permissions
from requests_app.api.answers import read_part, readable_questions, understood
from requests_app.api.found import looked_at, part_of, person, readable
from requests_app.api.section_shapes import shape_of, whole_of
from requests_app.models import Part, Request
from requests_app.services import filing


class Section(Resource):
    """The answers of one section, by field."""

    slug = ""

    def get(self, call: Call, reference: str) -> Response:
        """Read the answers; {} and ETag "0" before the first save."""
        found = readable(call, reference)
        looked_at(call, found)
        return self.answered(found, part_of(found, self.slug))

    def put(self, call: Call, reference: str) -> Response:
        """Replace all answers of the section: what is not sent is answered with nothing. Drafts only."""
        return self.save(call, reference, whole=True)

    def patch(self, call: Call, reference: str) -> Response:
        """Change the answers that are sent, and no others. Drafts only."""
        return self.save(call, reference, whole=False)

    def save(self, call: Call, reference: str, *, whole: bool) -> Response:
        """Store what was understood; nothing when anything of it was not."""
        found = readable(call, reference)
        part = part_of(found, self.slug)
        check_match(call, tag_of(part), needed=True)
        if permissions.has_sent(found):
            raise Problem("not-now", _("What was sent is changed by an answer to the Office’s letter."))
        permissions.check(found, "edit")
        answers = understood(part, readable_questions(part, found.kind, found.sight), dict(call.data), whole=whole)
        try:
            filing.save_answers(part, answers, {}, by=person(call), version=part.version)
        except Request.DoesNotExist:
            raise Http404 from None
        saved = readable(call, reference)
        return self.answered(saved, part_of(saved, self.slug))

    def answered(self, found: Request, part: Part) -> Response:
        """The section as it stands, with its ETag."""
        return Response(read_part(part, found.kind, found.sight), headers={"ETag": tag_of(part)})


def tag_of(part: Part) -> str:
    """The ETag of a section: its version."""
    return f'"{part.version}"'


def section(model: type[Part]) -> type[Section]:
    """The address of one section, described from its questions."""
    name = model.slug.replace("-", "_")
    schema = shape_of(model)
    made = type(f"Section{name.title()}", (Section,), {"slug": model.slug})
    for method, word in (("get", "read"), ("put", "replace"), ("patch", "change")):
        plain = getattr(Section, method)

        def call(self: Section, call: Call, reference: str, plain: Any = plain) -> Response:
            return cast(Response, plain(self, call, reference))

        call.__doc__ = plain.__doc__
        takes = None if method == "get" else {"application/json": whole_of(model) if method == "put" else schema}
        setattr(made, method, described(f"{word}_section_{name}", takes=takes, gives=schema, tag="sections")(call))
    return made
