"""Imports at the desk: upload a file, read what it would change, apply it or drop it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from base.uploads import takes_a_file
from supervisory.admin.record import ListedFiltersOnly
from supervisory.models import ImportRun
from supervisory.uploads import apply_upload, drop_upload, try_upload, upload_limit

MODES = [
    ("all", _("Take all rows or none")),
    ("rows", _("Leave refused rows out and take the others")),
]


class UploadForm(forms.Form):
    """A file, and what to do about rows that are refused."""

    file = forms.FileField(label=_("File"), help_text=_("CSV of cases or of comments, UTF-8"))
    mode = forms.ChoiceField(label=_("When a row is refused"), choices=MODES, initial="all", widget=forms.RadioSelect)

    def clean_file(self) -> UploadedFile:
        """A file that is not too large for a page. Raises ValidationError."""
        file = self.cleaned_data["file"]
        if file.size > upload_limit():
            text = _now("The file has %(size)s, this page takes %(limit)s. Cut it, or use the command on the server.")
            sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(upload_limit())}
            raise ValidationError(text % sizes)
        return file


class ImportRunAdmin(ListedFiltersOnly):
    """What was imported when, and the page to import more."""

    list_display = [
        "file",
        "shape",
        "at",
        "by",
        "state",
        "added_rows",
        "changed_rows",
        "unchanged_rows",
        "kept_rows",
        "refused_rows",
    ]
    list_filter = ["state", "shape"]
    list_select_related = ["by"]
    search_fields = ["file"]
    date_hierarchy = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        """Without the files themselves."""
        return super().get_queryset(request).defer("content")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits; a waiting upload is applied or dropped."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The two things that can be done with a waiting upload, each at an address of its own."""
        acts = [
            path("<uuid:key>/apply/", self.admin_site.admin_view(self.apply), name="supervisory_importrun_apply"),
            path("<uuid:key>/drop/", self.admin_site.admin_view(self.drop), name="supervisory_importrun_drop"),
        ]
        return [*acts, *super().get_urls()]

    @takes_a_file
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Upload a file and try it. Raises PermissionDenied."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            all_or_nothing = form.cleaned_data["mode"] == "all"
            run = try_upload(file.name, file.read(), all_or_nothing=all_or_nothing, by=request.user, now=timezone.now())
            return self.to(run.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import a file"),
            "form": form,
            "opts": self.opts,
        }
        return render(request, "admin/supervisory/upload.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What an import did, or would do."""
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": run.file,
            "opts": self.opts,
            "run": run,
            "may_decide": run.state == "waiting" and self.has_add_permission(request),
            "may_upload": self.has_add_permission(request),
        }
        return render(request, "admin/supervisory/run.html", context)

    def apply(self, request: HttpRequest, key: Any) -> HttpResponse:
        """Apply a waiting upload."""
        if refusal := self.refused(request):
            return refusal
        try:
            report = apply_upload(key, by=request.user, now=timezone.now())
        except ImportRun.DoesNotExist as error:
            raise Http404 from error
        if report is None:
            self.message_user(request, _("This was decided already."), messages.WARNING)
        elif not report.written:
            self.message_user(request, _("Nothing was changed: the record is not as it was tried."), messages.WARNING)
        else:
            self.message_user(request, _("The file was applied."), messages.SUCCESS)
        return self.to(key)

    def drop(self, request: HttpRequest, key: Any) -> HttpResponse:
        """Drop a waiting upload."""
        if refusal := self.refused(request):
            return refusal
        if drop_upload(key):
            self.message_user(request, _("The file was dropped; nothing was changed."), messages.SUCCESS)
        return self.to(key)

    def refused(self, request: HttpRequest) -> HttpResponse | None:
        """Why nothing is done: another method. Raises PermissionDenied."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return None if request.method == "POST" else HttpResponseNotAllowed(["POST"])

    def to(self, key: Any) -> HttpResponseRedirect:
        """Lead to the page of an import."""
        name = f"{self.admin_site.name}:supervisory_importrun_change"
        return HttpResponseRedirect(reverse(name, args=[key]))
