"""Pages of the desk are headed by what people call the object: the object itself says its random key."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse


class CalledAdmin(admin.ModelAdmin):
    """Its pages name the object as `called` does, in the heading, the title and the way back."""

    change_form_template = "account/admin/change_form.html"

    def called(self, found: Any) -> str:
        """What people call it, of what its page shows anyway."""
        return str(found)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """The page, headed by that name."""
        named = context if obj is None else {**context, "subtitle": self.called(obj)}
        return super().render_change_form(request, named, add, change, form_url, obj)
