from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "requests_app"
    label = "requests"
    verbose_name = _("Requests for assistance")
    default_auto_field = "django.db.models.BigAutoField"
