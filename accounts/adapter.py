"""What the log-in library asks us: who may sign up (nobody), where one may be sent, which words are used."""

from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from accounts.models import User


class PortalAccountAdapter(DefaultAccountAdapter):
    """Log-in by e-mail, without open sign-up, and with the same answer for an account that does not exist."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("The e-mail or the password is not right."),
        "email_password_mismatch": _("The e-mail or the password is not right."),
        "invalid_login": _("The e-mail or the password is not right."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link no longer works."),
        "too_many_login_attempts": _("Too many tries. Try again in five minutes."),
        "rate_limited": _("Too many tries. Try again in a minute."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by the Office, and by an organization's administrator."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: these pages answer people only, so that there is one answer to keep alike."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only a path of this site, whatever hosts are known."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Renders and queues a mail in the account's language, whatever the page was in.

        No name of a site is read from the request: its Host is the sender's word.
        """
        known = {"request": self.request, "portal_url": settings.PORTAL_URL, **context}
        with translation.override(getattr(context.get("user"), "language", None) or translation.get_language()):
            self.render_mail(template_prefix, email, known).send()

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """To the address that is stored: what was typed may only look like it."""
        super().send_password_reset_mail(user, user.email, context)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the reset mail, on the portal's own address."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PORTAL_URL + path.replace("UID-KEY", key)

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """There is no username."""


class PortalMfaAdapter(DefaultMFAAdapter):
    """The second step, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Wait for the next one and try again."),
        "cannot_delete_authenticator": _("The second step cannot be turned off."),
        "cannot_generate_recovery_codes": _("Turn on the second step first."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The key as a picture to write into the page itself: no data: address passes the content policy."""
        picture: str = qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
        return picture
