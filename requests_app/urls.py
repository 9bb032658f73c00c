"""Addresses of the constituents' pages, below /<language>/requests/."""

from django.urls import path

from requests_app.models.sections.registry import BY_SLUG
from requests_app.views import (
    again,
    answer,
    autosave,
    check,
    co_sign,
    co_signers,
    copy,
    detail,
    documents,
    draft,
    letters,
    listing,
    publication,
    questions,
    result,
    section,
    share,
    withdraw,
)

app_name = "requests"

urlpatterns = [
    path("", listing.requests, name="list"),
    path("new/", draft.new, name="new"),
    path("result/<str:token>/", result.result_by_link, name="result_by_link"),
    path("all-questions/<slug:kind>/", questions.all_questions, name="all_questions"),
    path("all-questions/<slug:kind>/text/", questions.all_questions_text, name="all_questions_text"),
    path("<reference:reference>/", detail.detail, name="detail"),
    path("<reference:reference>/check/", check.check, name="check"),
    path("<reference:reference>/preview/", detail.preview, name="preview"),
    path("<reference:reference>/answers/", detail.answers, name="answers"),
    path("<reference:reference>/answer/<uuid:letter>/", answer.answer, name="answer"),
    path("<reference:reference>/letters/", letters.letters, name="letters"),
    path("<reference:reference>/documents/", documents.documents, name="documents"),
    path("<reference:reference>/documents/<uuid:document>/", documents.document, name="document"),
    path("<reference:reference>/publishing/", publication.publishing, name="publishing"),
    path("<reference:reference>/withdraw/", withdraw.withdraw, name="withdraw"),
    path("<reference:reference>/delete/", draft.delete, name="delete"),
    path("<reference:reference>/show-to-office/", draft.show_to_office, name="show_to_office"),
    path("<reference:reference>/share/", share.share, name="share"),
    path("<reference:reference>/co-signers/", co_signers.co_signers, name="co_signers"),
    path("<reference:reference>/co-sign/", co_sign.co_sign, name="co_sign"),
    path("<reference:reference>/co-sign/<uuid:document>/", co_sign.co_document, name="co_document"),
    path("<reference:reference>/take-over/", share.take_over, name="take_over"),
    path("<reference:reference>/copy.html", copy.copy_html, name="copy_html"),
    path("<reference:reference>/copy.pdf", copy.copy_pdf, name="copy_pdf"),
    path("<reference:reference>/sent.html", copy.sent_html, name="sent_html"),
    path("<reference:reference>/start-again/", again.start_again, name="start_again"),
    path("<reference:reference>/<slug:slug>/autosave/", autosave.autosave, name="autosave"),
    path("<reference:reference>/result/", result.result, name="result"),
    path("<reference:reference>/as-requester/", detail.as_requester, name="as_requester"),
    path("<reference:reference>/<slug:slug>/", section.section, name="section"),
]

# A section's address is its slug: none may be a word that leads elsewhere.
RESERVED = {str(pattern.pattern).rstrip("/").rsplit("/", 1)[-1] for pattern in urlpatterns}
if clash := RESERVED & {*BY_SLUG, "request"}:
    raise ValueError(f"section slugs are addresses already: {sorted(clash)}")
