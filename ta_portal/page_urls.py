"""Addresses of the public pages, below the language. They are the same for everybody but for the frame."""

from django.urls import path
from django.views.generic import TemplateView

from requests_app.kinds import KINDS, NOT_SURE
from requests_app.views.home import home

KINDS_OF_HELP = {"kinds": [kind for kind in KINDS.values() if kind.slug != NOT_SURE]}

urlpatterns = [
    path("", home, name="home"),
    path("before/", TemplateView.as_view(template_name="pages/before.html"), name="before"),
    path("help/", TemplateView.as_view(template_name="pages/help.html", extra_context=KINDS_OF_HELP), name="help"),
    path("privacy/", TemplateView.as_view(template_name="pages/privacy.html"), name="privacy"),
    path("accessibility/", TemplateView.as_view(template_name="pages/accessibility.html"), name="accessibility"),
    path("contact/", TemplateView.as_view(template_name="pages/contact.html"), name="contact"),
]
