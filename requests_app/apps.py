from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _

from requests_app import append_only


class RequestsConfig(AppConfig):
    name = "requests_app"
    label = "requests"
    verbose_name = _("Requests for assistance")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(protect_the_record, sender=self)
        from requests_app.services.search import follow_name  # noqa: PLC0415 - models are there only now

        post_save.connect(follow_name, sender="accounts.Organization")


def protect_the_record(using: str = "default", **_ignored: Any) -> None:
    """Install the triggers of the record on the database that was migrated."""
    append_only.install(connections[using])
