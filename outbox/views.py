"""The try-out's mail page."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from outbox.folder import mails_to


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """The signed-in person's own mail; without the try-out's setting the page does not exist."""
    if not settings.SHOW_MAIL_PAGE:
        raise Http404
    return own_mail(request)


@login_required
def own_mail(request: HttpRequest) -> HttpResponse:
    """The mail that was sent to the signed-in person's address, which is the log-in name."""
    return render(request, "outbox/mail.html", {"mails": mails_to(request.user.get_username())})
