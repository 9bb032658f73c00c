"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from ta_portal import guard

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ta_portal.settings")

application = get_wsgi_application()
guard.refuse_unsafe_production()
# Workers forked from here on (gunicorn --preload) must not share a connection: one would read what another asked for.
connections.close_all()
