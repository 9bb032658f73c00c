"""Items, referrals and published figures as officers see them and technical administrators correct them."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from supervisory.corrections import give_back, save_correction
from supervisory.models import ItemChange, ItemInstrument, Referral, SupervisoryItem
from supervisory.models.words import Body

COUNTRY_NAMES = ("country__name_en", "country__name_fr", "country__name_es")


class ListedFiltersOnly(admin.ModelAdmin):
    """A list with a fixed set of filters, a fixed number of queries and no way to delete."""

    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filters that the list shows."""
        return lookup.removesuffix("__exact").removesuffix("__isnull") in {str(name) for name in self.list_filter}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what a body has said stays on record."""
        return False


class InstrumentInline(admin.TabularInline):
    """The instruments of an item."""

    model = ItemInstrument
    extra = 0
    autocomplete_fields = ["instrument"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ItemInstrument]:
        """With the titles, at once."""
        return super().get_queryset(request).select_related("instrument")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may correct the item: an instrument named by mistake goes."""
        return self.has_change_permission(request, obj)


class ReferralInline(admin.TabularInline):
    """What an item says of assistance."""

    model = Referral
    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may correct the item: "mentioned" goes once a person has read how."""
        return self.has_change_permission(request, obj)


class ChangeInline(admin.TabularInline):
    """What imports changed; to look at."""

    model = ItemChange
    extra = 0
    max_num = 0
    can_delete = False
    fields = readonly_fields = ("run", "field", "before", "after")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ItemChange]:
        """With the imports, at once."""
        return super().get_queryset(request).select_related("run").defer("run__content", "run__outcome")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: imports write these rows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


class ItemList(ChangeList):
    """The list of items."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet:
        """With instruments and referrals, in two queries for the whole page."""
        return super().get_queryset(*args, **kwargs).prefetch_related("links", "referrals")


class SupervisoryItemAdmin(ListedFiltersOnly):
    """What the supervisory bodies said."""

    list_display = [
        "key",
        "body",
        "country",
        "year",
        "for_instruments",
        "progress",
        "of_assistance",
        "status",
        "confidence",
        "is_corrected",
    ]
    list_filter = ["body", "satisfaction", "interest", "status", "about", "extent", "confidence"]
    list_select_related = ["country"]
    search_fields = ["=key", "=number", "=year", "=country__code", *COUNTRY_NAMES]
    search_help_text = _("Number, year, or country")
    actions = ["follow_the_files_again"]
    inlines = [InstrumentInline, ReferralInline, ChangeInline]
    readonly_fields = ["year", "public_text", "corrected_at"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list with what its columns show."""
        return ItemList

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The number of an existing item, for another number is another item."""
        return ["year", "public_text", "corrected_at", *(["number"] if obj else [])]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A correction by hand: imports leave it alone."""
        save_correction(obj, timezone.now())

    @admin.action(description=_("Let imports change these again"), permissions=["change"])
    def follow_the_files_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Give up the corrections of the chosen items."""
        given = give_back(queryset)
        text = ngettext("Imports may change %(count)d item again.", "Imports may change %(count)d items again.", given)
        self.message_user(request, text % {"count": given})

    @admin.display(description=_("Instruments"))
    def for_instruments(self, item: SupervisoryItem) -> str:
        """Their codes."""
        return " ".join(link.instrument_id for link in item.links.all()) or "–"

    @admin.display(description=_("Progress"))
    def progress(self, item: SupervisoryItem) -> str:
        """What was noted; and, where only a part was read, that there may be more."""
        noted = [
            word
            for seen, word in ((item.satisfaction, _now("satisfaction")), (item.interest, _now("interest")))
            if seen
        ]
        return ", ".join(noted) or (_now("none") if item.flags_are_final else _now("not in the part read"))

    @admin.display(description=_("Assistance"))
    def of_assistance(self, item: SupervisoryItem) -> str:
        """How assistance is spoken of."""
        said = " · ".join(str(referral) for referral in item.referrals.all())
        return said or (_now("none") if item.flags_are_final else _now("not in the part read"))

    @admin.display(description=_("Public text"))
    def public_text(self, item: SupervisoryItem) -> str:
        """A link, where the numbers lead somewhere."""
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', item.url) if item.url else "–"

    @admin.display(description=_("Corrected by hand"), boolean=True, ordering="corrected_at")
    def is_corrected(self, item: SupervisoryItem) -> bool:
        """Whether a person changed the item."""
        return item.corrected_at is not None


class ReferralAdmin(ListedFiltersOnly):
    """Every way in which assistance is spoken of; changed at the item."""

    list_display = ["for_item", "body", "country", "year", "topic", "way", "mission"]
    list_filter = ["topic", "way", "mission", "item__body"]
    list_select_related = ["item", "item__country"]
    search_fields = ["=item__key", "=item__number", *(f"item__{name}" for name in COUNTRY_NAMES)]
    ordering = ["-item__year", "item"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """At the item."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """At the item."""
        return False

    @admin.display(description=_("Item"), ordering="item")
    def for_item(self, referral: Referral) -> str:
        """Its key."""
        return referral.item_id

    @admin.display(description=_("Body"), ordering="item__body")
    def body(self, referral: Referral) -> str:
        """Who said it."""
        return str(Body(referral.item.body).label)

    @admin.display(description=_("Country"), ordering="item__country")
    def country(self, referral: Referral) -> str:
        """To whom."""
        return str(referral.item.country)

    @admin.display(description=_("Year"), ordering="item__year")
    def year(self, referral: Referral) -> int | None:
        """When."""
        return referral.item.year


class StatisticAdmin(ListedFiltersOnly):
    """Published figures; to look at. The file is where they change."""

    list_display = ["measure", "count", "unit", "body", "population", "period_start", "period_end", "place", "note"]
    list_filter = ["body", "population", "document", "relates_to", "inconsistent"]
    search_fields = ["measure", "note"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: loading writes these rows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    @admin.display(description=_("Source"), ordering="document")
    def place(self, figure: Any) -> str:
        """Document and paragraph."""
        if figure.paragraph is None:
            return figure.document
        return _now("%(document)s, paragraph %(number)d") % {"document": figure.document, "number": figure.paragraph}
