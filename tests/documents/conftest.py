"""A folder for the files of each test, and a browser that adds them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from requests_app.models import Document, Request
from tests.documents.files import PDF
from tests.factories import a_union
from tests.filing.conftest import at_the_browser

Add = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    """Where documents lie in this test."""
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    return settings.DOCUMENTS_ROOT


@pytest.fixture
def union(db: None) -> User:
    """Somebody who writes for a workers' organization."""
    return a_union()


@pytest.fixture
def client(union: User) -> Client:
    """The union's browser."""
    return at_the_browser(union)


def page_of(request: Request) -> str:
    """The address of the documents of a request."""
    return reverse("requests:documents", args=[request.reference])


def address_of(document: Document, request: Request | None = None) -> str:
    """The address of one document."""
    return reverse("requests:document", args=[(request or document.request).reference, document.uid])


def add(client: Client, request: Request, name: str = "statute.pdf", content: bytes = PDF) -> HttpResponse:
    """Choose a file on the page and press the button."""
    return client.post(page_of(request), {"file": SimpleUploadedFile(name, content)})


def files(folder: Path) -> list[str]:
    """What lies in the folder."""
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
