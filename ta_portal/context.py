"""What the frame of every page shows: the menu, the languages, who is signed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_from_path, get_language_info
from django.utils.translation import gettext_lazy as _


class Shown(Enum):
    """To whom an entry of the menu is shown."""

    ALWAYS = auto()
    SIGNED_IN = auto()
    STAFF = auto()
    NOT_STAFF = auto()
    TRYOUT = auto()


@dataclass(frozen=True)
class Entry:
    """A page of the menu: its URL name, its word, its readers."""

    url_name: str
    text: Promise
    shown: Shown = Shown.ALWAYS


@dataclass(frozen=True)
class Place:
    """An entry as the template writes it."""

    href: str
    text: Promise
    current: bool


@dataclass(frozen=True)
class Language:
    """A link to the same page in another language, named in that language."""

    code: str
    name: str
    href: str
    direction: str
    current: bool


MENU = (
    Entry("home", _("Home")),
    Entry("before", _("Before you ask")),
    Entry("requests:list", _("My requests"), Shown.SIGNED_IN),
    Entry("admin:index", _("Assistance desk"), Shown.STAFF),
    Entry("statistics", _("Statistics"), Shown.NOT_STAFF),  # with the desk beside it the menu takes two lines
    Entry("help", _("Help")),
    Entry("try_out_mail", _("Mail (try-out)"), Shown.TRYOUT),
)
FACTS = (
    Entry("statistics", _("Statistics"), Shown.STAFF),
    Entry("countries", _("Countries")),
    Entry("instruments", _("Conventions and Recommendations")),
    Entry("specialists", _("Specialists")),
    Entry("rules", _("Rules")),
)
SMALL_PRINT = (
    Entry("accessibility", _("Accessibility")),
    Entry("privacy", _("Privacy")),
    Entry("contact", _("Contact")),
    Entry("sitemap", _("All pages")),
)


def portal(request: HttpRequest) -> dict[str, dict[str, object]]:
    """The frame's facts under `portal`. Costs no query for a visitor who is not signed in.

    An error page may be made before anybody looked who is asking or where: then nobody is, and no entry is current.
    """
    user = getattr(request, "user", None) or AnonymousUser()
    staff = user.is_authenticated and user.is_staff
    shown = {Shown.ALWAYS, Shown.STAFF if staff else Shown.NOT_STAFF}
    if settings.SHOW_MAIL_PAGE:
        shown.add(Shown.TRYOUT)
    if user.is_authenticated:
        shown.add(Shown.SIGNED_IN)
    here = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "portal": {
            "menu": _places((entry for entry in MENU if entry.shown in shown), here),
            "small_print": _places((entry for entry in (*FACTS, *SMALL_PRINT) if entry.shown in shown), here),
            "languages": _languages(request.get_full_path()),
            "here": request.get_full_path(),
            "person": getattr(user, "name", "") or user.get_username(),
            "tryout": settings.SHOW_MAIL_PAGE,
            "contact": settings.CONTACT,
            "mail_fails": getattr(user, "mail_fails", False),
        }
    }


def _places(entries: Iterable[Entry], here: str) -> list[Place]:
    return [Place(reverse(entry.url_name), entry.text, entry.url_name == here) for entry in entries]


def _languages(path: str) -> list[Language]:
    """The same page in every language; the front page where the address has none."""
    if get_language_from_path(path) is None:
        path = reverse("home")
    return [
        Language(
            code,
            name,
            translate_url(path, code),
            "rtl" if get_language_info(code)["bidi"] else "ltr",
            code == get_language(),
        )
        for code, name in settings.LANGUAGES
    ]
