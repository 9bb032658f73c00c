"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from ta_portal import guard

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ta_portal.settings")

application = get_wsgi_application()
guard.refuse_unsafe_production()
