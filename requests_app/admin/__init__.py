"""The officers' door."""

from functools import partial

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from requests_app.admin import gap_pages
from requests_app.admin.desk import RequestAdmin
from requests_app.admin.snapshot import SnapshotAdmin
from requests_app.models import Request, Snapshot


def register(site: AdminSite) -> None:
    """Put the requests on the desk."""
    site.register(Request, RequestAdmin)
    site.register(Snapshot, SnapshotAdmin)


def pages(site: AdminSite) -> list[URLPattern]:
    """Pages of the desk that are no model's own."""
    world, country = (site.admin_view(partial(page, site=site)) for page in (gap_pages.world, gap_pages.country))
    return [
        path("gap-map/", world, name="gap_map"),
        path("gap-map/<slug:country_code>/", country, name="gap_map_country"),
    ]
