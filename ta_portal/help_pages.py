"""The help, one short page a topic, and the list of all public pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from requests_app.help_topics import TOPICS
from requests_app.kinds import KINDS, NOT_SURE
from ta_portal.context import FACTS, MENU, SMALL_PRINT, Shown

KINDS_OF_HELP = [kind for kind in KINDS.values() if kind.slug != NOT_SURE]


@require_safe
def index(http: HttpRequest) -> HttpResponse:
    """The topics."""
    return render(http, "pages/help.html", {"topics": TOPICS.values()})


@require_safe
def topic(http: HttpRequest, topic: str) -> HttpResponse:
    """One topic; its text is the template of its slug. 404 for another slug."""
    if topic not in TOPICS:
        raise Http404
    context = {"topic": TOPICS[topic], "kinds": KINDS_OF_HELP}
    return render(http, f"pages/help/{topic}.html", context)


@require_safe
def sitemap(http: HttpRequest) -> HttpResponse:
    """Every page that anybody may read, by what it is for."""
    asking = [entry for entry in MENU if entry.shown is Shown.ALWAYS and entry.url_name != "help"]
    record = [entry for entry in FACTS if entry.shown is Shown.ALWAYS]
    context = {"asking": asking, "record": record, "topics": TOPICS.values(), "about": SMALL_PRINT}
    return render(http, "pages/sitemap.html", context)
