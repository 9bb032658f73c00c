"""The queue's filters: short lists that are the same for everybody. No list of requesters, no count beside a choice."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post, Unit
from requests_app import states
from requests_app.kinds import KINDS
from standards.models import Region


class Choice(SimpleListFilter):
    """One of a short list, compared with one column. An unknown value chooses nothing."""

    column: str

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that hold the chosen value."""
        known = {str(code) for code, _label in self.lookup_choices}
        return queryset.filter(**{self.column: self.value()}) if self.value() in known else queryset


class KindFilter(Choice):
    title = _("kind of help")
    parameter_name = "kind"
    column = "kind"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable[tuple[str, Any]]:
        """The five kinds and "not sure"."""
        return [(kind.slug, kind.label) for kind in KINDS.values()]


class GroupFilter(Choice):
    title = _("group")
    parameter_name = "group"
    column = "organization__kind"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable[tuple[str, Any]]:
        """Governments, employers, workers."""
        return list(Organization.Kind.choices)


class RegionFilter(Choice):
    title = _("region")
    parameter_name = "region"
    column = "country__region"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable[tuple[str, Any]]:
        """The five regions."""
        return list(Region.choices)


class StatusFilter(Choice):
    title = _("status")
    parameter_name = "status"
    column = "status"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable[tuple[str, Any]]:
        """Every status that a sent request can have."""
        return [(status.slug, status.desk) for status in states.STATUSES.values() if status.slug != states.DRAFT]


class OfficerFilter(Choice):
    title = _("officer")
    parameter_name = "officer"
    column = "officer"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable[tuple[str, Any]]:
        """The officers of the Branch."""
        posts = Post.objects.counting().filter(unit__kind=Unit.Kind.BRANCH).select_related("user")
        return [(str(post.user_id), post.user.name) for post in posts.order_by("user__name")]


EVERYBODY = (KindFilter, GroupFilter, RegionFilter, StatusFilter)
BRANCH = (*EVERYBODY, OfficerFilter)
