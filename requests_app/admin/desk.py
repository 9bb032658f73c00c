"""Requests at the desk: the queue, the dossier, and one address for each action. Nothing is edited in a form.

Everything is found through `on_the_desk` by its reference; no primary key stands in an address or on a page. Django's
own pages for adding, editing, deleting and their log do not exist here.
"""

from functools import partial
from typing import Any

from django.contrib.admin import ModelAdmin, ShowFacets, display
from django.core.exceptions import SuspiciousOperation
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from accounts.standing import standing_of
from base.references import normalize_reference
from base.text import one_line
from requests_app.admin import filters
from requests_app.admin.actions import act
from requests_app.admin.documents import document
from requests_app.admin.dossier import dossier
from requests_app.admin.queue import (
    VIEW,
    Queue,
    findings_cell,
    group_cell,
    kind_cell,
    last_cell,
    officer_cell,
    title_cell,
    waiting_cell,
)
from requests_app.admin.saved_views import FIRST, SINCE, VIEWS, on_the_desk, views_for
from requests_app.admin.supervision import linking
from requests_app.models import Request
from requests_app.models.access import readable

SEARCHED_IN = ("reference", "title", "organization__name", "country__name_en", "country__name_fr", "country__name_es")
SEARCHED_WORDS = 8
OWN_PARAMETERS = frozenset({VIEW, "q", "o", "p", "e"})


class RequestAdmin(ModelAdmin):
    """The officers' queue of requests."""

    actions = None
    list_display = ("reference_and_title", "waiting", "by_officer", "in_country", "group", "help", "findings", "last")
    list_display_links = ("reference_and_title",)
    list_select_related = ("organization", "country", "officer", "examination")
    list_per_page = 50
    list_max_show_all = 0
    sortable_by = ("waiting", "in_country", "group", "help")
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    preserve_filters = False
    # Empty, so that Django's autocomplete, which answers with primary keys, stays shut. The queue searches below.
    search_fields = ()

    # Who comes in -------------------------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Officers; a technical administrator without a unit finds no entry in the menu."""
        return standing_of(request.user).is_officer

    def has_view_permission(self, request: HttpRequest, obj: Request | None = None) -> bool:
        """Officers. Which requests, the queryset says."""
        return standing_of(request.user).is_officer

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: a request comes from a constituent."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Request | None = None) -> bool:
        """Nobody edits; see the actions."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Request | None = None) -> bool:
        """Nobody: what was sent stays."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filters on the page: any other would answer guesses at what a row does not show."""
        return request is not None and lookup in self._filter_names(request)

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """None: nothing points into the queue from outside."""
        return False

    # What is listed -----------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Request]:
        """What this officer may know of."""
        return on_the_desk(request.user)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Request | None:
        """By reference, never by primary key."""
        reference = normalize_reference(object_id)
        return self.get_queryset(request).filter(reference=reference).first() if reference else None

    def get_ordering(self, request: HttpRequest) -> Any:
        """The longest waiting first."""
        return [SINCE.asc(nulls_last=True), "pk"]

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Short lists; that of the officers for the Branch only."""
        return filters.BRANCH if standing_of(request.user).is_branch else filters.EVERYBODY

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Queue]:
        """Our own list."""
        return Queue

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Request], search_term: str
    ) -> tuple[QuerySet[Request], bool]:
        """A reference finds what may be known of; words find only in what may be read in full."""
        words = one_line(search_term)[:200].split(" ")[:SEARCHED_WORDS]
        if not words[0]:
            return queryset, False
        if reference := normalize_reference("".join(words)):
            return queryset.filter(reference=reference), False
        queryset = queryset.filter(readable(standing_of(request.user)))
        for word in words:
            found = Q()
            for column in SEARCHED_IN:
                found |= Q(**{f"{column}__icontains": word})
            queryset = queryset.filter(found)
        return queryset, False

    # Pages --------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The queue, the dossier, the actions; nothing else."""
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="requests_request_changelist"),
            path("<reference:reference>/change/", view(partial(dossier, desk=self)), name="requests_request_change"),
            path("<reference:reference>/links/", view(partial(linking, desk=self)), name="requests_request_links"),
            path(
                "<reference:reference>/documents/<uuid:document>/",
                view(partial(document, desk=self)),
                name="requests_request_document",
            ),
            path("<reference:reference>/<slug:action>/", view(partial(act, desk=self)), name="requests_request_act"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The queue of one saved view; without one it leads to the first."""
        if not standing_of(request.user).is_officer:
            return super().changelist_view(request)  # refuses
        view = VIEWS.get(request.GET.get(VIEW, ""))
        if view is None:
            return HttpResponseRedirect(f"{reverse('admin:requests_request_changelist')}?{VIEW}={FIRST.slug}")
        if set(request.GET) - OWN_PARAMETERS - self._filter_names(request):
            raise SuspiciousOperation("a parameter that the queue does not know")
        words = {"title": view.label, "view": view, "views": views_for(standing_of(request.user))}
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def _filter_names(self, request: HttpRequest) -> set[str]:
        return {str(found.parameter_name) for found in self.get_list_filter(request)}

    # Columns ------------------------------------------------------------------------------------------------------

    @display(description=_("request"))
    def reference_and_title(self, row: Request) -> str:
        return title_cell(row)

    @display(description=_("waiting"), ordering="shown_since")
    def waiting(self, row: Request) -> str:
        return waiting_cell(row)

    @display(description=_("officer"))
    def by_officer(self, row: Request) -> str:
        return officer_cell(row)

    @display(description=_("country"), ordering="country__name_en")
    def in_country(self, row: Request) -> str:
        return row.country.name

    @display(description=_("group"), ordering="organization__kind")
    def group(self, row: Request) -> str:
        return group_cell(row)

    @display(description=_("kind of help"), ordering="kind")
    def help(self, row: Request) -> str:
        return kind_cell(row)

    @display(description=_("findings"))
    def findings(self, row: Request) -> str:
        return findings_cell(row)

    @display(description=_("last event"))
    def last(self, row: Request) -> str:
        return last_cell(row)
