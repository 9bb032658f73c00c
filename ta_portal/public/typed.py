"""What readers type into the filter of a list. It is never refused and never reaches the database."""

from django.http import HttpRequest

from base.text import one_line
from standards.models.wording import as_it_sorts

LIMIT = 100  # characters; a longer text names nothing


def typed(request: HttpRequest, name: str) -> str:
    """The words of the address, cleaned and cut."""
    return one_line(request.GET.get(name, "")[:LIMIT])


def names(text: str, *known_as: str) -> bool:
    """Whether `text`, in whatever case and without accents, is part of one of these names."""
    wanted = as_it_sorts(text)
    return any(wanted in as_it_sorts(name) for name in known_as)
