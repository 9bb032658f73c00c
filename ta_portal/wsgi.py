"""The door for gunicorn."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from django.utils import translation

from ta_portal import guard

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ta_portal.settings")

application = get_wsgi_application()
guard.refuse_unsafe_production()
# What every worker would load with its first calls is loaded once, so that those forked from here on share it
# (gunicorn --preload): the pages, the texts. The collector leaves it alone, since touching it would copy it.
get_resolver().url_patterns  # noqa: B018
for language, _name in settings.LANGUAGES:
    with translation.override(language):
        translation.gettext("Send")
gc.collect()
gc.freeze()
# Workers forked from here on (gunicorn --preload) must not share a connection: one would read what another asked for.
connections.close_all()
