"""Addresses of the public pages, below the language. They are the same for everybody but for the frame."""

from django.urls import path
from django.views.generic import TemplateView

from requests_app.kinds import KINDS
from requests_app.views.home import home
from ta_portal import api_page, help_pages

ALL_KINDS = {"kinds": list(KINDS.values())}

urlpatterns = [
    path("", home, name="home"),
    path("before/", TemplateView.as_view(template_name="pages/before.html", extra_context=ALL_KINDS), name="before"),
    path("help/", help_pages.index, name="help"),
    path("help/<slug:topic>/", help_pages.topic, name="help_topic"),
    path("sitemap/", help_pages.sitemap, name="sitemap"),
    path("privacy/", TemplateView.as_view(template_name="pages/privacy.html"), name="privacy"),
    path("accessibility/", TemplateView.as_view(template_name="pages/accessibility.html"), name="accessibility"),
    path("api/", api_page.page, name="api_page"),
    path("contact/", TemplateView.as_view(template_name="pages/contact.html"), name="contact"),
]
