"""Profiles of specialists at the desk, for the Branch and the technical administrator. A profile gives no rights."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin import PersonField
from accounts.called import CalledAdmin
from accounts.models import Duty, Post, Specialist, Unit, User
from accounts.standing import standing_of

UNIT_KINDS = (Unit.Kind.BRANCH, Unit.Kind.STATION)  # headquarters, and the stations


class SpecialistForm(forms.ModelForm):
    """A profile; a new one names the person by the address of the account."""

    person = PersonField(label=_("E-mail of the person"))
    duties = forms.MultipleChoiceField(
        label=_("Duties"), choices=Duty.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Specialist
        fields = ["unit", "kind", "duties", "languages", "busy_at", "full_at", "absent_until"]

    def clean(self) -> dict[str, Any]:
        """One profile a person, in a unit in which the person has a place that counts."""
        given = super().clean() or {}
        person, unit = given.get("person"), given.get("unit")
        if person is None:
            person = getattr(self.instance, "user", None)
        if not self.instance.user_id and isinstance(person, User):
            if Specialist.objects.filter(user=person).exists():
                raise ValidationError(gettext("This person has a profile already."))
            self.instance.user = person
        if person and unit and not Post.objects.counting().filter(user=person, unit=unit).exists():
            raise ValidationError(gettext("This person has no place in this unit."))
        return given


class SpecialistAdmin(CalledAdmin):
    """The profiles. Absence is for Branch officers only: the technical administrator finds no such field."""

    form = SpecialistForm
    list_display = ["user", "unit", "kind", "languages"]
    list_filter = ["kind"]
    list_select_related = ["user", "unit__station"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filter of the list: any other would answer guesses about absence."""
        return lookup.removesuffix("__exact") == "kind"

    def called(self, found: Specialist) -> str:
        """The person, and where."""
        return f"{found.user}, {found.unit}"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a profile stops counting with the post."""
        return False

    def get_fields(self, request: HttpRequest, obj: Specialist | None = None) -> Any:
        """The person first, who cannot be changed once named."""
        fields = ["user" if obj else "person", "unit", "kind", "duties", "languages", "busy_at", "full_at"]
        return [*fields, "absent_until"] if standing_of(request.user).is_branch else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Specialist | None = None) -> list[str]:
        """The person of an existing profile."""
        return ["user"] if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A new profile asks for the person."""
        form = super().get_form(request, obj, change, **kwargs)
        if obj:
            form.base_fields.pop("person", None)
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Stations and the Branch."""
        if db_field.name == "unit":
            kwargs["queryset"] = Unit.objects.filter(kind__in=UNIT_KINDS).select_related("station")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Who and when, not which field: the history would tell of absence."""
        return [{"added": {}}] if add else []


def register(site: admin.AdminSite) -> None:
    """Puts the profiles on the desk."""
    site.register(Specialist, SpecialistAdmin)
