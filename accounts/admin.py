"""People, organizations and places at the desk; `register` puts them on a site.

Nothing that gives rights is edited in a form: it is done by an act with its own address, and the act asks the rule.
"""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import joining, organizations, posts
from accounts.called import CalledAdmin
from accounts.models import Membership, Organization, Post, Unit, User
from accounts.standing import standing_of
from base.refusals import Refused

Act = Callable[..., Any]


class ActingAdmin(CalledAdmin):
    """A list and a page to look at, and acts: a button each, a POST each, one rule each."""

    acts: dict[str, tuple[Any, Act]] = {}  # slug → words of the button, service(object, by=user)
    list_per_page = 50
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filters that the list shows: any other would answer guesses at what it does not show."""
        return lookup.removesuffix("__exact").removesuffix("__isnull") in {str(name) for name in self.list_filter}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what ends keeps its row."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits; see the acts."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """One address for each act."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        act = require_POST(self.admin_site.admin_view(self.act_view))
        return [path("<uuid:pk>/act/<slug:act>/", act, name=name), *super().get_urls()]

    def act_view(self, request: HttpRequest, pk: Any, act: str) -> HttpResponse:
        """Does the act, or says why not; 404 for what this person does not see."""
        found = self.get_queryset(request).filter(pk=pk).first()
        if found is None or act not in self.acts or not self.has_view_permission(request, found):
            raise Http404
        try:
            self.acts[act][1](found, by=request.user)
        except Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            self.log_change(request, found, act)
            self.message_user(request, gettext("Done."), messages.SUCCESS)
        base = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        return HttpResponseRedirect(reverse(f"{base}_change", args=[pk]))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """The page with its buttons."""
        acts = [(slug, words) for slug, (words, _service) in self.acts.items()]
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "acts": acts})


class UserAdmin(ActingAdmin):
    """Accounts, for the technical administrator. A new one has no password: it is set with "Forgot the password?"."""

    list_display = ["email", "name", "function", "language", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "function", "telephone", "language", "is_active"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Details and the switch; not the address, which would hand the account to somebody else."""
        return request.user.has_perm("accounts.change_user")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The address of an existing account, and one's own switch."""
        if obj is None:
            return []
        return ["email", "is_active"] if obj.pk == request.user.pk else ["email"]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new account is without password."""
        if not change:
            obj.email = obj.email.lower()
            obj.set_unusable_password()
        obj.save()


class OrganizationAdmin(ActingAdmin):
    """Organizations, for the Branch, the Bureau of the group and the account administrator; verified here."""

    list_display = ["name", "kind", "country", "agreed_at", "verified_at"]
    list_filter = ["kind"]
    list_select_related = ["country"]
    search_fields = ["name"]
    fields = ["name", "kind", "country", "proof", "agreed_at", "agreed_by", "verified_at", "verified_by"]
    readonly_fields = ["agreed_at", "agreed_by", "verified_at", "verified_by"]
    acts = {
        joining.AGREE: (_("Agree for the Bureau"), organizations.agree),
        joining.VERIFY: (_("Verify"), organizations.verify),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        """The organizations this person may know."""
        return organizations.visible_organizations(request.user).order_by("name")

    def act_view(self, request: HttpRequest, pk: Any, act: str) -> HttpResponse:
        """Of an organization that asks to join, this person's step is taken on the page that asks for its proof.

        So there is one way to verify it: with the proof on record, the request decided and the person told.
        """
        join = joining.visible_joins(request.user).filter(organization=pk, decided_at=None).first()
        if join is None or act not in joining.acts_of(join, who_asks(request)):
            return super().act_view(request, pk, act)
        return HttpResponseRedirect(reverse(f"{self.admin_site.name}:accounts_joinrequest_act", args=[join.pk, act]))

    def has_change_permission(self, request: HttpRequest, obj: Organization | None = None) -> bool:
        """The account administrator, until somebody has agreed to it or verified it as it stands."""
        untouched = obj is None or (obj.agreed_at is None and obj.verified_at is None)
        return untouched and request.user.has_perm("accounts.change_organization")


class PersonField(forms.EmailField):
    """A person named by the address of the account: no list of people is shown to choose from."""

    def clean(self, value: Any) -> User:
        """One sentence for an unknown address and for a disabled account."""
        person = User.objects.filter(email__iexact=super().clean(value), is_active=True).first()
        if person is None:
            raise ValidationError(gettext("There is no account of this address that can be chosen."))
        return person


class MembershipForm(forms.ModelForm):
    """The first administrator of an organization that has none."""

    person = PersonField(label=_("E-mail of the person"))

    class Meta:
        model = Membership
        fields = ["organization", "role"]


class MembershipAdmin(ActingAdmin):
    """Members. The account administrator puts in the administrator of an organization that has none."""

    form = MembershipForm
    list_display = ["user", "organization", "role", "since", "until"]
    list_filter = ["role"]
    list_select_related = ["user", "organization"]
    fields = ["organization", "user", "role", "since", "until"]
    acts = {"end": (_("End"), organizations.end_membership)}

    def called(self, found: Membership) -> str:
        """The person, and where."""
        return f"{found.user}, {found.organization}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """Members of the organizations this person may know."""
        seen = organizations.visible_organizations(request.user)
        return super().get_queryset(request).filter(organization__in=seen)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new member is named by address."""
        return self.fields if obj else ["organization", "person", "role"]

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """Through the service; see `add_view` for a refusal."""
        who = form.cleaned_data["person"]
        made = organizations.admit(user=who, organization=obj.organization, role=obj.role, by=who_asks(request))
        obj.pk, obj.user = made.pk, made.user

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A refusal is said on the same page."""
        return said(self, request, super().add_view, form_url, extra_context)


class PostForm(forms.ModelForm):
    """A place in one of one's own units."""

    person = PersonField(label=_("E-mail of the person"))

    class Meta:
        model = Post
        fields = ["unit"]


class PostAdmin(ActingAdmin):
    """Places in units: proposed, confirmed and ended, never edited."""

    form = PostForm
    list_display = ["user", "unit", "since", "until", "granted_by", "confirmed_at", "confirmed_by"]
    list_select_related = ["user", "unit__station", "granted_by", "confirmed_by"]
    fields = ["user", "unit", "since", "until", "ended_by", "granted_by", "confirmed_at", "confirmed_by"]
    acts = {"confirm": (_("Confirm"), posts.confirm), "end": (_("End"), posts.end)}

    def called(self, found: Post) -> str:
        """The person, and where."""
        return f"{found.user}, {found.unit}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        """All for the Branch and the technical administrator; those of their own units for the others."""
        standing, found = standing_of(request.user), super().get_queryset(request)
        if standing.is_branch or request.user.is_superuser:
            return found
        return found.filter(unit__in=standing.unit_ids)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new officer is named by address."""
        return self.fields if obj else ["unit", "person"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only one's own units can be chosen."""
        if db_field.name == "unit":
            own = standing_of(request.user).unit_ids
            kwargs["queryset"] = Unit.objects.filter(pk__in=own).select_related("station")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Post, form: Any, change: bool) -> None:
        """Through the service; see `add_view` for a refusal."""
        made = posts.propose(user=form.cleaned_data["person"], unit=obj.unit, by=who_asks(request))
        obj.pk, obj.user = made.pk, made.user

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A refusal is said on the same page."""
        return said(self, request, super().add_view, form_url, extra_context)


class UnitAdmin(ActingAdmin):
    """Units come from code and from the stations; their address is set here or by UNIT_ADDRESSES."""

    list_display = ["label", "kind", "address"]
    list_filter = ["kind"]
    list_select_related = ["station"]
    fields = ["kind", "station", "address"]
    readonly_fields = ["kind", "station"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: see sync_units."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The technical administrator."""
        return request.user.has_perm("accounts.change_unit")


def who_asks(request: HttpRequest) -> User:
    """The person at the desk; the site let nobody else in."""
    return cast(User, request.user)


def said(page: ActingAdmin, request: HttpRequest, view: Callable[..., HttpResponse], *args: Any) -> HttpResponse:
    """What `view` answers; when the service refuses, its sentence and the empty form again."""
    try:
        return view(request, *args)
    except Refused as refused:
        page.message_user(request, str(refused), messages.ERROR)
        return HttpResponseRedirect(request.path)


PAGES: dict[type, type[ActingAdmin]] = {
    User: UserAdmin,
    Organization: OrganizationAdmin,
    Membership: MembershipAdmin,
    Unit: UnitAdmin,
    Post: PostAdmin,
}


def register(site: admin.AdminSite) -> None:
    """Puts this app's pages on the portal's admin site."""
    for model, page in PAGES.items():
        site.register(model, page)
