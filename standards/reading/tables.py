"""The files: their columns, how each is read, and what it is called in the database."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from standards.reading import row_checks
from standards.reading.cells import (
    Reader,
    date_or_part,
    day,
    degrees,
    no,
    one_of,
    or_empty,
    or_none,
    shaped,
    text,
    whole,
    year,
    yes,
)

COUNTRIES, INSTRUMENTS, STATIONS = "countries.csv", "instruments.csv", "duty_stations.csv"
COVERAGE, LISTS, RATIFICATIONS = "coverage.csv", "ratification_completeness.csv", "ratifications.csv"
COURSES = "turin_courses.csv"

country_code = shaped(r"[A-Z]{2}", "a country code of two capital letters")
instrument_code = shaped(r"[CPR][0-9]{3}", "an instrument code like C087")
station_code = shaped(r"[A-Z]{2,3}", "a station code of two or three capital letters")
region = one_of("Africa", "Americas", "Arab States", "Asia and the Pacific", "Europe and Central Asia")
trust = one_of("high", "medium", "low")
basis = text(20)
count = whole(0, 999)


@dataclass(frozen=True)
class Column:
    """A column: the field it fills and how it is read. A column that is not `stored` is only checked."""

    field: str
    read: Reader
    stored: bool = True


@dataclass(frozen=True)
class Table:
    """A file. `key` names a row; `unique` fields must not repeat, `unique_where` not among rows with a flag.

    `refers` says for a field which file must have its value; `check` gives what is wrong within one row.
    """

    file: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    refers: Mapping[str, str] = field(default_factory=dict)
    unique: tuple[str, ...] = ()
    unique_where: Mapping[str, str] = field(default_factory=dict)
    check: Callable[[Mapping], Iterator[str]] = row_checks.nothing

    @property
    def stored(self) -> list[str]:
        """The fields that the database keeps."""
        return [column.field for column in self.columns.values() if column.stored]


COUNTRY_COLUMNS = {
    "iso2": Column("code", country_code),
    "iso3": Column("iso3", shaped(r"[A-Z]{3}", "a country code of three capital letters")),
    "name_en": Column("name_en", text(100)),
    "name_fr": Column("name_fr", text(100)),
    "name_es": Column("name_es", text(100)),
    "name_ar": Column("name_ar", text(100)),
    "name_ru": Column("name_ru", text(100)),
    "ilo_region": Column("region", region),
    "ilo_subregion_broad": Column("subregion_broad", text(50)),
    "ilo_subregion": Column("subregion", text(50)),
    "ilo_member_since_year": Column("member_since_year", year),
    "ilo_member_since_date": Column("member_since", or_none(day)),
    "member_since_basis": Column("member_since_basis", basis),
    "ldc": Column("least_developed", yes),
    "latitude": Column("latitude", degrees(90)),
    "longitude": Column("longitude", degrees(180)),
    "un_m49": Column("m49", shaped(r"[0-9]{3}", "a UN number of three digits")),
}
INSTRUMENT_STATUSES = (
    "up_to_date",
    "interim",
    "request_for_information",
    "to_be_revised",
    "outdated",
    "abrogated",
    "withdrawn",
    "replaced",
)
INSTRUMENT_COLUMNS = {
    "code": Column("code", instrument_code),
    "type": Column("kind", one_of("convention", "protocol", "recommendation")),
    "number": Column("number", whole(1, 999)),
    "title_en": Column("title_en", text(200)),
    "title_fr": Column("title_fr", or_empty(text(200))),
    "title_es": Column("title_es", or_empty(text(200))),
    "year_adopted": Column("year_adopted", year),
    "adoption_date": Column("adopted_on", or_none(day)),
    "ilc_session": Column("session", whole(1, 999)),
    "entry_into_force": Column("in_force_on", or_none(day)),
    "never_entered_into_force": Column("never_in_force", or_none(yes)),
    "status": Column("status", or_empty(one_of(*INSTRUMENT_STATUSES))),
    "status_since": Column("status_since", or_empty(date_or_part)),
    "status_confidence": Column("status_confidence", or_empty(trust)),
    "category": Column("category", or_empty(one_of("fundamental", "governance", "technical"))),
    "subject": Column("subject", text(100)),
    "freedom_of_association_related": Column("freedom_of_association", yes),
    "normlex_instrument_id": Column("normlex_id", or_empty(shaped(r"[0-9]{1,10}", "a NORMLEX number"))),
    "normlex_id_basis": Column("normlex_id_basis", or_empty(basis)),
    "title_fr_basis": Column("title_fr_basis", or_empty(basis)),
    "title_es_basis": Column("title_es_basis", or_empty(basis)),
    "adoption_date_basis": Column("adopted_on_basis", or_empty(basis)),
    "entry_into_force_basis": Column("in_force_on_basis", or_empty(basis)),
}
STATION_REGIONS = (
    "Africa",
    "Americas",
    "Caribbean",
    "Arab States",
    "East Asia",
    "South Asia",
    "Eastern Europe and Central Asia",
)
STATION_COLUMNS = {
    "code": Column("code", station_code),
    "city": Column("city", text(100)),
    "country_iso2": Column("country_id", country_code),
    "seed_region": Column("region", or_empty(one_of(*STATION_REGIONS))),
    "ilo_region": Column("ilo_region", or_empty(region)),
    "timezone": Column("timezone", shaped(r"(?=.{3,50}$)[A-Za-z]+(/[A-Za-z_]+)+", "a time zone like Africa/Douala")),
    "latitude": Column("latitude", degrees(90)),
    "longitude": Column("longitude", degrees(180)),
    "office_name": Column("office_name", text(100)),
    "working_languages": Column("languages", shaped(r"[a-z]{2}( [a-z]{2}){0,9}", "a list of language codes")),
    "is_seed_station": Column("is_headquarters", no),
    "listed_in_seed": Column("listed_in", or_empty(text(100))),
}
COVERAGE_COLUMNS = {
    "country_iso2": Column("country_id", country_code),
    "station_code": Column("station_id", station_code),
    "primary": Column("primary", yes),
    "confidence": Column("confidence", trust),
    "source": Column("source", text(500)),
    "source_date": Column("source_date", or_empty(text(20))),
    "note": Column("note", or_empty(text(500))),
}
LIST_COLUMNS = {
    "instrument_code": Column("instrument_id", instrument_code),
    "published_ratifications": Column("published", or_none(count)),
    "published_total_source": Column("source", or_empty(text(500))),
    "published_total_as_of": Column("as_of", or_empty(date_or_part)),
    "rows_ratified": Column("ratified", count, stored=False),
    "rows_not_ratified": Column("not_ratified", count, stored=False),
    "rows_unknown": Column("unknown", count, stored=False),
    "rows_with_date": Column("dated", count, stored=False),
    "list_state": Column("state", text(500)),
    "absence_means_not_ratified": Column("absence_means_not_ratified", yes),
}
RATIFICATION_COLUMNS = {
    "country_iso2": Column("country_id", country_code),
    "instrument_code": Column("instrument_id", instrument_code),
    "status": Column("status", one_of("in_force", "denounced", "not_ratified", "unknown")),
    "ratification_date": Column("date", or_none(day)),
    "ratification_year": Column("year", or_none(year)),
    "confidence": Column("confidence", trust),
    "source": Column("source", text(500)),
    "as_of": Column("as_of", or_empty(date_or_part)),
}
COURSE_COLUMNS = {
    "code": Column("code", shaped(r"[a-z0-9-]{3,30}", "a code of small letters, figures and hyphens")),
    "title": Column("title", text(200)),
    "course_code": Column("course_code", or_empty(text(20))),
    "start_date": Column("starts", or_none(day)),
    "end_date": Column("ends", or_none(day)),
    "place": Column("place", text(100)),
    "languages": Column("languages", or_empty(shaped(r"[a-z]{2}( [a-z]{2}){0,9}", "a list of language codes"))),
    "mode": Column("mode", one_of("face-to-face", "online", "self-guided")),
    "audience": Column("audience", or_empty(shaped(r"[a-z_]+( [a-z_]+){0,7}", "a list of words"))),
    "confidence": Column("confidence", trust),
    "source": Column("source", text(500)),
    "note": Column("note", or_empty(text(500))),
}

# In the order of loading: what a table refers to stands above it.
TABLES = (
    Table(COUNTRIES, COUNTRY_COLUMNS, ("code",), unique=("iso3", "m49", "name_en"), check=row_checks.country),
    Table(INSTRUMENTS, INSTRUMENT_COLUMNS, ("code",), check=row_checks.instrument),
    Table(
        STATIONS,
        STATION_COLUMNS,
        ("code",),
        refers={"country_id": COUNTRIES},
        unique_where={"is_headquarters": "is_headquarters"},
        check=row_checks.station,
    ),
    Table(
        COVERAGE,
        COVERAGE_COLUMNS,
        ("country_id", "station_id"),
        refers={"country_id": COUNTRIES, "station_id": STATIONS},
        unique_where={"country_id": "primary"},
    ),
    Table(
        LISTS, LIST_COLUMNS, ("instrument_id",), refers={"instrument_id": INSTRUMENTS}, check=row_checks.completeness
    ),
    Table(
        RATIFICATIONS,
        RATIFICATION_COLUMNS,
        ("country_id", "instrument_id"),
        refers={"country_id": COUNTRIES, "instrument_id": LISTS},
        check=row_checks.ratification,
    ),
    Table(COURSES, COURSE_COLUMNS, ("code",), check=row_checks.course),
)
