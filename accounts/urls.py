"""Addresses of log-in and of one's own account, under the names by which the log-in library finds them."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView, TemplateView

from accounts.views import address, devices, invitation, join, keys, notices
from accounts.views.details import DetailsView
from accounts.views.taking_along import AskForReset, SignIn

details = DetailsView.as_view()
to_sign_in = RedirectView.as_view(pattern_name="account_login")

urlpatterns = [
    path("", details, name="account"),
    path("join/", join.join, name="account_signup"),
    path("join/sent/", TemplateView.as_view(template_name="account/join_sent.html"), name="account_join_sent"),
    path("join/<str:token>/", join.confirm, name="account_join_confirm"),
    path("invitation/<str:token>/", invitation.invitation, name="account_invitation"),
    path("invitation/<str:token>/again/", invitation.again, name="account_invitation_again"),
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-out/", require_POST(account.logout), name="account_logout"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("reset/", AskForReset.as_view(), name="account_reset_password"),
    path("reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("notices/", notices.page, name="account_notices"),
    path("keys/", keys.page, name="account_keys"),
    path("keys/new/", keys.new, name="account_key_new"),
    path("keys/<uuid:key>/end/", keys.end, name="account_key_end"),
    path("security/", mfa.index, name="mfa_index"),
    path("security/devices/", devices.page, name="account_devices"),
    path("security/devices/others/", devices.end_others, name="account_devices_end_others"),
    path("security/devices/<uuid:uid>/", devices.end, name="account_device_end"),
    path("security/app/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("security/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("security/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("security/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    # The library knows these names; the doors behind them are closed.
    path("e-mail/", address.change, name="account_email"),
    path("e-mail/sent/", to_sign_in, name="account_email_verification_sent"),
    path("e-mail/<str:key>/", address.confirm, name="account_confirm_email"),
    path("sign-in/by-code/", to_sign_in, name="account_confirm_login_code"),
    path("switched-off/", to_sign_in, name="account_inactive"),
]
