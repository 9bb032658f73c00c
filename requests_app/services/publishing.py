"""Publishing that assistance was given (R116, document 000): asked, agreed to word by word, published, taken off.

Nothing of it becomes public before the requester has agreed to the very text, and it ends the moment he says no.
"""

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from base.form_fields import TOO_LONG
from base.text import clean_text
from requests_app import permissions
from requests_app.models import Conventions, Event, LinkKind, People, Publication, PublishedItem, Request
from requests_app.models.publication import TEXT_LIMIT, PublicationState
from requests_app.models.sections.people import ONLY_OFFICE
from requests_app.refusals import Incomplete, NotNow, NotPermitted, Overtaken
from requests_app.services import notices
from requests_app.services.filing import written
from requests_app.services.transition import apply, lock
from requests_app.services.triage import add_note

CLOSED_TO_OTHERS = gettext_lazy(
    "The requester says that only the Office may know of this request. It cannot be published."
)
NOTHING_STANDS = gettext_lazy("No text stands for which this could be done.")
# What can be done about the text that stands, by its state; "" where none does.
POSSIBLE: Final = {
    "": frozenset({"ask_to_publish"}),
    PublicationState.ASKED: frozenset({"consent", "refuse", "take_off"}),
    PublicationState.AGREED: frozenset({"refuse", "publish", "take_off"}),
    PublicationState.PUBLISHED: frozenset({"refuse", "take_off"}),
}
ACTIONS: Final = frozenset().union(*POSSIBLE.values())


def standing(request: Request) -> Publication | None:
    """The text that stands: asked for, agreed to or published."""
    return Publication.objects.standing().filter(request=request).prefetch_related("items__links").first()


def possible(publication: Publication | None) -> frozenset[str]:
    """The actions that the text allows now, whoever asks."""
    return POSSIBLE[publication.state if publication else ""]


def names_organization(request: Request, text: str) -> bool:
    """Whether the text says who asked."""
    return request.organization.name.casefold() in text.casefold()


@transaction.atomic
def ask_to_publish(request: Request, text: str, *, by: User) -> Event:
    """Ask the requester for this text. Raises NotPermitted, NotNow, Incomplete.

    What stands beside it follows from the request: country, kind, year of the giving, instruments, items addressed.
    """
    request = lock(request, by=by)
    permissions.check(request, "ask_to_publish")
    _open_to_others(request)
    if standing(request):
        raise NotNow(_("A text stands already. Take it off, then ask for another one."))
    text = clean_text(text)
    if not text:
        raise Incomplete(_("Write the text to publish"), ["text"])
    if len(text) > TEXT_LIMIT:
        raise Incomplete(TOO_LONG % {"limit": TEXT_LIMIT, "excess": len(text) - TEXT_LIMIT}, ["text"])
    given = Event.objects.filter(request=request, action="give").order_by("-id")[0]
    made = Publication.objects.create(
        request=request,
        text=text,
        language=request.language,
        country=request.country,
        kind=request.kind,
        year=given.at.year,
        instruments=[code for code in request.section(Conventions).instruments if code[1:].isdigit()],
        asked_by=by,
        asked_at=timezone.now(),
    )
    links = request.supervisory_links.filter(until=None, kind=LinkKind.ADDRESSES).order_by("item")
    PublishedItem.objects.bulk_create(PublishedItem(publication=made, item_id=link.item_id) for link in links)
    event = apply(request, "ask_to_publish", by=by, fields=["publication"])
    notices.tell("consent_asked", request, notices.requester(request), event)
    return event


@transaction.atomic
def consent(request: Request, uid: str, *, by: User) -> Event:
    """Agree to exactly the text of this id. Raises NotPermitted, NotNow, Overtaken when another text stands."""
    request, held = _held(request, "consent", by)
    if str(held.uid) != uid:
        raise Overtaken(_("Another text stands now. Read it, then decide."))
    _open_to_others(request)
    held.state, held.agreed_by, held.agreed_at = PublicationState.AGREED, by, timezone.now()
    return _done(request, held, "consent", by)


@transaction.atomic
def refuse(request: Request, *, by: User) -> Event:
    """Say no, before or after it was published: from then on it is public no more. Raises NotPermitted, NotNow."""
    request, held = _held(request, "refuse", by)
    held.state, held.ended_by, held.ended_at = PublicationState.REFUSED, by, timezone.now()
    return _done(request, held, "refuse", by)


@transaction.atomic
def publish(request: Request, *, by: User) -> Event:
    """Publish the text to which the requester agreed. Raises NotPermitted, NotNow."""
    request, held = _held(request, "publish", by)
    _open_to_others(request)
    held.state, held.published_by, held.published_at = PublicationState.PUBLISHED, by, timezone.now()
    return _done(request, held, "publish", by)


@transaction.atomic
def take_off(request: Request, reason: str, *, by: User) -> Event:
    """Take the text off, published or not; the reason is kept as a note. Raises NotPermitted, NotNow, Incomplete."""
    request, held = _held(request, "take_off", by)
    add_note(request, written(reason), by)
    held.state, held.ended_by, held.ended_at = PublicationState.TAKEN_OFF, by, timezone.now()
    return _done(request, held, "take_off", by)


TOLD: Final = {"publish": "published", "take_off": "taken_off"}


def _held(request: Request, action: str, by: User) -> tuple[Request, Publication]:
    """The locked request and the text that stands, of which `by` may do this now."""
    request = lock(request, by=by)
    permissions.check(request, action)
    held = standing(request)
    if held is None or action not in possible(held):
        raise NotNow(NOTHING_STANDS)
    return request, held


def _done(request: Request, held: Publication, action: str, by: User) -> Event:
    """Save it, with its event; tell the other side."""
    held.save()
    event = apply(request, action, by=by, fields=["publication"])
    if action in TOLD:
        notices.tell(TOLD[action], request, notices.requester(request), event)
    else:
        notices.tell("consent_answered", request, notices.branch(request), event)
    return event


def _open_to_others(request: Request) -> None:
    """Raises NotPermitted while the requester says that only the Office may know (P3)."""
    if request.section(People).may_know in ("", ONLY_OFFICE):
        raise NotPermitted(CLOSED_TO_OTHERS)
