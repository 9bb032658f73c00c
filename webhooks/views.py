"""The webhooks of an organization, for its administrators only; for anybody else they do not exist."""

from typing import cast
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organization, User
from accounts.throttle import too_often
from accounts.views.organization import own
from base.refusals import Refused
from webhooks import delivery, endpoints
from webhooks.forms import AddressForm
from webhooks.models import State, WebhookDelivery, WebhookEndpoint

SHOWN = 50  # deliveries on the page of an address


@login_required
@require_safe
def listing(request: HttpRequest, organization: UUID) -> HttpResponse:
    """The addresses of the organization, those that have ended last."""
    found = own(request, organization, administers=True)
    rows = WebhookEndpoint.objects.filter(organization=found)
    active = [row for row in rows if row.is_active]
    context = {
        "organization": found,
        "active": active,
        "ended": [row for row in rows if not row.is_active],
        "more": len(active) < endpoints.MOST,
        "most": endpoints.MOST,
    }
    return render(request, "webhooks/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organization: UUID) -> HttpResponse:
    """Name an address; its secret is on the page that answers, and nowhere else."""
    return _add(request, own(request, organization, administers=True))


@reauthentication_required
def _add(request: HttpRequest, organization: Organization) -> HttpResponse:
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if busy := too_often(request, "webhook"):
            return busy
        typed = form.cleaned_data
        try:
            endpoint, word = endpoints.add(organization, typed["url"], typed["description"], by=_who(request))
        except Refused as refused:
            form.add_error("url", refused.sentence)
        else:
            return _shown(request, organization, endpoint, word)
    return render(request, "webhooks/add.html", {"organization": organization, "form": form})


@login_required
@require_safe
def page(request: HttpRequest, organization: UUID, webhook: UUID) -> HttpResponse:
    """One address: what can be done with it, and what became of the last events."""
    found = own(request, organization, administers=True)
    endpoint = _endpoint(found, webhook)
    rows = _deliveries(endpoint).prefetch_related("tries").order_by("-created_at", "-id")[:SHOWN]
    context = {
        "organization": found,
        "endpoint": endpoint,
        "deliveries": rows,
        "any_parked": _deliveries(endpoint).filter(state=State.PARKED).exists(),
    }
    return render(request, "webhooks/page.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def secret(request: HttpRequest, organization: UUID, webhook: UUID) -> HttpResponse:
    """Another secret, on the page that answers and nowhere else."""
    found = own(request, organization, administers=True)
    return _secret(request, found, _endpoint(found, webhook))


@reauthentication_required
def _secret(request: HttpRequest, organization: Organization, endpoint: WebhookEndpoint) -> HttpResponse:
    if not endpoint.is_active:
        return redirect("organization_webhook", organization.pk, endpoint.pk)
    if request.method == "POST":
        # The page was made for the secret of then: loading the answer anew does not end the one it has shown.
        if request.POST.get("seen") != endpoint.mark:
            return redirect("organization_webhook", organization.pk, endpoint.pk)
        try:
            endpoint, word = endpoints.rotate(endpoint, by=_who(request))
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("organization_webhook", organization.pk, endpoint.pk)
        return _shown(request, organization, endpoint, word)
    return render(request, "webhooks/rotate.html", {"organization": organization, "endpoint": endpoint})


@login_required
@require_POST
def act(request: HttpRequest, organization: UUID, webhook: UUID, act: str) -> HttpResponse:
    """Sends a test event, sends events again, or ends an address."""
    found = own(request, organization, administers=True)
    endpoint = _endpoint(found, webhook)
    acts = {"test": _test, "again": _again, "end": _end}
    if act not in acts:
        raise Http404
    if act == "test" and (busy := too_often(request, "webhook")):
        return busy
    try:
        messages.success(request, acts[act](request, endpoint))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("organization_webhook", found.pk, endpoint.pk)


def _test(request: HttpRequest, endpoint: WebhookEndpoint) -> str:
    endpoints.test(endpoint, by=_who(request))
    return _("A test event is on its way. Load this page again to see what came of it.")


def _end(request: HttpRequest, endpoint: WebhookEndpoint) -> str:
    endpoints.end(endpoint, by=_who(request))
    return _("The address has ended. Nothing more is sent there.")


def _again(request: HttpRequest, endpoint: WebhookEndpoint) -> str:
    """One event, or all that are parked."""
    rows = _deliveries(endpoint)
    if chosen := request.POST.get("delivery"):
        count = delivery.replay(rows.filter(pk=_id(chosen)))
    else:
        count = delivery.replay(rows.filter(state=State.PARKED))
    text = ngettext("%(count)d event will be sent again.", "%(count)d events will be sent again.", count)
    return text % {"count": count}


def _shown(request: HttpRequest, organization: Organization, endpoint: WebhookEndpoint, word: str) -> HttpResponse:
    context = {"organization": organization, "endpoint": endpoint, "secret": word}
    return render(request, "webhooks/secret.html", context)


def _endpoint(organization: Organization, webhook: UUID) -> WebhookEndpoint:
    return get_object_or_404(WebhookEndpoint, pk=webhook, organization=organization)


def _deliveries(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(endpoint=endpoint)


def _id(typed: str) -> UUID:
    """The random id that was posted. Http404 for what is none."""
    try:
        return UUID(typed)
    except ValueError:
        raise Http404 from None


def _who(request: HttpRequest) -> User:
    return cast(User, request.user)
