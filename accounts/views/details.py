"""One's own details."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import UpdateView

from accounts.forms import DetailsForm
from accounts.models import User
from base.languages import switching


class DetailsView(LoginRequiredMixin, UpdateView):
    """One's own name, function, telephone and language; organizations and places are shown, not changed."""

    form_class = DetailsForm
    template_name = "account/details.html"
    success_url = reverse_lazy("account")

    def get_object(self, queryset: Any = None) -> User:
        """Who asks, never anybody else. Read anew: a form must not change the person the page is shown to."""
        return User.objects.get(pk=cast(User, self.request.user).pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The organizations and units that count today."""
        person = self.object
        places = {
            "memberships": person.memberships.current().select_related("organization__country"),
            "joins": person.joins.all(),
            "posts": person.posts.current().select_related("unit__station"),
        }
        return super().get_context_data(**places, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; asked to switch the language, show what was typed in the other one."""
        code = switching(request)
        if not code:
            return super().post(request, *args, **kwargs)
        self.object = self.get_object()
        typed = {name: request.POST.get(name, "") for name in self.form_class.Meta.fields}
        form = self.form_class(instance=self.object, initial={**typed, "language": code})
        return self.render_to_response(self.get_context_data(form=form))

    def form_valid(self, form: Any) -> HttpResponse:
        """Says that it was saved."""
        messages.success(self.request, _("Saved."))
        return super().form_valid(form)
