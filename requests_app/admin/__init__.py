"""The officers' door."""

from django.contrib.admin import AdminSite


def register(site: AdminSite) -> None:
    """Put the requests on the desk."""
