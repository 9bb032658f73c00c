"""Addresses of this app, below those of organizations."""

from django.urls import path

from webhooks import views

urlpatterns = [
    path("<uuid:organization>/webhooks/", views.listing, name="organization_webhooks"),
    path("<uuid:organization>/webhooks/add/", views.add, name="organization_webhook_add"),
    path("<uuid:organization>/webhooks/<uuid:webhook>/", views.page, name="organization_webhook"),
    path("<uuid:organization>/webhooks/<uuid:webhook>/secret/", views.secret, name="organization_webhook_secret"),
    path("<uuid:organization>/webhooks/<uuid:webhook>/<slug:act>/", views.act, name="organization_webhook_act"),
]
