"""The queue: what a row shows, and in which order. A row of which only the summary may be read shows that alone."""

from datetime import datetime
from typing import Any, Final, cast
from urllib.parse import urlencode

from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.db.models import Max, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Organization
from accounts.standing import standing_of
from requests_app import states
from requests_app.admin.saved_views import VIEWS
from requests_app.kinds import KINDS
from requests_app.models import Event, Request
from requests_app.models.record import (
    CO_DECLINED,
    CO_INVITED,
    CO_SHARED,
    CO_SIGNED,
    CO_TAKEN_BACK,
    CO_VOIDED,
    CO_WITHDRAWN,
    DOCUMENT_REFUSED,
    EXAMINED_ANEW,
    RESULT_ASKED,
)
from requests_app.rules.finding import CLARIFY, COUNTED, MISSING

NOTHING = "–"
VIEW = "view"
CO_SIGNING_WORDS: Final = {
    CO_INVITED: gettext_lazy("Another organization was asked to sign"),
    CO_TAKEN_BACK: gettext_lazy("An invitation to sign was taken back"),
    CO_SIGNED: gettext_lazy("Another organization signed"),
    CO_DECLINED: gettext_lazy("An organization declined to sign"),
    CO_WITHDRAWN: gettext_lazy("An organization withdrew its signature"),
    CO_VOIDED: gettext_lazy("A signature ended because the request changed"),
    CO_SHARED: gettext_lazy("Documents for who signs were chosen"),
}


class Queue(ChangeList):
    """A page of the queue: the rows of one saved view, each with its last event, each linked by its reference."""

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """The view is no filter: taking all filters off leaves it."""
        found = super().get_filters_params(params)
        found.pop(VIEW, None)
        return found

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Request]:
        """The filtered rows that belong to the view."""
        view = VIEWS[request.GET[VIEW]]
        return super().get_queryset(request, exclude_parameters).filter(view.rows(standing_of(request.user)))

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Request]) -> list[Any]:
        """The columns that were chosen, then the longest waiting first; never the order in which rows were made."""
        chosen = [order for order in super().get_ordering(request, queryset) if order != "-pk"]
        return chosen if ORDER_VAR not in self.params else [*chosen, *self.model_admin.get_ordering(request)]

    def get_results(self, request: HttpRequest) -> None:
        """The rows of this page with their last events: one query more, however many they are."""
        super().get_results(request)
        rows = self.result_list = list(self.result_list)
        ids = [row.pk for row in rows if row.sight.full]
        last = Event.objects.filter(request__in=ids).values("request").annotate(last=Max("id")).values("last")
        events = {event.request_id: event for event in Event.objects.filter(pk__in=last)} if ids else {}
        for row in rows:
            row.last_event = events.get(row.pk)

    def url_for_result(self, result: Model) -> str:
        """The dossier, which remembers the view."""
        address = reverse("admin:requests_request_change", args=[cast(Request, result).reference])
        return f"{address}?{urlencode({VIEW: self.params[VIEW]})}"


def title_cell(row: Request) -> SafeString | str:
    """Reference and title; where the title may not be read, that the officer is informed."""
    if not row.sight.full:
        return format_html("<b>{}</b> <span class=sub>{}</span>", row.reference, _("You are informed of this request"))
    return format_html("<b>{}</b> <span class=sub>{}</span>", row.reference, row.title)


def waiting_cell(row: Request) -> str:
    """Since how many days it waits for whoever must act next."""
    return waiting(row) if row.sight.full else NOTHING


def waiting(request: Request) -> str:
    """The days that an open request waits, in calendar days; nothing once it has ended."""
    if not request.is_open or request.waiting_since is None:
        return NOTHING
    days = (timezone.localdate() - timezone.localdate(request.waiting_since)).days
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days} if days else _("today")


def officer_cell(row: Request) -> str:
    """The officer's name."""
    return row.officer.name if row.sight.full and row.officer else NOTHING


def group_cell(row: Request) -> str:
    """Government, employers' or workers' organization."""
    return str(Organization.Kind(row.organization.kind).label)


def kind_cell(row: Request) -> str:
    """The kind of help."""
    return str(KINDS[row.kind].label)


def findings_cell(row: Request) -> SafeString | str:
    """What is missing or to clarify, in word and number."""
    if not row.sight.full or row.examination is None:
        return NOTHING
    counts = (
        ("bad", row.examination.missing, COUNTED[MISSING]),
        ("warn", row.examination.to_clarify, COUNTED[CLARIFY]),
    )
    chips = [(look, words % {"count": count}) for look, count, words in counts if count]
    return format_html_join(" ", '<span class="chip {}">{}</span>', chips) or _("nothing open")


def last_cell(row: Request) -> SafeString | str:
    """The last event and its day; of an informed row the public status and the day it was sent."""
    if not row.sight.full:
        return _said(row.state.public, row.sent_at, "%(day)s" if row.status == states.SENT else _("sent %(day)s"))
    event: Event | None = getattr(row, "last_event", None)
    if event is None:
        return _said(row.state.desk, row.saved_at)
    return _said(event_words(event), event.at)


def event_words(event: Event) -> str:
    """What happened, in the desk's words."""
    if event.action == EXAMINED_ANEW:
        return _("Examined anew with changed rules or data")
    if event.action == DOCUMENT_REFUSED:
        return _("A document was refused by the virus check")
    if event.action == RESULT_ASKED:
        return _("The requester was asked what has changed")
    if event.action in CO_SIGNING_WORDS:
        return str(CO_SIGNING_WORDS[event.action])
    return str(states.BY_ACTION[event.action].done)


def _said(words: object, at: datetime | None, day_words: str = "%(day)s") -> SafeString:
    day = day_words % {"day": date_format(timezone.localtime(at), "DATE_FORMAT")} if at else ""
    return format_html("{} <span class=sub>{}</span>", words, day)
