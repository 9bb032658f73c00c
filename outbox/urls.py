"""Addresses of this app."""

from django.urls import path

from outbox import views

urlpatterns = [path("try-out/mail/", views.mail, name="try_out_mail")]
