"""Addresses of organizations, by their random ids."""

from django.urls import path

from accounts.views import organization

urlpatterns = [
    path("<uuid:organization>/", organization.page, name="organization"),
    path("<uuid:organization>/invite/", organization.invite, name="organization_invite"),
    path(
        "<uuid:organization>/invitations/<uuid:invitation>/<slug:act>/",
        organization.invitation_act,
        name="organization_invitation",
    ),
    path("<uuid:organization>/joins/<uuid:join>/", organization.join, name="organization_join"),
    path("<uuid:organization>/members/<uuid:membership>/", organization.member, name="organization_member"),
]
