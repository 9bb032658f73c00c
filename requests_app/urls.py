"""Addresses of the constituents' pages, below /<language>/requests/."""

from django.urls import path

from requests_app.models.sections.registry import BY_SLUG
from requests_app.views import answer, check, detail, draft, letters, listing, section, withdraw

app_name = "requests"

urlpatterns = [
    path("", listing.requests, name="list"),
    path("new/", draft.new, name="new"),
    path("<reference:reference>/", detail.detail, name="detail"),
    path("<reference:reference>/check/", check.check, name="check"),
    path("<reference:reference>/preview/", detail.preview, name="preview"),
    path("<reference:reference>/answers/", detail.answers, name="answers"),
    path("<reference:reference>/answer/<uuid:letter>/", answer.answer, name="answer"),
    path("<reference:reference>/letters/", letters.letters, name="letters"),
    path("<reference:reference>/withdraw/", withdraw.withdraw, name="withdraw"),
    path("<reference:reference>/delete/", draft.delete, name="delete"),
    path("<reference:reference>/show-to-office/", draft.show_to_office, name="show_to_office"),
    path("<reference:reference>/<slug:slug>/", section.section, name="section"),
]

# A section's address is its slug: none may be a word that leads elsewhere.
RESERVED = {str(pattern.pattern).rstrip("/").rsplit("/", 1)[-1] for pattern in urlpatterns}
if clash := RESERVED & {*BY_SLUG, "request"}:
    raise ValueError(f"section slugs are addresses already: {sorted(clash)}")
