"""The reference data as technical administrators see and correct it; `register` puts it on a site."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from standards.corrections import give_back, save_correction
from standards.models import Country, Course, Coverage, DataFile, Instrument, Ratification, RatificationList, Station

NAMED_IN = ("en", "fr", "es", "ar", "ru")


class ReferenceAdmin(admin.ModelAdmin):
    """Rows that come from a file. `identity` names a row: it can be given once and never changed.

    Nothing is deleted here: what the files no longer have leaves with the loading.
    """

    identity: tuple[str, ...] = ()
    list_per_page = 50
    actions = ["follow_the_file_again"]
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The names of an existing row, for another name would make another row."""
        return ["corrected_at", *(self.identity if obj else ())]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A correction by hand: loading leaves it alone."""
        save_correction(obj, timezone.now())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    @admin.action(description=_("Follow the file again at the next loading"), permissions=["change"])
    def follow_the_file_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Give up the corrections of the chosen rows."""
        given = give_back(queryset)
        text = ngettext("%(count)d row follows the file again.", "%(count)d rows follow the file again.", given)
        self.message_user(request, text % {"count": given})

    @admin.display(description=_("Corrected by hand"), boolean=True, ordering="corrected_at")
    def is_corrected(self, row: Any) -> bool:
        """Whether a person changed the row."""
        return row.corrected_at is not None


class CountryAdmin(ReferenceAdmin):
    """Member States."""

    identity = ("code",)
    list_display = ["code", "name_en", "name_fr", "name_es", "region", "is_corrected"]
    list_display_links = ["code", "name_en"]
    list_filter = ["region", "least_developed"]
    search_fields = ["=code", "=iso3", "name_en", "name_fr", "name_es"]

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """By the name in the officer's language."""
        language = (get_language() or "en").split("-")[0]
        return (f"name_{language}" if language in NAMED_IN else "name_en",)


class InstrumentAdmin(ReferenceAdmin):
    """Conventions, Protocols and Recommendations."""

    identity = ("code", "kind", "number")
    list_display = ["code", "title_en", "year_adopted", "status", "status_confidence", "category", "is_corrected"]
    list_filter = ["freedom_of_association", "kind", "category", "status", "status_confidence"]
    search_fields = ["=code", "title_en", "title_fr", "title_es"]


class RatificationAdmin(ReferenceAdmin):
    """What is known of each State and instrument; "not known" stays visible as such."""

    identity = ("country", "instrument")
    list_display = ["country", "for_instrument", "status", "date", "year", "confidence", "as_of", "is_corrected"]
    list_filter = ["status", "confidence", ("instrument", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["country"]
    search_fields = ["=id", "=instrument__code", "country__name_en", "country__name_fr", "country__name_es"]

    @admin.display(description=_("Instrument"), ordering="instrument")
    def for_instrument(self, row: Ratification) -> str:
        """Its code, without a look at its row."""
        return row.instrument_id


class RatificationListAdmin(ReferenceAdmin):
    """How complete the list of each instrument is."""

    identity = ("instrument",)
    list_display = ["instrument", "published", "as_of", "state", "absence_means_not_ratified", "is_corrected"]
    list_filter = ["absence_means_not_ratified"]
    list_select_related = ["instrument"]
    search_fields = ["=instrument__code", "instrument__title_en"]


class StationAdmin(ReferenceAdmin):
    """Where the specialists work."""

    identity = ("code",)
    list_display = ["code", "city", "country", "region", "languages", "is_headquarters", "is_corrected"]
    list_filter = ["region"]
    list_select_related = ["country"]
    search_fields = ["=code", "city", "office_name"]


class CoverageAdmin(ReferenceAdmin):
    """Which station serves which State."""

    identity = ("country", "station")
    list_display = ["country", "station", "primary", "confidence", "source_date", "note", "is_corrected"]
    list_filter = ["station", "primary", "confidence"]
    list_select_related = ["country", "station"]
    search_fields = ["=country__code", "country__name_en", "country__name_fr", "country__name_es", "station__city"]


class CourseAdmin(ReferenceAdmin):
    """What the Training Centre in Turin gave, and what is known of it."""

    identity = ("code",)
    list_display = ["code", "title", "starts", "ends", "place", "languages", "mode", "confidence", "is_corrected"]
    list_filter = ["mode", "confidence"]
    search_fields = ["=code", "=course_code", "title"]


class DataFileAdmin(admin.ModelAdmin):
    """What was loaded when; to look at."""

    list_display = ["name", "rows", "version", "loaded_at", "digest"]
    list_display_links = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: loading writes these rows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


PAGES = {
    Country: CountryAdmin,
    Instrument: InstrumentAdmin,
    Ratification: RatificationAdmin,
    RatificationList: RatificationListAdmin,
    Station: StationAdmin,
    Coverage: CoverageAdmin,
    Course: CourseAdmin,
    DataFile: DataFileAdmin,
}


def register(site: admin.AdminSite) -> None:
    """Put the reference data on `site`."""
    for model, page in PAGES.items():
        site.register(model, page)
