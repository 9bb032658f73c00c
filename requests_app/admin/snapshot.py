"""The quarterly figures as the Branch sees them: to look at."""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.standing import standing_of
from requests_app.models import Snapshot


class SnapshotAdmin(admin.ModelAdmin):
    """What was told of each quarter. Nobody makes, changes or deletes one: the clock does, once."""

    list_display = ["quarter", "made_at"]
    list_per_page = 50
    fields = ["quarter", "made_at", "as_told"]
    readonly_fields = ["quarter", "made_at", "as_told"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The Branch."""
        return standing_of(request.user).is_branch

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The Branch."""
        return standing_of(request.user).is_branch

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    @admin.display(description=_("Figures"))
    def as_told(self, snapshot: Snapshot) -> str:
        """The stored figures, readable."""
        return format_html("<pre>{}</pre>", json.dumps(snapshot.figures, indent=1, ensure_ascii=False))
