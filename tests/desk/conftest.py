"""Somebody at the desk."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app.models import Request
from tests.factories import an_officer

QUEUE = "admin:requests_request_changelist"


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


@pytest.fixture
def at_desk() -> Callable[..., Client]:
    """A browser in which this officer is signed in."""

    def sign_in(who: User | str = "branch") -> Client:
        client = Client()
        client.force_login(an_officer(who) if isinstance(who, str) else who)
        return client

    return sign_in


def queue(client: Client, view: str = "all", **query: str):
    """The queue of a saved view."""
    return client.get(reverse(QUEUE), {"view": view, **query})


def dossier(client: Client, request: Request, **query: str):
    """The dossier of a request."""
    return client.get(reverse("admin:requests_request_change", args=[request.reference]), query)


def act_address(request: Request, action: str) -> str:
    """The address of an action."""
    return reverse("admin:requests_request_act", args=[request.reference, action])


def references(answer) -> list[str]:
    """The references that a page of the queue lists, in order."""
    return [row.reference for row in answer.context["cl"].result_list]
