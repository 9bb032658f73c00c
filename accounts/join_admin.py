"""Requests to join at the desk: read, and taken step by step; each step is a page, and stays on record."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import joining
from accounts.admin import ActingAdmin, who_asks
from accounts.models import JoinRequest, Organization, User
from accounts.people_forms import Lines
from base.refusals import Refused


class TextForm(forms.Form):
    """The proof of a step, or a letter."""

    text = Lines(label="", max_length=4000, empty=_("Write the text."))


class ChoiceForm(forms.Form):
    """One of the organizations that are here already."""

    organization = forms.ModelChoiceField(label=_("Organization"), queryset=Organization.objects.none())


Take = Callable[[JoinRequest, Any, User], None]
# Step → its words, what is asked for, what is done.
STEPS: dict[str, tuple[Any, Any, Take]] = {
    joining.AGREE: (
        _("Agree for the Bureau"),
        _("What have you seen that shows it? It stays on record."),
        lambda join, text, by: joining.agree(join, text, by=by),
    ),
    joining.VERIFY: (
        _("Verify the organization"),
        _("What have you seen that shows it? It stays on record."),
        lambda join, text, by: joining.verify(join, text, by=by),
    ),
    joining.PASS_ON: (
        _("Give to the administrator of an organization that is here"),
        _("Its administrator says whether the person is one of theirs."),
        lambda join, to, by: joining.pass_on(join, to, by=by),
    ),
    joining.DECLINE: (
        _("Decline"),
        _("Letter to the person, in his language. It says why, and what else can be done."),
        lambda join, text, by: joining.decline(join, text, by=by),
    ),
}


class JoinRequestAdmin(ActingAdmin):
    """For the Branch, the Bureau of the group, and (to read) the account administrator."""

    list_display = ["organization_name", "kind", "country", "name", "confirmed_at", "outcome"]
    list_filter = ["kind", "outcome"]
    list_select_related = ["country"]
    change_form_template = "account/admin/join.html"
    fields = [
        *("organization_name", "kind", "country", "proof", "name", "function", "address", "language"),
        *("confirmed_at", "here_already", "passed_to", "record", "outcome", "decided_at", "letter"),
    ]
    readonly_fields = ["here_already", "record"]

    def called(self, found: JoinRequest) -> str:
        """The organization as it was typed."""
        return found.organization_name

    def get_queryset(self, request: HttpRequest) -> QuerySet[JoinRequest]:
        """The confirmed ones that this person may know."""
        return joining.visible_joins(request.user).order_by("-confirmed_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: they come from the form."""
        return False

    @admin.display(description=_("Organizations of this group and country that are here already"))
    def here_already(self, join: JoinRequest) -> str:
        """Their names, one a line."""
        return format_html_join("", "{}<br>", ((found.name,) for found in joining.known(join))) or "–"

    @admin.display(description=_("History"))
    def record(self, join: JoinRequest) -> str:
        """Each step with its day, its person and its proof."""
        lines = (
            (date_format(localtime(step.at), "DATETIME_FORMAT"), step.get_what_display(), step.by.name, step.proof)
            for step in join.steps.select_related("by")
        )
        return format_html_join("", "<p>{} · {} · {}<br>{}</p>", lines)

    def get_urls(self) -> list[URLPattern]:
        """A page for each step, before the POST-only one of other models."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        step = self.admin_site.admin_view(self.step_view)
        others = [one for one in super().get_urls() if one.name != name]
        return [path("<uuid:pk>/act/<slug:act>/", step, name=name), *others]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """The page with the steps that are this person's, while it is undecided."""
        join = self.get_object(request, object_id)
        own = joining.acts_of(join, who_asks(request)) if join and join.decided_at is None else ()
        steps = [(slug, STEPS[slug][0]) for slug in own]
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "steps": steps})

    def step_view(self, request: HttpRequest, pk: Any, act: str) -> HttpResponse:
        """Asks for the proof, the letter or the organization, and takes the step; 404 for whose step it is not."""
        join = self.get_queryset(request).filter(pk=pk).first()
        if join is None or not self.has_view_permission(request, join):
            raise Http404
        if act not in joining.acts_of(join, who_asks(request)):
            raise Http404
        words, about, take = STEPS[act]
        page = reverse(f"{self.admin_site.name}:accounts_joinrequest_change", args=[pk])
        form = self._form(request, join, act)
        if form.is_valid():
            try:
                take(join, next(iter(form.cleaned_data.values())), who_asks(request))
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                self.log_change(request, join, act)
                self.message_user(request, gettext("Done."), messages.SUCCESS)
                return HttpResponseRedirect(page)
        context = {**self.admin_site.each_context(request), "title": words, "about": about, "form": form}
        return TemplateResponse(request, "account/admin/join_step.html", {**context, "page": page, "join": join})

    @staticmethod
    def _form(request: HttpRequest, join: JoinRequest, act: str) -> forms.Form:
        posted = request.POST if request.method == "POST" else None
        if act != joining.PASS_ON:
            form: forms.Form = TextForm(posted)
            form.fields["text"].label = _("Letter") if act == joining.DECLINE else _("Proof")
            return form
        form = ChoiceForm(posted)
        form.fields["organization"].queryset = joining.known(join)  # type: ignore[attr-defined]
        return form


def register(site: admin.AdminSite) -> None:
    """Puts the requests to join on the desk."""
    site.register(JoinRequest, JoinRequestAdmin)
