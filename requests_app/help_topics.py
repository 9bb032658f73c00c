"""The topics of the help, and the questions that each of them serves."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Topic:
    """A page of help: its slug in the address, its title, the questions beside which it is linked."""

    slug: str
    title: Promise
    questions: tuple[str, ...] = ()


TOPICS: Final = {
    topic.slug: topic
    for topic in (
        Topic("kinds-of-help", _("Which kind of help"), ("N2",)),
        Topic("political-will", _("Political will: what counts as a sign"), ("Q9", "Q10")),
        Topic("costs", _("Costs and who can pay"), ("K1", "K3")),
        Topic("who-sees", _("Who sees your request"), ("P3", "Q12")),
        Topic("after-sending", _("After you have sent it")),
        Topic("slow-line", _("Documents, a slow line, a shared computer")),
        Topic("without-the-site", _("If you cannot use the site")),
    )
}
BY_QUESTION: Final = {question: topic for topic in TOPICS.values() for question in topic.questions}
