"""The words with which a letter starts; the officer edits them before sending."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.models import Request, StoredFinding
from requests_app.models.question import Wording
from requests_app.rules.sentences import asking, sentence


def question_letter(request: Request, findings: Iterable[StoredFinding], more: Iterable[Wording] = ()) -> str:
    """A letter that asks about these findings, in the requester's language, one numbered point for each.

    `more` are the wordings of questions that are asked again beside them.
    """
    with translation.override(request.language):
        points = [asking(found.rule, found.params) for found in findings]
        numbered = _numbered([*points, *(str(wording) for wording in more)])
        opening = _("Thank you for request %(reference)s. To examine it we need to know more:") % {
            "reference": request.reference
        }
        closing = _("Give what you know; “we do not know yet” is an answer too.")
        return "\n\n".join([_("Dear colleagues,"), opening, *numbered, closing, signature()])


def decision_letter(
    request: Request,
    action: str,
    findings: Iterable[StoredFinding] = (),
    *,
    reason: str = "",
    alternative: str = "",
) -> str:
    """The opening words of a decision, in the requester's language; then its grounds and what else can be done."""
    with translation.override(request.language):
        words = {
            "accept": _("Your request %(reference)s was found suitable. We now prepare the assistance with you."),
            "decline": _("We have examined your request %(reference)s. It is not possible this way, because"),
            "no_means": _("Your request %(reference)s is suitable, but the means for it are lacking at present."),
            "give": _("The assistance that you asked for in request %(reference)s has been given."),
        }
        opening = words[action] % {"reference": request.reference}
        grounds = _numbered([*(sentence(found.rule, found.params) for found in findings), reason.strip()])
        parts = [_("Dear colleagues,"), opening, *grounds, alternative.strip(), signature()]
        return "\n\n".join(part for part in parts if part)


def _numbered(points: Iterable[str]) -> list[str]:
    return [f"{number}. {point}" for number, point in enumerate(filter(None, points), 1)]


def signature() -> str:
    """The requester reads units, not officers' names."""
    return _("Freedom of Association Branch")
