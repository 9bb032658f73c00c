"""Parked webhooks, for those who run the portal: by id, without reference, organization or address."""

from django.contrib import admin, messages
from django.db.models import Min, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from webhooks.delivery import replay, replay_parked_since
from webhooks.models import State, WebhookDelivery

SHOWN = ("id", "type", "state", "attempts", "created_at", "last_status", "last_error")


class ParkedWebhookAdmin(admin.ModelAdmin):
    """A list of what no receiver took, and one thing to do about it: for some, or for all since a day."""

    list_display = SHOWN
    fields = SHOWN
    ordering = ("created_at", "id")
    actions = ("send_again", "send_again_since")
    list_filter = ()
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookDelivery]:
        """Parked ones only: what is on its way needs nobody, and would tell how much happens."""
        return super().get_queryset(request).filter(state=State.PARKED)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """No filter in the address: it would answer guesses at fields that the list does not show."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Webhooks are owed by events, never typed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: WebhookDelivery | None = None) -> bool:
        """No field is edited; what may be done is an action."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: WebhookDelivery | None = None) -> bool:
        """What was owed stays on record."""
        return False

    def has_replay_permission(self, request: HttpRequest) -> bool:
        """Who may let a parked webhook try again."""
        return request.user.has_perm("webhooks.change_webhookdelivery")

    @admin.action(description=_("Try to send again"), permissions=["replay"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]) -> None:
        """Let the chosen ones start anew."""
        self._say(request, replay(WebhookDelivery.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)))))

    @admin.action(description=_("Try to send again all since the oldest chosen"), permissions=["replay"])
    def send_again_since(self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]) -> None:
        """Let every parked one start anew that happened since the oldest of the chosen."""
        oldest = queryset.aggregate(oldest=Min("at"))["oldest"]
        self._say(request, replay_parked_since(oldest, WebhookDelivery.objects.all()) if oldest else 0)

    def _say(self, request: HttpRequest, count: int) -> None:
        text = ngettext("%(count)d event will be sent again.", "%(count)d events will be sent again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


def register(site: admin.AdminSite) -> None:
    """Put this app's page on the portal's admin site."""
    site.register(WebhookDelivery, ParkedWebhookAdmin)
