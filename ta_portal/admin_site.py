"""The officers' desk: Django's admin on our own site, with log-in through the portal."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext_lazy as _

from accounts import admin as accounts_admin
from accounts import join_admin, specialist_admin
from outbox import admin as outbox_admin
from requests_app import admin as requests_admin
from standards import admin as standards_admin
from supervisory import admin as supervisory_admin
from ta_portal import admin_icons
from webhooks import admin as webhooks_admin


class Desk(AdminSite):
    """Only officers and technical administrators enter; what each sees there follows from posts, not from flags."""

    site_header = _("Assistance desk")
    site_title = _("Assistance desk")
    index_title = _("Desk")
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Our own pages first: Django's end with one that takes every address."""
        return [*requests_admin.pages(self), *super().get_urls()]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one log-in: the portal's. Who is signed in and may not enter is led home."""
        if request.user.is_authenticated:
            return HttpResponseRedirect(reverse("home"))
        return redirect_to_login(request.get_full_path(), reverse("account_login"))


admin_icons.use()
site = Desk(name="admin")
for app in (
    requests_admin,
    accounts_admin,
    join_admin,
    specialist_admin,
    standards_admin,
    supervisory_admin,
    outbox_admin,
    webhooks_admin,
):
    app.register(site)
