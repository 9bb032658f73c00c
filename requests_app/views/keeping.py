"""A form that comes back without its session: kept for the person who opened it, or handed back to who sent it.

Each form carries a signed token that names its reader and its place. With it a POST whose session has ended is kept,
and after sign-in the page shows it again as it was typed, nothing done with it. Without it nothing is stored: the
page shows the typed text to its sender, to copy.
"""

from typing import Final

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from base.languages import SWITCH
from requests_app.models import KeptForm
from requests_app.services import keeping

FIELD: Final = "kept"
BACK: Final = "given_back"
HOURS: Final = 12
SALT: Final = "requests.keeping"
NOT_TYPED: Final = frozenset({"csrfmiddlewaretoken", FIELD, BACK, SWITCH, "go", "version", "key", "item"})


def place_of(http: HttpRequest) -> str:
    """The name of the address and its arguments: the same in every language."""
    match = http.resolver_match
    return ":".join([match.view_name, *map(str, match.kwargs.values())]) if match else ""


def token(http: HttpRequest) -> str:
    """What the form carries: for whom the page was made (the own address of its reader), and where."""
    return signing.dumps({"for": http.user.email, "at": place_of(http)}, salt=SALT)  # type: ignore[union-attr]


def is_readers(http: HttpRequest) -> bool:
    """Whether who sends a form is signed in, and is not another person than the one for whom its page was made."""
    if not http.user.is_authenticated:
        return False
    told = _told(http)
    return not told or told["for"] == http.user.email


def rescue(http: HttpRequest) -> HttpResponse | None:
    """Answer a POST that cannot be acted upon because of its session, so that nothing typed is lost.

    None where nothing was typed.
    """
    owner, typed = _owner(http), _typed(http)
    if owner and keeping.keep(owner, place_of(http), typed, reference=_reference(http)):
        back = f"{http.path}?{BACK}"
        if http.user == owner:
            return redirect(back)
        if http.user.is_authenticated:
            words = _("You are signed in as somebody else. What was typed is kept for whoever opened that page.")
            messages.warning(http, words)
            return redirect("home")
        messages.info(http, _("Your answers are kept. Sign in, and you find them again where you wrote them."))
        return redirect_to_login(back)
    texts = [value for name, values in typed.items() if name not in NOT_TYPED for value in values if value.strip()]
    if not texts:
        return None
    return render(http, "requests/handed_back.html", {"texts": texts, "here": http.path}, status=403)


def bring_back(http: HttpRequest) -> None:
    """Before a page is shown that was asked for with what is kept: fill it with that.

    The page then sees a POST that asks for nothing but to be shown, as when the language is switched.
    """
    if http.method not in ("GET", "HEAD") or BACK not in http.GET:
        return
    found = KeptForm.objects.of(http.user).filter(place=place_of(http)).first()  # type: ignore[arg-type]
    if found is None:
        return
    answers = QueryDict(mutable=True)
    for name, values in found.typed.items():
        answers.setlist(name, values)
    answers[SWITCH] = get_language()
    http.method, http.POST = "POST", answers  # type: ignore[assignment]
    http.given_back = True  # type: ignore[attr-defined]
    messages.info(http, _("Here is what you typed before you were signed out. It is not saved yet."))


def is_given_back(http: HttpRequest) -> bool:
    """Whether the page shows what was kept."""
    return getattr(http, BACK, False)


def kept_for(http: HttpRequest) -> list[tuple[str, str]]:
    """Where the signed-in person finds again what was kept: the address and the request's reference. One query."""
    rows = KeptForm.objects.of(http.user).order_by("kept_at").values_list("place", "request__reference")  # type: ignore[arg-type]
    found = []
    for place, reference in rows:
        name, *arguments = place.rsplit(":", place.count(":") - 1)
        found.append((f"{reverse(name, args=arguments)}?{BACK}", reference or ""))
    return found


def settled(http: HttpRequest, response: HttpResponseBase) -> None:
    """After a form that was given back has been acted upon: keep it no longer."""
    if http.method == "POST" and BACK in http.POST and response.status_code in (302, 303):
        keeping.forget(http.user, place_of(http))  # type: ignore[arg-type]


def _owner(http: HttpRequest) -> User | None:
    """For whom the form was made: known from its token, if that is ours, of this place and not too old."""
    told = _told(http)
    return User.objects.filter(email=told["for"], is_active=True).first() if told else None


def _told(http: HttpRequest) -> dict[str, str]:
    """What the token says; empty without one, and for one that is not ours, of another place, or too old."""
    try:
        told: dict[str, str] = signing.loads(http.POST.get(FIELD, ""), salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return {}
    return told if told["at"] == place_of(http) else {}


def _typed(http: HttpRequest) -> dict[str, list[str]]:
    left_out = ("csrfmiddlewaretoken", FIELD, SWITCH)
    return {name: values for name, values in http.POST.lists() if name not in left_out}


def _reference(http: HttpRequest) -> str:
    return str(http.resolver_match.kwargs.get("reference", "")) if http.resolver_match else ""
