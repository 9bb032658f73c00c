"""Who files together: a union with a draft, and an employers' organization that it asks to sign."""

import pytest
from django.urls import reverse

from accounts.models import User
from requests_app.models import CoSignature, People, Request
from requests_app.services import cosigning
from tests.factories import a_draft, a_member, a_union

OTHERS = {People: {"may_know": "others"}}


@pytest.fixture
def union(db: None) -> User:
    return a_union()


@pytest.fixture
def employer() -> User:
    return a_member("employers", email="employer@example.org")


@pytest.fixture
def draft(union: User) -> Request:
    return a_draft(by=union, answers=OTHERS)


def page(request: Request) -> str:
    return reverse("requests:co_signers", args=[request.reference])


def signing(request: Request) -> str:
    return reverse("requests:co_sign", args=[request.reference])


def asked(request: Request, union: User, employer: User) -> CoSignature:
    cosigning.invite(request, employer.email, by=union)
    return request.cosignatures.current().get(user=employer)


def signed(request: Request, union: User, employer: User) -> CoSignature:
    row = asked(request, union, employer)
    return cosigning.sign(request, row.uid, by=employer, declared=True)
