"""The officers' door."""

from django.contrib.admin import AdminSite

from requests_app.admin.desk import RequestAdmin
from requests_app.admin.snapshot import SnapshotAdmin
from requests_app.models import Request, Snapshot


def register(site: AdminSite) -> None:
    """Put the requests on the desk."""
    site.register(Request, RequestAdmin)
    site.register(Snapshot, SnapshotAdmin)
