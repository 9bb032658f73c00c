from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ta_portal.celery import app as celery_app


class PortalConfig(AppConfig):
    name = "ta_portal"
    label = "ta_portal"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"
    celery = celery_app  # the web process sends tasks by name with this application's settings
