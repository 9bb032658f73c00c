from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisoryConfig(AppConfig):
    name = "supervisory"
    label = "supervisory"
    verbose_name = _("Supervisory record")
    default_auto_field = "django.db.models.BigAutoField"
