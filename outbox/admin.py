"""Parked notices, for those who run the portal: by id, without reference, address or words."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from outbox.delivery import redrive
from outbox.models import Notice, State

SHOWN = ("id", "kind", "state", "attempts", "created_at", "last_error")


class ParkedNoticeAdmin(admin.ModelAdmin):
    """A list of what could not be sent, and one thing to do about it."""

    list_display = SHOWN
    fields = SHOWN
    ordering = ("created_at", "id")
    actions = ("send_again",)
    list_filter = ()
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        """Parked notices only: what is on its way needs nobody."""
        return super().get_queryset(request).filter(state=State.PARKED)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """No filter in the address: it would answer guesses at fields that the list does not show."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Notices are owed by events, never typed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        """No field of a notice is edited; what may be done is an action."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        """What was owed stays on record."""
        return False

    def has_redrive_permission(self, request: HttpRequest) -> bool:
        """Who may let a parked notice try again."""
        return request.user.has_perm("outbox.change_notice")

    @admin.action(description=_("Try to send again"), permissions=["redrive"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Notice]) -> None:
        """Make the chosen notices due."""
        count = redrive(list(queryset.values_list("pk", flat=True)))
        text = ngettext("%(count)d notice will be sent again.", "%(count)d notices will be sent again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


def register(site: admin.AdminSite) -> None:
    """Put this app's pages on the portal's admin site."""
    site.register(Notice, ParkedNoticeAdmin)
