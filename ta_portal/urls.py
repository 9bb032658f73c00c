"""Addresses of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.templatetags.static import static
from django.urls import include, path, register_converter
from django.views.generic import RedirectView

from accounts import languages
from base.converters import ReferenceConverter
from ta_portal import api_page, errors, health, pages
from ta_portal.admin_site import site

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error


register_converter(ReferenceConverter, "reference")


class Favicon(RedirectView):
    """Browsers ask for it at the root, whatever the page says."""

    def get_redirect_url(self, *args: object, **kwargs: object) -> str:
        return static("favicon.svg")


urlpatterns = [
    path("", pages.choose_language, name="choose_language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("favicon.ico", Favicon.as_view(), name="favicon"),
    path("language/", languages.choose, name="set_language"),
    path("admin/", site.urls),
    path("api/problems/<slug:code>/", api_page.problem, name="api_problem"),
    path("api/v1/", include(("ta_portal.api.urls", "api"))),
    path("", include("outbox.urls")),
]

urlpatterns += i18n_patterns(
    path("", include("ta_portal.page_urls")),
    path("", include("ta_portal.public.urls")),
    path("statistics/", include("ta_portal.public.statistics_urls")),
    path("account/", include("accounts.urls")),
    path("organizations/", include("accounts.organization_urls")),
    path("organizations/", include("webhooks.urls")),
    path("requests/", include("requests_app.urls")),
)
